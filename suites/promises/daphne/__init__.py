"""The promises of daphne; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in ("daphne_specification", "command_line", "server_docstrings")
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
