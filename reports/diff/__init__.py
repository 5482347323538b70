"""What an application will notice between two behaviours of a cell, in words."""
