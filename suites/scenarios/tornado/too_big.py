"""Messages over the limit, in every form."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, binary, compressed_text, continuation, ping, text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("tornado_client", "tornado_client_callback", "tornado_handler")
LIMIT = 1000


@scenario_for_each(
    {
        "in_fragments": [binary(b"x" * 600, fin=False), continuation(b"x" * 600)],
        "by_a_byte": [binary(b"x" * (LIMIT + 1))],
        "in_its_header": [binary(b"").replace(length=2 * LIMIT)],
    },
    rfc="7.4.1",
    settings=Settings(max_size=LIMIT),
    surfaces=SURFACES,
)
def message_is_over_the_limit(peer: Peer, frames: list[Frame]) -> None:
    """The peer sends more than the limit of 1000 bytes, {value}."""
    peer.open()
    peer.send(*frames)
    peer.await_close_else_close()


@scenario(rfc="7.4.1", settings=Settings(max_size=LIMIT), surfaces=SURFACES)
def message_is_as_long_as_the_limit(peer: Peer) -> None:
    """The peer sends a message of 1000 bytes, which is the limit, and ends the connection."""
    peer.open()
    peer.send(text("x" * LIMIT))
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.4.1", settings=Settings(max_size=10), surfaces=SURFACES)
def ping_is_over_the_limit(peer: Peer) -> None:
    """The peer sends a ping of 20 bytes; the limit for messages is 10."""
    peer.open()
    peer.send(ping(b"x" * 20))
    peer.await_close_else_close()


@scenario(
    rfc="7.4.1",
    settings=Settings(max_size=LIMIT, options={"compression_options": {}}),
    surfaces=SURFACES,
)
def inflated_message_is_over_the_limit(peer: Peer) -> None:
    """The peer sends a few bytes that become a message of 2000 bytes; the limit is 1000."""
    peer.open_compressed()
    peer.send(compressed_text("x" * (2 * LIMIT)))
    peer.await_close_else_close()
