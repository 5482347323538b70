"""A ping comes to picows: it is answered by the library, or given to the listener."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
BOTH = ("picows_*",)


@scenario(rfc="5.5.3", surfaces=BOTH, tags="with_reason")
def peer_pings_before_it_closes(peer: Peer) -> None:
    """A ping of the peer is answered; then the peer closes."""
    peer.open()
    peer.send_ping(b"are you there")
    peer.await_pong_then_close()
    peer.await_close()


@scenario(
    rfc="5.5.3",
    settings=Settings(options={"enable_auto_pong": False}),
    surfaces=BOTH,
    tags="with_reason",
)
def peer_pings_a_listener_before_it_closes(peer: Peer) -> None:
    """A ping of the peer is given to the listener, which answers it; then the peer closes."""
    peer.open()
    peer.send_ping(b"are you there")
    peer.await_pong_then_close()
    peer.await_close()
