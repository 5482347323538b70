"""A connection of autobahn fails as the options of its factory say, or as they are by default."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, binary, ping, text
from fixtures.peer.steps import Peer

GROUP = "error"
BOTH = ("autobahn_*",)
CLIENT = ("autobahn_*_client",)
SERVER = ("autobahn_*_server",)
TELLING = Settings(options={"failByDrop": False})


@scenario_for_each(
    {
        "rsv2_set": [text("odd").replace(rsv=2)],
        "reserved_opcode": [Frame(0x3, b"odd")],
        "fragmented_ping": [ping(b"odd").replace(fin=False)],
        "text_not_utf8": [text(b"\xff\xfe")],
    },
    rfc="7.1.7",
    settings=TELLING,
    surfaces=BOTH,
    tags="bad_frame",
    further_tags={"text_not_utf8": "not_utf8"},
)
def peer_breaks_the_protocol_and_is_told(peer: Peer, frames: list[Frame]) -> None:
    """`failByDrop` is off, and the peer breaks the protocol: {value}."""
    peer.open()
    peer.send(*frames)
    peer.await_close_else_close(answer=True)


@scenario(
    rfc="7.4.1",
    settings=Settings(max_size=1000, options={"failByDrop": False}),
    surfaces=BOTH,
)
def message_is_too_big_and_peer_is_told(peer: Peer) -> None:
    """`failByDrop` is off, and the peer sends a message of 2000 bytes; the limit is 1000."""
    peer.open()
    peer.send(binary(b"x" * 2000))
    peer.await_close_else_close(answer=True)


@scenario(rfc="4.1", surfaces=CLIENT)
def server_takes_six_seconds_to_answer(server: Peer) -> None:
    """No limit on the opening handshake is set; the server answers after 6 s."""
    server.read_request()
    server.wait_part_of_close_timeout(6)
    server.accept()
    server.await_close_else_close()


@scenario(rfc="4.2.1", surfaces=SERVER)
def client_takes_six_seconds_to_ask(client: Peer) -> None:
    """No limit on the opening handshake is set; the client sends its request after 6 s."""
    client.connect()
    client.wait_part_of_close_timeout(6)
    client.request()
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    {"counts": True, "does_not_count": False},
    rfc="5.5.2",
    settings=lambda counts: Settings(
        keepalive=True, options={"autoPingRestartOnAnyTraffic": counts}
    ),
    surfaces=BOTH,
)
def a_message_in_place_of_a_pong(peer: Peer, _: object) -> None:
    """A ping is answered with a message alone, which {value}."""
    peer.open()
    peer.await_frame()
    peer.send_text("still here")
    peer.await_end()
