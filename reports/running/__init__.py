"""Many releases in child processes: plan, jobs, environments, cache and fingerprints."""
