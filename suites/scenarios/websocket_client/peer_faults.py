"""The peer breaks the protocol, falls silent, or leaves TLS in disorder."""

from __future__ import annotations

from fixtures.model.actions import OPENED
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, binary, continuation, ping, pong, text
from fixtures.peer.steps import Peer

GROUP = "error"
CLIENTS = ("websocket_client_app", "websocket_client_core")
UNVALIDATED = Settings(options={"skip_utf8_validation": True})
RAGGED = Settings(tls="valid", options={"sslopt": {"suppress_ragged_eofs": False}})

# Frames that break the protocol


@scenario_for_each(
    {
        "fragmented_pong": [pong(b"odd").replace(fin=False)],
        "oversized_pong": [pong(b"x" * 126)],
        "reserved_bits_in_a_ping": [ping(b"odd").replace(rsv=1)],
        "binary_inside_a_fragmented_message": [text("first", fin=False), binary(b"second")],
        "second_message_continued": [text("whole"), continuation(b"odd")],
    },
    rfc="7.1.7",
    surfaces=CLIENTS,
    tags="bad_frame",
)
def server_breaks_the_protocol(server: Peer, frames: list[Frame]) -> None:
    """The server breaks the protocol and sends a ping; if it is answered, it closes: {value}."""
    server.open()
    server.send(*frames, ping(b"are you there"))
    server.await_pong_then_close()


@scenario_for_each(
    {
        "in_one_frame": [text(b"\xff\xfe")],
        "in_fragments": [text(b"ok \xc3", fin=False), continuation(b"(")],
    },
    rfc="8.1",
    settings=UNVALIDATED,
    surfaces=CLIENTS,
)
def server_sends_bad_text_unvalidated(server: Peer, frames: list[Frame]) -> None:
    """The server sends text that is not UTF-8 {value}, with skip_utf8_validation, and closes."""
    server.open()
    server.send(*frames)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.6", settings=UNVALIDATED, surfaces=CLIENTS)
def server_sends_good_text_unvalidated(server: Peer) -> None:
    """The server sends text that is UTF-8, with skip_utf8_validation, and closes."""
    server.open()
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


# Silence


@scenario(rfc="5.2", settings=Settings(open_timeout=True), surfaces=("websocket_client_app",))
def server_is_silent_mid_frame(server: Peer) -> None:
    """The server sends half a frame, then nothing for longer than the default timeout."""
    server.open()
    server.send(text("cut off").replace(length=100))
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(open_timeout=True),
    surfaces=("websocket_client_app", "websocket_client_app_tls"),
    tags="lost",
)
def server_is_silent_beyond_default_timeout(server: Peer) -> None:
    """An open connection is idle for longer than the default timeout; then the server ends it."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(1.1)
    server.half_close()


@scenario(rfc="7.1.5", settings=Settings(open_timeout=True), surfaces=("websocket_client_core",))
def server_is_silent_beyond_timeout(server: Peer) -> None:
    """An open connection is idle for longer than the timeout of the socket."""
    server.open()
    server.await_close()
    server.echo_close()


# TLS


@scenario(rfc="7.1.5", settings=RAGGED, surfaces=CLIENTS, tags="lost")
def tls_ends_raggedly_when_idle(server: Peer) -> None:
    """The server sends FIN without close_notify when idle, with suppress_ragged_eofs False."""
    server.open()
    server.wait_for(OPENED)
    server.end_without_close_notify()


@scenario(rfc="5.2", settings=RAGGED, surfaces=CLIENTS, tags="lost")
def tls_ends_raggedly_mid_frame(server: Peer) -> None:
    """The server sends FIN without close_notify mid-frame, with suppress_ragged_eofs False."""
    server.open()
    server.wait_for(OPENED)
    server.send(text("cut off").replace(length=100))
    server.end_without_close_notify()


@scenario(rfc="4.1", settings=RAGGED, surfaces=CLIENTS, tags="handshake_lost")
def tls_ends_raggedly_in_the_handshake(server: Peer) -> None:
    """The server answers with FIN without close_notify, with suppress_ragged_eofs False."""
    server.read_request()
    server.end_without_close_notify()


@scenario(rfc="5.2", settings=Settings(tls="valid"), surfaces=CLIENTS, tags="lost")
def tls_ends_mid_frame_without_alert(server: Peer) -> None:
    """The server ends TCP without a close_notify alert in the middle of a frame."""
    server.open()
    server.wait_for(OPENED)
    server.send(text("cut off").replace(length=100))
    server.end_without_close_notify()


@scenario(rfc="4.1", settings=Settings(tls="valid"), surfaces=CLIENTS, tags="handshake_lost")
def tls_ends_in_the_handshake_without_alert(server: Peer) -> None:
    """The server answers the opening request with the end of TCP, without a close_notify alert."""
    server.read_request()
    server.end_without_close_notify()


@scenario(rfc="5.2", settings=Settings(tls="valid"), surfaces=CLIENTS)
def tls_breaks_mid_frame(server: Peer) -> None:
    """The server sends bytes that are not a TLS record in the middle of a frame."""
    server.open()
    server.wait_for(OPENED)
    server.send(text("cut off").replace(length=100))
    server.send_below_tls(b"this is not TLS\r\n")
    server.await_end()


@scenario(rfc="4.1", settings=Settings(tls="valid"), surfaces=CLIENTS, tags="no_response")
def tls_breaks_in_the_handshake(server: Peer) -> None:
    """The server answers the opening request with bytes that are not a TLS record."""
    server.read_request()
    server.send_below_tls(b"this is not TLS\r\n")
    server.await_end()
