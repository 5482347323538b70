"""Connections that fail: lost, broken by a bad frame, refused, or never opened."""

from __future__ import annotations

from fixtures.model.actions import (
    CLOSED,
    FAILED,
    ITERATION,
    MESSAGE,
    OPENED,
    PING,
    PONG,
    close,
    raise_error,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer import wire
from fixtures.peer.frames import (
    Frame,
    binary,
    continuation,
    ping,
    raw_close_frame,
    text,
)
from fixtures.peer.steps import Peer
from fixtures.peer.wire import ILLEGAL_CLOSE_CODES

# The connection is lost


@scenario(rfc="7.1.5", tags="lost")
def peer_ends(peer: Peer) -> None:
    """The peer sends FIN without a closing handshake."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(rfc="7.1.5", tags="lost")
def peer_resets(peer: Peer) -> None:
    """The peer sends RST without a closing handshake."""
    peer.open()
    peer.wait_for(OPENED)
    peer.reset()


@scenario(rfc="7.1.5", tags="lost")
def peer_ends_after_a_message(peer: Peer) -> None:
    """The peer sends a message, then FIN."""
    peer.open()
    peer.send_text("hello")
    peer.half_close()


@scenario(rfc="7.1.5", tags="lost")
def peer_resets_after_a_message(peer: Peer) -> None:
    """The peer sends a message, then RST when the application has received it."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.reset()


@scenario(rfc="5.2", tags="lost")
def peer_ends_mid_frame(peer: Peer) -> None:
    """The peer sends FIN in the middle of a frame."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send(text("cut off").replace(length=100))
    peer.half_close()


@scenario(rfc="5.2", tags="lost")
def peer_resets_mid_frame(peer: Peer) -> None:
    """The peer sends RST in the middle of a frame."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send(text("cut off").replace(length=100))
    peer.reset()


@scenario(rfc="5.4", tags="lost")
def peer_ends_in_a_fragmented_message(peer: Peer) -> None:
    """The peer sends FIN between two fragments of a message."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send(text("first half", fin=False))
    peer.half_close()


@scenario(rfc="5.4", tags="lost")
def peer_resets_in_a_fragmented_message(peer: Peer) -> None:
    """The peer sends RST between two fragments of a message."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send(text("first half", fin=False))
    peer.reset()


@scenario(rfc="7.1.5", needs=(ITERATION,), tags="lost")
def client_ends_while_the_handler_iterates(client: Peer) -> None:
    """The handler iterates and cleans up in `finally`; the client ends with FIN."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.half_close()


@scenario(rfc="7.1.5", needs=(ITERATION,), tags="lost")
def client_resets_while_the_handler_iterates(client: Peer) -> None:
    """The handler iterates and cleans up in `finally`; the client resets the connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.reset()


# Control frames that end a connection, and are illegal


@scenario_for_each(ILLEGAL_CLOSE_CODES, rfc="7.4.2", tags="bad_close_frame")
def peer_ends_with_illegal_code(peer: Peer, code: int) -> None:
    """The peer's last frame carries {value}, which no endpoint may send."""
    peer.open()
    peer.send_close(code, "a reason")
    peer.await_close()


@scenario_for_each(
    {
        "of_one_byte": b"\x03",
        "over_125_bytes": wire.encode_close(1000, b"x" * 124),
        "not_utf8": wire.encode_close(1000, b"\xff\xfe"),
    },
    rfc="5.5.1",
    tags="bad_close_frame",
    further_tags={"not_utf8": "not_utf8"},
)
def peer_ends_with_illegal_payload(peer: Peer, payload: bytes) -> None:
    """The payload of the peer's last frame is {value}."""
    peer.open()
    peer.send(raw_close_frame(payload))
    peer.await_close()


# Frames that break the protocol


@scenario_for_each(
    {
        "rsv1_set": [text("odd").replace(rsv=4)],
        "rsv2_set": [text("odd").replace(rsv=2)],
        "reserved_opcode": [Frame(0x3, b"odd")],
        "reserved_control_opcode": [Frame(0xB, b"odd")],
        "fragmented_ping": [ping(b"odd").replace(fin=False)],
        "oversized_ping": [ping(b"x" * 126)],
        "continuation_first": [continuation(b"odd")],
        "text_inside_a_fragmented_message": [text("first", fin=False), text("second")],
        "text_not_utf8": [text(b"\xff\xfe")],
        "text_not_utf8_in_fragments": [text(b"ok \xc3", fin=False), continuation(b"(")],
    },
    rfc="7.1.7",
    tags="bad_frame",
    further_tags={"text_not_utf8": "not_utf8", "text_not_utf8_in_fragments": "not_utf8"},
)
def peer_breaks_the_protocol(peer: Peer, frames: list[Frame]) -> None:
    """The peer breaks the protocol after the opening handshake: {value}."""
    peer.open()
    peer.send(*frames)
    peer.await_close_else_close()


@scenario(rfc="5.1", tags="bad_frame")
def server_masks_a_frame(server: Peer) -> None:
    """The server sends a masked frame."""
    server.open()
    server.send(text("odd").replace(mask=True))
    server.await_close_else_close()


@scenario(rfc="5.1", tags="bad_frame")
def client_does_not_mask_a_frame(client: Peer) -> None:
    """The client sends an unmasked frame."""
    client.open()
    client.send(text("odd").replace(mask=False))
    client.await_close_else_close()


@scenario(rfc="7.1.7", tags="bad_frame")
def peer_breaks_the_protocol_after_a_message(peer: Peer) -> None:
    """A good message and a frame with a reserved bit leave the peer in one write."""
    peer.open()
    peer.send(text("good"), text("odd").replace(rsv=2))
    peer.await_close_else_close()


@scenario(rfc="7.4.1", settings=Settings(max_size=1000))
def message_is_too_big(peer: Peer) -> None:
    """The peer sends a message of 2000 bytes; the limit is 1000."""
    peer.open()
    peer.send(binary(b"x" * 2000))
    peer.await_close_else_close()


# The connection does not open


@scenario(rfc="4.1", settings=Settings(address="refused"), tags="no_tcp")
def connection_is_refused(server: Peer) -> None:
    """No server listens on the port."""


@scenario(rfc="4.1", settings=Settings(address="unresolved"), tags="no_tcp")
def name_is_not_resolved(server: Peer) -> None:
    """The host name does not exist."""


@scenario_for_each((401, 403, 404, 500, 503), rfc="4.1", tags="refused")
def server_refuses_with(server: Peer, status: int) -> None:
    """The server answers the opening request with status {value}."""
    server.read_request()
    server.refuse(status, "No", body=b"not here")


@scenario(rfc="4.1", tags=("redirected", "not_opened"))
def server_redirects_to_nowhere(server: Peer) -> None:
    """The server answers 301 with the location of a port on which no server listens."""
    server.read_request()
    server.redirect("ws://127.0.0.1:1/", 301)


@scenario(rfc="4.1", tags=("redirected", "not_accepted"))
def server_redirects_without_location(server: Peer) -> None:
    """The server answers 301 without a location."""
    server.read_request()
    server.refuse(301, "Moved Permanently")


@scenario(rfc="4.2.2", tags="not_accepted")
def accept_value_is_wrong(server: Peer) -> None:
    """The 101 response carries the accept value of another key."""
    server.read_request()
    server.accept(headers={"Sec-WebSocket-Accept": wire.compute_accept("another key")})
    server.await_close_else_close()


@scenario(rfc="4.2.2", tags="not_accepted")
def upgrade_header_is_missing(server: Peer) -> None:
    """The 101 response has no Upgrade header."""
    server.read_request()
    server.accept(headers={"Upgrade": None})
    server.await_close_else_close()


@scenario(rfc="4.1", tags="no_response")
def server_answers_garbage(server: Peer) -> None:
    """The server answers the opening request with bytes that are not HTTP."""
    server.read_request()
    server.answer_garbage()


@scenario(rfc="4.1", tags="handshake_lost")
def server_ends_in_the_handshake(server: Peer) -> None:
    """The server answers the opening request with FIN."""
    server.read_request()
    server.half_close()


@scenario(rfc="4.1", tags="handshake_lost")
def server_resets_in_the_handshake(server: Peer) -> None:
    """The server answers the opening request with RST."""
    server.read_request()
    server.reset()


@scenario(rfc="4.1", settings=Settings(open_timeout=True), tags="not_opened")
def server_is_silent_in_the_handshake(server: Peer) -> None:
    """The server reads the opening request; it never answers, and never ends TCP."""
    server.read_request()
    server.keep_tcp_open()


@scenario(rfc="4.1", settings=Settings(open_timeout=True), tags="not_opened")
def server_is_silent_then_ends(server: Peer) -> None:
    """The server reads the opening request; it never answers, and ends TCP once the client has."""
    server.read_request()
    server.await_end()


@scenario(rfc="4.1", tags="not_opened")
def client_ends_in_the_handshake(client: Peer) -> None:
    """The client sends FIN in the middle of its opening request."""
    client.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    client.half_close()


@scenario(rfc="4.1", settings=Settings(open_timeout=True), tags="not_opened")
def client_is_silent_in_the_handshake(client: Peer) -> None:
    """The client connects; it never sends its opening request, and never ends TCP."""
    client.connect()
    client.keep_tcp_open()


@scenario_for_each(
    {"untrusted": "untrusted", "expired": "expired", "for_another_name": "wrong name"},
    rfc="4.1",
    settings=lambda kind: Settings(tls=kind),
    tags="no_tls",
)
def certificate_is(server: Peer, kind: str) -> None:
    """The server's certificate is {value}."""
    server.start_tls()


@scenario(rfc="4.1", settings=Settings(tls="valid"), tags="no_tls")
def tls_handshake_fails(server: Peer) -> None:
    """The server answers the TLS client hello with bytes that are not TLS."""
    server.fail_tls()


@scenario(rfc="4.1", settings=Settings(tls="valid"), tags="no_tls")
def server_ends_in_the_tls_handshake(server: Peer) -> None:
    """The server answers the TLS client hello with FIN."""
    server.end_tls_handshake()


@scenario(rfc="7.1.5", settings=Settings(tls="valid"))
def tls_breaks_after_the_handshake(server: Peer) -> None:
    """The server sends bytes that are not a TLS record on an open, idle connection."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(0.1)
    server.send_below_tls(b"this is not TLS\r\n")
    server.await_end()


@scenario(rfc="7.1.5", settings=Settings(tls="valid"), tags="lost")
def tls_ends_without_alert(server: Peer) -> None:
    """The server ends the TCP connection without a TLS close_notify alert."""
    server.open()
    server.wait_for(OPENED)
    server.end_without_close_notify()


# Keepalive


@scenario(rfc="5.5.2", settings=Settings(keepalive=True), tags="no_pong")
def no_pong_comes(peer: Peer) -> None:
    """The peer does not answer the library's pings within the documented timeout."""
    peer.open()
    peer.await_close()


# The application raises


@scenario(rfc="7.1.7", application=when(OPENED, raise_error()))
def application_raises_when_opened(peer: Peer) -> None:
    """The application raises when it is notified that the connection is open."""
    peer.open()
    peer.await_close_else_close()


@scenario(rfc="7.1.7", application=when(MESSAGE, raise_error()))
def application_raises_on_message(peer: Peer) -> None:
    """The application raises while it handles the first message."""
    peer.open()
    peer.send_text("hello")
    peer.await_close_else_close()


@scenario(rfc="7.1.7", application=when(PING, raise_error()))
def application_raises_on_ping(peer: Peer) -> None:
    """The application raises in its ping callback."""
    peer.open()
    peer.send_ping(b"are you there")
    peer.await_close_else_close()


@scenario(rfc="7.1.7", application=when(PONG, raise_error()))
def application_raises_on_pong(peer: Peer) -> None:
    """The application raises in its pong callback."""
    peer.open()
    peer.send_pong(b"here I am")
    peer.await_close_else_close()


@scenario(rfc="7.1.7", application=when(FAILED, raise_error()), tags="lost")
def application_raises_when_it_fails(peer: Peer) -> None:
    """The application raises when it is notified of a failure: the peer ended with FIN."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(rfc="7.1.7", application=when(CLOSED, raise_error()), tags="with_reason")
def application_raises_at_the_end(peer: Peer) -> None:
    """The application raises when it is notified that the peer has ended the connection."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


# The application asks for a close frame that may not be sent


@scenario_for_each(
    (999, 1005),
    rfc="7.4.2",
    application=lambda code: when(MESSAGE, close(code)),
    tags="illegal_close",
)
def application_uses_illegal_code(peer: Peer, _: int) -> None:
    """The application ends the connection with {value}, which no endpoint may send."""
    peer.open()
    peer.send_text("hello")
    peer.await_close_else_close()


@scenario(rfc="5.5", application=when(MESSAGE, close(4000, "x" * 124)), tags="illegal_close")
def application_uses_too_long_reason(peer: Peer) -> None:
    """The application ends the connection with a reason of 124 bytes, one too many."""
    peer.open()
    peer.send_text("hello")
    peer.await_close_else_close()
