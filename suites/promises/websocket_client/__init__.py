"""The promises of websocket-client; importing this declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "app_callbacks",
        "websocket_client_callbacks",
        "websocket_client_closing",
        "exceptions",
        "websocket_client_dispatcher",
        "websocket_client_opening",
        "app_run",
        "websocket_client_running",
        "websocket_client_socket",
    )
)
"""A module for each document, in the order in which reports show what it promises."""
