"""Self-tests of suites."""
