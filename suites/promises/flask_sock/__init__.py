"""The promises of Flask-Sock; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in ("quickstart_page", "sock_reference", "sock_changelog", "server_of_simple")
)
"""A module for each document, in the order in which reports show their promises."""
