"""Messages that are compressed with permessage-deflate, and what is not."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, compressed_text, continuation, ping, text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("tornado_client", "tornado_client_callback", "tornado_handler")
COMPRESSED = Settings(options={"compression_options": {}})
GARBAGE = b"\xff\xfe\xfd\xfc"
"""Bytes that begin a block of deflate of a reserved type."""
DEFLATED = compressed_text("hello")
FIRST, REST = DEFLATED.payload[:3], DEFLATED.payload[3:]
EXTENSIONS = "Sec-WebSocket-Extensions"
MALFORMED = {
    "an_unknown_parameter": "permessage-deflate; unknown=9",
    "too_large_a_window": "permessage-deflate; server_max_window_bits=16",
    "a_window_that_is_no_number": "permessage-deflate; client_max_window_bits=nine",
}
"""Parameters of permessage-deflate that RFC 7692 does not allow."""


@scenario_for_each(MALFORMED, rfc="9.1", settings=COMPRESSED, surfaces=SURFACES, tags="not_opened")
def client_offers_deflate_with(client: Peer, offer: str) -> None:
    """The client offers permessage-deflate with {value}."""
    client.request_with(headers={EXTENSIONS: offer})
    client.await_response()
    client.half_close()


@scenario_for_each(
    MALFORMED, rfc="9.1", settings=COMPRESSED, surfaces=SURFACES, tags="not_accepted"
)
def server_agrees_on_deflate_with(server: Peer, answer: str) -> None:
    """The server agrees on permessage-deflate with {value}."""
    server.read_request()
    server.accept(headers={EXTENSIONS: answer})
    server.await_end()


@scenario(rfc="9", settings=COMPRESSED, surfaces=SURFACES)
def deflated_message_comes(peer: Peer) -> None:
    """The peer sends a compressed message, one that is not, and ends the connection."""
    peer.open_compressed()
    peer.send(compressed_text("hello"))
    peer.wait_for(MESSAGE)
    peer.send_text("plain")
    peer.wait_for(MESSAGE, 2)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.4", settings=COMPRESSED, surfaces=SURFACES)
def deflated_message_comes_in_fragments(peer: Peer) -> None:
    """The peer sends a compressed message in two fragments, and ends the connection."""
    peer.open_compressed()
    peer.send(
        DEFLATED.replace(payload=FIRST, fin=False, shown=b"hel"),
        continuation(REST).replace(shown=b"lo"),
    )
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.4", settings=COMPRESSED, surfaces=SURFACES)
def ping_comes_between_deflated_fragments(peer: Peer) -> None:
    """A ping comes between the two fragments of a compressed message, as it may."""
    peer.open_compressed()
    peer.send(
        DEFLATED.replace(payload=FIRST, fin=False, shown=b"hel"),
        ping(b"now"),
        continuation(REST).replace(shown=b"lo"),
    )
    peer.await_close_else_close()


@scenario_for_each(
    {
        "garbage": [text(GARBAGE).replace(rsv=4, shown=GARBAGE, compressed=True)],
        "a_marked_continuation": [
            compressed_text("first", fin=False),
            continuation(b"").replace(rsv=4),
        ],
        "a_marked_ping": [ping(b"odd").replace(rsv=4)],
    },
    rfc="9",
    settings=COMPRESSED,
    surfaces=SURFACES,
)
def deflate_is_agreed_on_and_peer_sends(peer: Peer, frames: list[Frame]) -> None:
    """After compression was agreed on, the peer sends {value}."""
    peer.open_compressed()
    peer.send(*frames)
    peer.await_close_else_close()
