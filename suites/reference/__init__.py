"""A browser and Node against every server: what other clients are told, as a reference."""
