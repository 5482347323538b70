"""The ASGI specification: its sentences, to which the package of each server holds its surfaces."""
