"""Messages in fragments that are beyond a limit: of the message, or of a fragment."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, continuation, text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("websockets_[alst]*_client", "websockets_[alst]*_server")
"""Of the asyncio, legacy, threading and trio APIs, and the Sans-I/O protocols."""
BOTH = Settings(options={"max_size": (10, 5)})
"""The limits of a message, and of a fragment of it."""


@scenario(rfc="7.4.1", settings=Settings(max_size=10), surfaces=SURFACES)
def fragments_are_too_big_together(peer: Peer) -> None:
    """The peer sends two fragments of six bytes, one by one; the limit is ten."""
    peer.open()
    peer.send(text("first ", fin=False))
    peer.wait_part_of_close_timeout(0.01)
    peer.send_continuation(b"second")
    peer.await_close_else_close()


@scenario_for_each(
    {
        "a_fragment": [text("longer", fin=False), continuation(b"")],
        "a_message": [
            text("one ", fin=False),
            continuation(b"two ", fin=False),
            continuation(b"three"),
        ],
    },
    rfc="7.4.1",
    settings=BOTH,
    surfaces=SURFACES,
)
def limit_is_exceeded_by(peer: Peer, frames: list[Frame]) -> None:
    """A fragment may have five bytes, and a message ten; {value} has more."""
    peer.open()
    peer.send(*frames)
    peer.await_close_else_close()


@scenario(rfc="5.4", settings=BOTH, surfaces=SURFACES)
def fragments_are_within_both_limits(peer: Peer) -> None:
    """A fragment may have five bytes, and a message ten; eight come in two, then a close."""
    peer.open()
    peer.send(text("one ", fin=False), continuation(b"two "))
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()
