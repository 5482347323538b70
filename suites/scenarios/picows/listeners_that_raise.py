"""A listener of picows raises, and is to keep its connection."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, raise_error, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "error"
BOTH = ("picows_*",)


@scenario(
    rfc="7.1.7",
    application=when(MESSAGE, raise_error()),
    settings=Settings(options={"disconnect_on_exception": False}),
    surfaces=BOTH,
    tags="with_reason",
)
def listener_raises_and_keeps_the_connection(peer: Peer) -> None:
    """The application raises on the first message; a second one comes, and the peer says bye."""
    peer.open()
    peer.send_text("one")
    peer.send_text("two")
    peer.send_close(1000, "bye")
    peer.await_close()
