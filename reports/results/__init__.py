"""What releases showed: the data, its recorded form, and how releases and cells are named."""
