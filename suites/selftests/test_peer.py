"""The peer as a sender, in both roles: the opening handshake, frames, pieces of frames."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.peer import wire
from fixtures.peer.frames import Outgoing, close_frame, continuation, raw_close_frame, text
from fixtures.peer.steps import Peer

from .duet import REQUEST, against_socket, play, reading, steps

both_roles = pytest.mark.parametrize("role", ["server", "client"])

# The opening handshake


def test_the_opening_handshake() -> None:
    """A server peer and a client peer agree on the opening handshake."""
    server, client = play("server", Peer.open, Peer.open)

    assert server.handshake == ["request received: 'GET / HTTP/1.1'", "101 response sent"]
    assert client.handshake == ["request sent: 'GET / HTTP/1.1'", "101 response received"]
    assert (server.problem, client.problem) == ("", "")


def test_request_headers_can_be_changed() -> None:
    """The client adds a header and leaves one out; the server reads names in lower case."""
    ask = steps(lambda client: client.request("/chat", {"Origin": "a", "Host": None}))
    server, _ = play("server", Peer.read_request, ask)

    assert server.handshake == ["request received: 'GET /chat HTTP/1.1'"]
    assert set(server.peer.request_headers) >= {"origin", "upgrade", "sec-websocket-key"}
    assert "host" not in server.peer.request_headers


def test_response_headers_can_be_changed() -> None:
    """The server overrides the accept value and leaves out a header of its 101 response."""
    headers = {"Upgrade": None, "Sec-WebSocket-Accept": "wrong"}
    _, client = play(
        "server", steps(Peer.read_request, lambda s: s.accept(headers=headers)), Peer.open
    )

    answer = client.events[-3].details["headers"]
    assert answer == {"connection": "Upgrade", "sec-websocket-accept": "wrong"}


def test_the_accept_value_fits_the_key() -> None:
    """The 101 response proves that the server has read the key (RFC 6455 section 4.2.2)."""
    with against_socket("server", Peer.open) as (_, bare):
        bare.sendall(REQUEST)

        assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in bare.recv(1000)


@pytest.mark.parametrize(
    ("answer", "status"),
    [(lambda s: s.refuse(403, body=b"no"), 403), (lambda s: s.redirect("ws://a/"), 302)],
    ids=["refuse", "redirect"],
)
def test_the_server_can_answer_with_another_status(answer: Any, status: int) -> None:
    """A refusal, or a redirect, is what a client that expects it reads."""
    ask = steps(Peer.request, lambda client: client.read_response(status))
    server, client = play("server", steps(Peer.read_request, answer), ask)

    assert server.handshake[-1] == f"{status} response sent"
    assert client.handshake[-1] == f"{status} response received"
    assert client.problem == ""


def test_an_unexpected_status_is_told() -> None:
    """A client that needs 101 cannot go on from 403."""
    _, client = play("server", steps(Peer.read_request, lambda s: s.refuse(403)), Peer.open)

    assert client.problem == "expected a 101 response, received 'HTTP/1.1 403 Refused'"


def test_an_answer_that_is_no_http_is_told() -> None:
    """A client that needs 101 cannot go on from garbage."""
    _, client = play(
        "server", steps(Peer.read_request, lambda s: s.answer_garbage(b"?\r\n\r\n")), Peer.open
    )

    assert client.problem == "expected a 101 response, received '?'"


@both_roles
def test_frames_can_leave_in_the_write_of_the_handshake(role: str) -> None:
    """`open(frame)` sends the frame behind its part of the handshake, in one write."""
    last = steps(lambda peer: peer.open(close_frame(1008, "no")))
    one, two = play(role, last, reading)

    assert one.lines[0] == "close frame sent: 1008, 'no'"
    assert two.lines[0] == "close frame received: 1008, 'no'"
    assert one.writes == 1


def test_a_part_of_a_head_is_kept() -> None:
    """What came of a request that never ended is in the trace."""
    part = steps(lambda client: client.send(b"GET / HT"), Peer.half_close)
    server, _ = play("server", Peer.open, part)

    assert server.handshake == ["part of a head received"]
    assert server.events[-1].details["raw"] == b"GET / HT".hex()


# Sending

SENT = {
    "text": (lambda peer: peer.send_text("hello"), "'hello'"),
    "binary": (lambda peer: peer.send_binary(b"\xff"), r"b'\xff'"),
    "pong": (lambda peer: peer.send_pong(b"p"), "b'p'"),
    "continuation": (lambda peer: peer.send_continuation(b"c"), "b'c'"),
    "close": (lambda peer: peer.send_close(1000, "bye"), "1000, 'bye'"),
}


@both_roles
@pytest.mark.parametrize("kind", SENT)
def test_what_one_peer_sends_the_other_receives(role: str, kind: str) -> None:
    """Each kind of frame arrives as it was sent, in either direction."""
    send, shown = SENT[kind]
    one, two = play(role, steps(Peer.open, send), reading)

    assert one.lines[0] == f"{kind} frame sent: {shown}"
    assert two.lines[0] == f"{kind} frame received: {shown}"


@both_roles
def test_the_payload_of_a_received_ping_is_not_compared(role: str) -> None:
    """Some libraries choose it at random, so it stands in the details only."""
    one, two = play(role, steps(Peer.open, lambda peer: peer.send_ping(b"random")), reading)

    assert (one.lines[0], two.lines[0]) == ("ping frame sent: b'random'", "ping frame received")


ODD: dict[str, tuple[Outgoing, str]] = {
    "a fragment": (text("a", fin=False), "text frame {}: 'a', 'not final'"),
    "reserved bits": (text("a").changed(rsv=4), "text frame {}: 'a', 'rsv 4'"),
    "no utf-8": (text(b"\xff"), r"text frame {}: b'\xff'"),
    "an unknown opcode": (Outgoing(0xB), "opcode 0xb frame {}: b''"),
    "no code": (close_frame(), "close frame {}"),
    "half a code": (raw_close_frame(b"\x03"), r"close frame {}: '\x03'"),
    "no utf-8 in a reason": (close_frame(1000, b"\xff"), r"close frame {}: 1000, b'\xff'"),
    "the end of a message": (continuation(b"a"), "continuation frame {}: b'a'"),
}


@both_roles
@pytest.mark.parametrize("oddity", ODD)
def test_odd_frames_arrive_as_they_are(role: str, oddity: str) -> None:
    """Nothing validates: what no library would send is sent, received and told."""
    frame, line = ODD[oddity]
    one, two = play(role, steps(Peer.open, lambda peer: peer.send(frame)), reading)

    assert (one.lines[0], two.lines[0]) == (line.format("sent"), line.format("received"))


@both_roles
def test_a_wrong_mask_is_told(role: str) -> None:
    """A frame that is masked against its sender's role is seen as such (RFC 6455 section 5.1)."""
    wrong = text("a").changed(mask=role == "server")
    one, two = play(role, steps(Peer.open, lambda peer: peer.send(wrong)), reading)

    assert one.lines[0] == f"text frame sent: 'a', '{'masked' if wrong.mask else 'unmasked'}'"
    assert two.lines[0] == "text frame received: 'a', 'masked wrongly'"


