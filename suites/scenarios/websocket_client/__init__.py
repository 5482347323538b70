"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import dispatcher_closing, dispatcher_reconnecting, reconnecting_when_lost

MODULES = (
    dispatcher_closing,
    dispatcher_reconnecting,
    reconnecting_when_lost,
)
"""The modules, in the order of the README."""
