"""Self-tests of reports."""
