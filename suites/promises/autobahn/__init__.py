"""The promises of autobahn; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "websocket_channel",
        "protocol_options",
        "protocol_classes",
        "programming_guide",
        "autobahn_changelog",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
