"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import (
    callbacks_and_the_close,
    callbacks_that_raise,
    closing_everywhere,
    reconnecting_when_closed,
    reconnecting_when_lost,
    running_into_failures,
    running_to_a_close,
    tutorials_on_errors,
    tutorials_to_a_close,
    using_the_socket,
    using_the_socket_to_close,
    waiting_for_defaults,
)

MODULES = (
    callbacks_and_the_close,
    callbacks_that_raise,
    running_to_a_close,
    running_into_failures,
    closing_everywhere,
    reconnecting_when_lost,
    reconnecting_when_closed,
    tutorials_to_a_close,
    tutorials_on_errors,
    using_the_socket,
    using_the_socket_to_close,
    waiting_for_defaults,
)
"""The modules, in the order of the README."""
