"""Ends of a session: what leaves its block, and what is left of it."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, cancel, close, leave, library_call, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("httpx_ws_*",)
OUTSIDE = Settings(idiom="catches outside")
"""The application has `except WebSocketDisconnect` around the block, and not in it."""
IN_A_SCOPE = Settings(idiom="is in a scope")
"""The application uses the session in a cancel scope of AnyIO, and cancels that."""


@scenario(rfc="7.1.5", settings=OUTSIDE, surfaces=SURFACES, tags="with_reason")
def server_closes_and_it_is_handled_outside(server: Peer) -> None:
    """The server closes; the application handles that around the block of its session."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, leave()), surfaces=SURFACES)
def application_leaves_and_no_answer_comes(server: Peer) -> None:
    """The application leaves the block; the server neither answers nor ends TCP."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.keep_tcp_open()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), library_call("receive_text")),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_and_receives(server: Peer) -> None:
    """The application closes on a message, and receives once more; the server answers."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(OPENED, close(4000, "enough"), library_call("receive_text")),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_at_once_and_receives(server: Peer) -> None:
    """The application closes as soon as it has opened, and receives; the server answers."""
    server.open()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.7",
    application=when(MESSAGE, cancel()),
    settings=IN_A_SCOPE,
    surfaces=SURFACES,
)
def scope_of_the_session_is_cancelled(server: Peer) -> None:
    """The scope of AnyIO that the session is in is cancelled on the first message."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()
