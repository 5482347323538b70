"""The promises of tornado; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "websocket_handler",
        "handler_hooks",
        "on_close_tasks",
        "websocket_connect",
        "web_page",
        "guide",
        "httpclient_page",
        "release_notes",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
