"""An application of picows closes with one of the two calls alone, or calls on after its close."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, library_call, when
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
BOTH = ("picows_*",)
TEXT = 1
"""The value of `WSMsgType.TEXT`."""
SENDS_CLOSE = library_call("send_close", 4000, b"enough")
CALLS = {
    "send": library_call("send", TEXT, b"one more"),
    "send_ping": library_call("send_ping", b"one more"),
    "send_pong": library_call("send_pong", b"one more"),
    "send_close_again": library_call("send_close", 4001, b"again"),
}
"""The calls of a transport that send something."""


@scenario(rfc="7.1.2", application=when(MESSAGE, SENDS_CLOSE), surfaces=BOTH)
def application_calls_send_close_alone(peer: Peer) -> None:
    """The application sends a close frame, and leaves TCP open; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario_for_each(
    CALLS,
    rfc="5.5.1",
    application=lambda call: when(MESSAGE, SENDS_CLOSE, call),
    surfaces=BOTH,
)
def application_calls_send_close_and_then(peer: Peer, _: object) -> None:
    """The application sends a close frame, and then calls `{value}()`; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.1", application=when(MESSAGE, library_call("disconnect")), surfaces=BOTH)
def application_ends_tcp_alone(peer: Peer) -> None:
    """The application ends TCP, and sends no close frame."""
    peer.open()
    peer.send_text("hello")
    peer.await_end()


@scenario(
    rfc="7.1.7",
    application=when(MESSAGE, SENDS_CLOSE, library_call("disconnect", graceful=False)),
    surfaces=BOTH,
)
def application_ends_tcp_at_once(peer: Peer) -> None:
    """The application closes, and does not wait for what has not been sent."""
    peer.open()
    peer.send_text("hello")
    peer.await_end()
