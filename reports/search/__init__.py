"""Which texts have a person's words: what happens in the cells, what is promised, what is known."""
