"""The promises of hypercorn; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "hypercorn_specification",
        "connection_closure",
        "denial_mitigations",
        "config_options",
        "hypercorn_changelog",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
