"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import (
    closing_everywhere,
    reconnecting_when_closed,
    reconnecting_when_lost,
    using_the_socket,
    using_the_socket_to_close,
    waiting_for_defaults,
)

MODULES = (
    closing_everywhere,
    reconnecting_when_lost,
    reconnecting_when_closed,
    using_the_socket,
    using_the_socket_to_close,
    waiting_for_defaults,
)
"""The modules, in the order of the README."""
