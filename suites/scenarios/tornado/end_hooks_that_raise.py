"""`on_close` and `on_connection_close` raise, or do not do what the base class does."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, MESSAGE, OPENED, Action, close, raise_error, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

from .hooks_that_wait import LEAVING, Step

GROUP = "close"
HANDLER = ("tornado_handler",)
EXCEPTIONS: dict[str, Action] = {
    "bad_value": raise_error(ValueError),
    "http_403": raise_error("HTTPError"),
    "cancellation": raise_error("CancelledError"),
    "finish": raise_error("Finish"),
}
"""What is raised besides an exception of the application's own."""
RAISED = {
    "its_own": "RuntimeError",
    "bad_value": "ValueError",
    "http_403": "HTTPError",
    "cancellation": "CancelledError",
}
FORGETS = Settings(options={"on_connection_close": "does not call super()"})


@scenario_for_each(
    EXCEPTIONS,
    rfc="7.1.7",
    application=lambda act: when(CLOSED, act),
    surfaces=HANDLER,
    tags="with_reason",
)
def client_closes_and_on_close_raises(client: Peer, _: Action) -> None:
    """The client closes; `on_close` raises: {value}."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    EXCEPTIONS | {"its_own": raise_error()},
    rfc="7.1.7",
    application=lambda act: when(CLOSED, act),
    surfaces=HANDLER,
    tags="lost",
)
def client_ends_and_on_close_raises(client: Peer, _: Action) -> None:
    """The client sends FIN; `on_close` raises: {value}."""
    client.open()
    client.wait_for(OPENED)
    client.half_close()


@scenario(
    rfc="7.1.7",
    application=[when(MESSAGE, close(4000, "enough")), when(CLOSED, raise_error())],
    surfaces=HANDLER,
    tags="answered",
)
def handler_closes_and_on_close_raises(client: Peer) -> None:
    """The handler closes, and the client answers; `on_close` raises."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.7",
    application=[when(MESSAGE, raise_error()), when(CLOSED, raise_error(ValueError))],
    surfaces=HANDLER,
)
def on_message_raises_and_so_does_on_close(client: Peer) -> None:
    """`on_message` raises, and so does `on_close`."""
    client.open()
    client.send_text("hello")
    client.await_close_else_close()


@scenario_for_each(
    LEAVING,
    rfc="7.1.5",
    settings=FORGETS,
    surfaces=HANDLER,
)
def on_connection_close_does_nothing_and_client(client: Peer, leave: Step) -> None:
    """The client {value}; `on_connection_close` does not call `super()`."""
    client.open()
    client.wait_for(OPENED)
    leave(client)
    client.await_end()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough")),
    settings=FORGETS,
    surfaces=HANDLER,
)
def on_connection_close_does_nothing_and_handler_closes(client: Peer) -> None:
    """The handler closes, and the client answers; `on_connection_close` does not call `super()`."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario_for_each(
    RAISED,
    rfc="7.1.7",
    settings=lambda error: Settings(options={"on_connection_close": f"raises {error}"}),
    surfaces=HANDLER,
)
def on_connection_close_raises(client: Peer, _: str) -> None:
    """The client closes; `on_connection_close` raises before it calls `super()`: {value}."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.7",
    settings=Settings(options={"on_connection_close": "raises ValueError after super()"}),
    surfaces=HANDLER,
    tags="with_reason",
)
def on_connection_close_raises_after_super(client: Peer) -> None:
    """The client closes; `on_connection_close` calls `super()`, and then raises."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
