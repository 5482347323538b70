"""The promises of picows; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "closing_guide",
        "exceptions_guide",
        "pings_guide",
        "reference_listener",
        "reference_transport",
        "reference_functions",
        "picows_history",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
