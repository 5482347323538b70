"""Situations in which an application of tornado overrides hooks in its own way."""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.model.scenario import Family, Scenario
from fixtures.model.situations import flat

from ...scenarios.tornado import end_hooks_that_raise as ends
from ...scenarios.tornado import hooks_that_raise as hooks
from ...scenarios.tornado import request_hooks_that_raise as requests
from ...scenarios.tornado import tasks_of_on_close as tasks

FIVE_CONNECTIONS = flat(
    (
        tasks.five_clients_leave_and_on_close_has_a_task_of,
        tasks.five_clients_leave_and_on_close_is_a_coroutine,
    )
)
"""Five connections open, one after the other."""
PREVENTING_ON_CLOSE = flat(
    (
        tasks.client_ends_and_on_close_is_a_coroutine,
        tasks.client_resets_and_on_close_is_a_coroutine,
        tasks.handler_closes_and_on_close_is_a_coroutine,
        tasks.on_message_raises_and_on_close_is_a_coroutine,
        tasks.five_clients_leave_and_on_close_is_a_coroutine,
        ends.on_connection_close_does_nothing_and_client,
        ends.on_connection_close_does_nothing_and_handler_closes,
        ends.on_connection_close_raises,
    )
)
"""`on_close` is `async def`, or `on_connection_close` does not come to its `super()`."""
TASKS = (
    tasks.client_closes_and_on_close_has_a_task_of,
    tasks.client_ends_and_on_close_has_a_task_of,
    tasks.client_resets_and_on_close_has_a_task_of,
    tasks.handler_closes_and_on_close_has_a_task_of,
    tasks.task_of_on_close_raises_started_by,
)
"""`on_close` starts a task, on one connection."""
REQUEST_HOOKS = (
    requests.prepare_raises,
    requests.check_origin_raises,
    requests.get_compression_options_raises,
    requests.select_subprotocol_raises,
)
"""The hooks that are called before a response is sent, and raise."""
HOOKS = (
    hooks.open_raises,
    hooks.on_message_raises,
    hooks.on_ping_raises,
    hooks.on_pong_raises,
    hooks.open_waits_and_raises,
    hooks.on_message_waits_and_raises,
    hooks.on_ping_waits_and_raises,
    hooks.on_pong_waits_and_raises,
    ends.client_closes_and_on_close_raises,
    ends.client_ends_and_on_close_raises,
)
"""The hooks of an open connection that raise."""
ENDS = {
    "HTTPError": ("http_error", "http_403"),
    "RuntimeError": ("runtime_error",),
    "ValueError": ("value_error", "bad_value"),
}
"""What hooks raise that is to be logged, and the ends of the names of these scenarios."""


def select(families: Iterable[Family], *endings: str) -> tuple[Scenario, ...]:
    """The members of these families whose names end so."""
    return tuple(one for family in families for one in family if one.end in endings)
