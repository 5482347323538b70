"""Messages that are compressed, as RFC 7692 says, and messages in very many frames."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, MESSAGE, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, close_frame, compressed_text, continuation, text
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("websockets_[!ds]*_client",)
NOT_LEGACY = ("websockets_a*o_client", "websockets_t*_client")
"""The legacy client counts before it queues, so that no message is left there."""
SURFACES = (*CLIENTS, "websockets_asyncio_server", "websockets_threading_server")
GARBAGE = b"\xff\xfe\xfd\xfc"
"""Bytes that begin a block of deflate of a reserved type."""
RECEIVE_AGAIN = when(CLOSED, library_call("recv"))
MOST = 4096
"""Frames of one message, by default."""


@scenario(rfc="9", surfaces=SURFACES)
def peer_sends_a_compressed_message(peer: Peer) -> None:
    """The peer sends a compressed message, one that is not, and closes."""
    peer.open_compressed()
    peer.send(compressed_text("one"))
    peer.wait_for(MESSAGE)
    peer.send_text("two")
    peer.wait_for(MESSAGE, 2)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario_for_each(
    {
        "garbage": [text(GARBAGE).replace(rsv=4, shown=GARBAGE, compressed=True)],
        "a_marked_continuation": [
            compressed_text("first", fin=False),
            continuation(b"").replace(rsv=4),
        ],
    },
    rfc="9",
    surfaces=SURFACES,
)
def peer_compresses(peer: Peer, frames: list[Frame]) -> None:
    """After compression was agreed on, the peer sends {value}."""
    peer.open_compressed()
    peer.send(*frames)
    peer.await_close_else_close()


@scenario(rfc="9", settings=Settings(max_size=1000), surfaces=CLIENTS)
def compressed_message_is_too_big(server: Peer) -> None:
    """The server sends a few bytes that become a message of 2000 bytes; the limit is 1000."""
    server.open_compressed()
    server.send(compressed_text("x" * 2000))
    server.await_close_else_close()


@scenario(rfc="5.4", surfaces=CLIENTS)
def server_breaks_off_a_compressed_message(server: Peer) -> None:
    """The server closes after the first fragment of a compressed message."""
    server.open_compressed()
    server.send(compressed_text("first half", fin=False), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="5.4", application=RECEIVE_AGAIN, surfaces=CLIENTS)
def message_comes_in_as_many_frames_as_allowed(server: Peer) -> None:
    """The server sends a message in 4096 frames, and closes."""
    server.open()
    server.send_fragments("hello", MOST)
    server.wait_for(MESSAGE)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.4", application=RECEIVE_AGAIN, surfaces=CLIENTS)
def message_comes_in_too_many_frames(server: Peer) -> None:
    """The server sends a message in 4098 frames; the application receives twice."""
    server.open()
    server.send_fragments("hello", MOST + 2)
    server.await_close_else_close()


@scenario(rfc="5.4", application=RECEIVE_AGAIN, surfaces=NOT_LEGACY, races=True)
def message_comes_in_too_many_frames_then_the_end(server: Peer) -> None:
    """The server sends a message in 4098 frames and closes in the same write."""
    server.open()
    server.send_fragments("hello", MOST + 2, close_frame(1000, "bye"))
    server.await_close()
