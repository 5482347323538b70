"""The promises of httpx-ws; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "session_receiving",
        "session_closing",
        "session_connecting",
        "session_exceptions",
        "httpx_ws_release_notes",
    )
)
"""A module for each part of the reference, and one for the release notes, in this order."""
