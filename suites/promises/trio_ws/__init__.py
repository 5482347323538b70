"""The promises of trio-websocket; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "api_page",
        "clients_and_servers",
        "timeouts_and_recipes",
        "release_history",
    )
)
"""A module for each document, or for some, in the order in which reports show their promises."""
