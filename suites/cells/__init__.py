"""A cell as a pytest test: its selection, its outcome, the text of its failure."""
