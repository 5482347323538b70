"""An application of autobahn calls what a protocol has when it is closing, or closed."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, MESSAGE, close, library_call, when
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
BOTH = ("autobahn_*",)
CALLS = {
    "sendMessage": library_call("sendMessage", b"one more"),
    "sendPing": library_call("sendPing"),
    "sendPong": library_call("sendPong"),
    "sendClose": library_call("sendClose", 4001, "once more"),
}
"""The calls of a protocol that send something."""


@scenario_for_each(
    CALLS,
    rfc="7.1.2",
    application=lambda call: when(MESSAGE, close(4000, "enough"), call),
    surfaces=BOTH,
    tags="answered",
)
def application_has_begun_to_close_and_calls(peer: Peer, _: object) -> None:
    """The application closes on the first message, and then calls `{value}()`."""
    peer.open()
    peer.wait_for("opened")
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
def application_calls_in_its_on_close(peer: Peer, _: object) -> None:
    """The application calls `{value}()` when it is told that the peer has closed."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(
    {"at_once": True, "once_it_is_sent": False},
    rfc="7.1.7",
    application=lambda abort: when(MESSAGE, library_call("dropConnection", abort)),
    surfaces=BOTH,
)
def application_drops_the_connection(peer: Peer, _: object) -> None:
    """The application calls `dropConnection()`: {value}."""
    peer.open()
    peer.send_text("hello")
    peer.await_end()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, library_call("sendMessage", b"last words"), close(4000, "enough")),
    surfaces=BOTH,
    tags="answered",
)
def application_sends_and_closes_at_once(peer: Peer) -> None:
    """The application sends a message, and closes."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()
