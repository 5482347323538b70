"""The promises of websockets; importing this package declares them all."""

import importlib

MODULES = tuple(
    importlib.import_module(f".{name}", __name__)
    for name in (
        "reference_client",
        "reference_client_variants",
        "reconnecting",
        "reconnecting_delays",
        "reference_connection",
        "reference_closed",
        "reference_closing",
        "reference_exceptions",
        "connection_faq",
        "changelog",
        "topics",
        "opening_requests",
        "opening_failures",
        "calls",
        "pings_and_messages",
        "reference_features",
        "reference_legacy",
        "reference_sansio",
        "reference_sansio_end",
        "sansio_guide",
        "limits",
        "reference_server",
        "reference_trio",
        "reference_server_opening",
        "reference_server_requests",
        "reference_server_ending",
        "reference_server_handlers",
        "reference_router",
        "logging_page",
    )
)
"""A module for each document, or part of one, in the order in which reports show their promises."""
