"""The promises of granian; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in ("granian_specification", "granian_release_notes")
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
