"""What an upgrade is judged by: lock files, `lifecycle.toml`, a baseline, the exit status."""
