"""The promises of simple-websocket; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in ("simple_reference", "simple_examples", "simple_changelog")
)
"""A module for each document, in the order in which reports show their promises."""
