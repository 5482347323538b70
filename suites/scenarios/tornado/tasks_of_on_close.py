"""An `on_close` that has to await something: what is written for that, and what runs."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, raise_error, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
HANDLER = ("tornado_handler",)
COROUTINE = Settings(async_closed=True)
STARTS = {
    "ensure_future": "starts a task with asyncio.ensure_future",
    "create_task": "starts a task with asyncio.create_task",
    "spawn_callback": "starts a task with IOLoop.spawn_callback",
}
"""How a plain `on_close` starts a task; the first in the guide of tornado is the last here."""
RAISES = {end: f"{does} that raises" for end, does in STARTS.items()}


def on_close_that(does: str, connections: int = 1) -> Settings:
    """The settings for an `on_close` that does so."""
    return Settings(options={"on_close": does}, connections=connections)


def leave_five_times(client: Peer, done: str) -> None:
    """Five connections in a row; the next one begins when `done` has come once more."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_for(done)
    client.next_connection()
    client.open()
    client.send_close(1001, "going away")
    client.await_close()
    client.wait_for(done, nth=2)
    client.next_connection()
    client.open()
    client.wait_for(OPENED, nth=3)
    client.half_close()
    client.await_end()
    client.wait_for(done, nth=3)
    client.next_connection()
    client.open()
    client.send_close()
    client.await_close()
    client.wait_for(done, nth=4)
    client.next_connection()
    client.open()
    client.send_close(4000, "mine")
    client.await_close()


@scenario_for_each(
    STARTS,
    rfc="7.1.5",
    settings=on_close_that,
    surfaces=HANDLER,
    tags=("with_reason", "other_code"),
)
def client_closes_and_on_close_has_a_task_of(client: Peer, _: str) -> None:
    """The client closes with 4001; `on_close` starts a task by {value}."""
    client.open()
    client.send_close(4001, "why")
    client.await_close()


@scenario_for_each(
    STARTS,
    rfc="7.1.5",
    settings=on_close_that,
    surfaces=HANDLER,
    tags="lost",
)
def client_ends_and_on_close_has_a_task_of(client: Peer, _: str) -> None:
    """The client sends FIN; `on_close` starts a task by {value}."""
    client.open()
    client.wait_for(OPENED)
    client.half_close()


@scenario_for_each(
    STARTS,
    rfc="7.1.5",
    settings=on_close_that,
    surfaces=HANDLER,
    tags="lost",
)
def client_resets_and_on_close_has_a_task_of(client: Peer, _: str) -> None:
    """The client sends RST; `on_close` starts a task by {value}."""
    client.open()
    client.wait_for(OPENED)
    client.reset()


@scenario_for_each(
    STARTS,
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=on_close_that,
    surfaces=HANDLER,
    tags="answered",
)
def handler_closes_and_on_close_has_a_task_of(client: Peer, _: str) -> None:
    """The handler closes, and the client answers; `on_close` starts a task by {value}."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.send_close(4001, "yours")


@scenario_for_each(
    STARTS,
    rfc="7.1.5",
    settings=lambda does: on_close_that(does, connections=5),
    surfaces=HANDLER,
)
def five_clients_leave_and_on_close_has_a_task_of(client: Peer, _: str) -> None:
    """Five connections in a row; `on_close` starts a task by {value} each time."""
    leave_five_times(client, "task")


@scenario_for_each(
    RAISES,
    rfc="7.1.5",
    settings=on_close_that,
    surfaces=HANDLER,
    tags="with_reason",
)
def task_of_on_close_raises_started_by(client: Peer, _: str) -> None:
    """The client closes; `on_close` starts a task by {value}, and the task raises."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


# `async def on_close`


@scenario(rfc="7.1.5", settings=COROUTINE, surfaces=HANDLER)
def client_ends_and_on_close_is_a_coroutine(client: Peer) -> None:
    """The client sends FIN; `on_close` is declared `async def`."""
    client.open()
    client.wait_for(OPENED)
    client.half_close()


@scenario(rfc="7.1.5", settings=COROUTINE, surfaces=HANDLER)
def client_resets_and_on_close_is_a_coroutine(client: Peer) -> None:
    """The client sends RST; `on_close` is declared `async def`."""
    client.open()
    client.wait_for(OPENED)
    client.reset()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=COROUTINE,
    surfaces=HANDLER,
)
def handler_closes_and_on_close_is_a_coroutine(client: Peer) -> None:
    """The handler closes, and the client answers; `on_close` is declared `async def`."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.7", application=when(MESSAGE, raise_error()), settings=COROUTINE, surfaces=HANDLER
)
def on_message_raises_and_on_close_is_a_coroutine(client: Peer) -> None:
    """`on_message` raises; `on_close` is declared `async def`."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(async_closed=True, connections=5),
    surfaces=HANDLER,
)
def five_clients_leave_and_on_close_is_a_coroutine(client: Peer) -> None:
    """Five connections in a row, one of which is lost; `on_close` is declared `async def`."""
    leave_five_times(client, OPENED)


@scenario_for_each(
    {"a_generator": "is a generator", "a_generator_that_raises": "is a generator that raises"},
    rfc="7.1.5",
    settings=on_close_that,
    surfaces=HANDLER,
    tags="with_reason",
)
def on_close_is(client: Peer, _: str) -> None:
    """The client closes; `on_close` is {value}, decorated with `@gen.coroutine`."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
