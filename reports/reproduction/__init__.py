"""Stand-alone scripts that show a behaviour with the library and the standard library alone."""