def test_lies_about_the_length_are_told() -> None:
    """A claimed length and a forced length form stand in the trace of the sender."""
    one, two = play(
        "server",
        steps(
            Peer.open,
            lambda s: s.send(text("a").changed(length_form=64), text("b").changed(length=9)),
        ),
        reading,
    )

    assert one.lines[0] == "text frame sent: 'a', 'length in 64 bits'"
    assert one.lines[1] == "text frame sent: 'b', 'claims 9 bytes'"
    assert two.lines[:2] == ["text frame received: 'a'", "end of TCP received"]


def test_bytes_can_be_sent_as_they_are() -> None:
    """Raw bytes between frames are told as raw bytes."""
    raw = wire.frame(wire.TEXT, b"raw")
    one, two = play("server", steps(Peer.open, lambda s: s.send(raw, text("a"))), reading)

    assert one.lines[:2] == [f"raw bytes sent: {raw!r}", "text frame sent: 'a'"]
    assert two.lines[:2] == ["text frame received: 'raw'", "text frame received: 'a'"]


@both_roles
@pytest.mark.parametrize(
    ("how", "writes"),
    [({"every": 1}, 7), ({"split_at": 3}, 2), ({}, 1)],
    ids=["bytewise", "split", "whole"],
)
def test_a_frame_can_be_sent_in_pieces(role: str, how: dict[str, int], writes: int) -> None:
    """Byte by byte, or split in two: each piece is a write of its own."""
    frame = text("hello").changed(mask=False)
    one, two = play(role, steps(Peer.open, lambda peer: peer.send(frame, **how)), reading)

    assert one.writes - 1 == writes
    assert two.lines[0].startswith("text frame received: 'hello'")


@both_roles
def test_messages_larger_than_the_buffers_arrive(role: str) -> None:
    """A write that does not fit waits until the other side has read."""
    message = "x" * 20_000_000
    _, two = play(
        role,
        steps(Peer.open, lambda peer: peer.send_text(message)),
        steps(Peer.open, lambda peer: peer.receive("text"), Peer.be_quiet),
    )

    assert two.problem == ""
    assert two.events[-3].args == (message,)
