"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import (
    callbacks_and_the_close,
    callbacks_that_raise,
    reconnecting_when_lost,
    running_into_failures,
    running_to_a_close,
    tutorials_on_errors,
    tutorials_to_a_close,
)

MODULES = (
    reconnecting_when_lost,
    callbacks_and_the_close,
    callbacks_that_raise,
    running_to_a_close,
    running_into_failures,
    tutorials_to_a_close,
    tutorials_on_errors,
)
"""The modules, in the order of the README."""
