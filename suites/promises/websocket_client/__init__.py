"""The promises of websocket-client; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "app_callbacks",
        "app_data",
        "app_errors",
        "app_endings",
        "app_run",
        "app_options",
        "core_connecting",
        "core_socket",
        "examples",
        "examples_of_closing",
        "faq",
        "readme_page",
        "threading_page",
        "exceptions",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
