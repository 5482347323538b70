"""The promises of anycorn, besides those of hypercorn's documents; importing declares them."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in ("anycorn_specification", "anycorn_changelog")
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
