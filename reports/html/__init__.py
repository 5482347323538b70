"""The HTML report: pages with diagrams, made of stored history and of records alone."""
