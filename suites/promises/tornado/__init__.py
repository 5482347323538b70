"""The promises of tornado; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "websocket_handler",
        "handler_requests",
        "handler_decisions",
        "handler_hooks",
        "on_close_tasks",
        "websocket_connect",
        "client_openings",
        "client_reads",
        "websocket_closing",
        "websocket_limits",
        "websocket_pings",
        "web_page",
        "guide",
        "httpclient_page",
        "release_notes",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
