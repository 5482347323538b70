"""What is said of a library on its page, and how that is written in Markdown."""
