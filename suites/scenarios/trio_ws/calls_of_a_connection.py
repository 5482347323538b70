"""An application of trio-websocket calls what is closing or closed, or leaves it to the library."""

from __future__ import annotations

from fixtures.model.actions import (
    CLOSED,
    MESSAGE,
    OPENED,
    close,
    leave,
    library_call,
    raise_error,
    when,
)
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
BOTH = ("trio_ws_*",)
CLIENT = ("trio_ws_client",)
CALLS = {
    "ping": library_call("ping"),
    "pong": library_call("pong"),
    "send_message": library_call("send_message", "one more"),
}
"""The calls of a connection that send something."""
ALL_CALLS = CALLS | {"get_message": library_call("get_message")}


@scenario_for_each(
    ALL_CALLS,
    rfc="7.1.2",
    application=lambda call: when(MESSAGE, close(4000, "enough"), call),
    surfaces=BOTH,
    tags="answered",
)
def application_has_closed_and_calls(peer: Peer, _: object) -> None:
    """The application closes on the first message, and then calls `{value}()`."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario_for_each(
    CALLS,
    rfc="7.1.5",
    application=lambda call: when(CLOSED, call),
    surfaces=BOTH,
    tags="with_reason",
)
def application_is_told_of_the_close_and_calls(peer: Peer, _: object) -> None:
    """The application calls `{value}()` when it is told that the peer has closed."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.5.2", application=when(OPENED, library_call("ping")), surfaces=CLIENT)
def server_closes_while_a_ping_waits(server: Peer) -> None:
    """The application waits in `ping()`; the server answers with a close frame, not with a pong."""
    server.open()
    server.await_frame()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, leave()), surfaces=BOTH)
def application_leaves_while_no_answer_comes(peer: Peer) -> None:
    """The application leaves its block or handler; the peer does not answer the close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.keep_tcp_open()


@scenario(rfc="7.1.1", application=when(MESSAGE, raise_error()), surfaces=CLIENT)
def application_raises_and_no_answer_comes(server: Peer) -> None:
    """The application raises in its block; the server does not answer the close frame."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.keep_tcp_open()
