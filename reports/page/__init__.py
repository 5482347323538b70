"""The page of a library: what it says, and how that is written in Markdown."""
