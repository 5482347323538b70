"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import reconnecting_when_lost

MODULES = (reconnecting_when_lost,)
"""The modules, in the order of the README."""
