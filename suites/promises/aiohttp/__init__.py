"""The promises of aiohttp; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "client_reference",
        "client_closing",
        "client_exceptions",
        "client_quickstart",
        "web_reference",
        "web_closing",
        "web_quickstart",
        "web_advanced",
        "websocket_utilities",
        "changes",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
