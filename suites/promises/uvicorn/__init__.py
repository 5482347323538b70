"""The promises of uvicorn; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "uvicorn_specification",
        "server_behavior",
        "settings_page",
        "uvicorn_release_notes",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
