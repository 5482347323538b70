"""Small libraries, releases and records, most of them wrong in just one way."""
