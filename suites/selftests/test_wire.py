"""Frames and handshakes as bytes, with wsproto as the oracle."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wsproto import ConnectionType, WSConnection
from wsproto.connection import Connection
from wsproto.events import BytesMessage, CloseConnection, Ping, Pong, TextMessage
from wsproto.frame_protocol import CloseReason, FrameProtocol

from fixtures.peer import wire
from fixtures.peer.frames import (
    binary,
    close_frame,
    continuation,
    ping,
    pong,
    raw_close_frame,
    text,
)

payloads = st.binary(max_size=200)
lengths = st.sampled_from([0, 1, 125, 126, 65535, 65536])


@given(
    opcode=st.integers(0, 15),
    payload=payloads,
    fin=st.booleans(),
    rsv=st.integers(0, 7),
    mask=st.booleans(),
)
def test_every_frame_is_read_back_as_it_was_built(
    opcode: int, payload: bytes, fin: bool, rsv: int, mask: bool
) -> None:
    """`parse_frame` returns every field that `frame` was given, legal or not."""
    raw = wire.frame(opcode, payload, fin=fin, rsv=rsv, mask=mask)

    assert wire.parse_frame(raw) == (wire.Frame(opcode, payload, fin, rsv, mask, raw), b"")


@given(length=lengths, mask=st.booleans())
def test_the_length_takes_the_shortest_form(length: int, mask: bool) -> None:
    """Up to 125 bytes take 7 bits, up to 65535 take 16, more take 64 (RFC 6455 section 5.2)."""
    raw = wire.frame(wire.BINARY, b"x" * length, mask=mask)

    extended = 0 if length < 126 else 2 if length < 65536 else 8
    assert len(raw) == 2 + extended + (4 if mask else 0) + length


@pytest.mark.parametrize(("form", "size"), [(7, 2), (16, 4), (64, 10)], ids=["7", "16", "64"])
def test_any_length_form_can_be_forced(form: int, size: int) -> None:
    """A short payload can be written with a long length, which no endpoint may do."""
    raw = wire.frame(wire.TEXT, b"hello", length_form=form)

    assert len(raw) == size + 5
    found, _ = wire.parse_frame(raw)
    assert found is not None
    assert found.payload == b"hello"


@given(payload=payloads, missing=st.integers(1, 70000))
def test_a_claimed_length_makes_the_frame_incomplete(payload: bytes, missing: int) -> None:
    """A frame that claims more than it carries is no frame yet."""
    raw = wire.frame(wire.TEXT, payload, length=len(payload) + missing)

    assert wire.parse_frame(raw) == (None, raw)


@given(payload=st.binary(max_size=130), mask=st.booleans(), data=st.data())
def test_a_part_of_a_frame_is_no_frame(payload: bytes, mask: bool, data: st.DataObject) -> None:
    """Nothing is taken from the buffer before the last byte of a frame has come."""
    raw = wire.frame(wire.BINARY, payload, mask=mask)
    part = raw[: data.draw(st.integers(0, len(raw) - 1))]

    assert wire.parse_frame(part) == (None, part)


def test_a_part_of_a_length_is_no_length() -> None:
    """An extended length that is cut off is waited for."""
    part = wire.frame(wire.BINARY, b"x" * 200)[:3]

    assert wire.parse_frame(part) == (None, part)


@given(first=payloads, second=payloads)
def test_what_follows_a_frame_stays_in_the_buffer(first: bytes, second: bytes) -> None:
    """Two frames in one buffer are read one by one."""
    raw = wire.frame(wire.TEXT, first) + wire.frame(wire.PONG, second, mask=True)
    one, rest = wire.parse_frame(raw)
    two, nothing = wire.parse_frame(rest)

    assert (one and one.payload, two and two.payload, nothing) == (first, second, b"")


@given(payload=payloads, key=st.binary(min_size=4, max_size=4))
def test_masking_twice_changes_nothing(payload: bytes, key: bytes) -> None:
    """The masking algorithm is its own inverse, byte i with key byte i modulo 4."""
    masked = wire.apply_mask(payload, key)

    assert wire.apply_mask(masked, key) == payload
    assert masked == bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))


@given(message=st.text(max_size=300))
def test_wsproto_reads_our_frames(message: str) -> None:
    """A masked text frame of ours is the message to wsproto's server."""
    server = Connection(ConnectionType.SERVER)
    server.receive_data(wire.frame(wire.TEXT, message.encode(), mask=True))

    assert [event.data for event in server.events() if isinstance(event, TextMessage)] == [message]


@given(payload=st.binary(max_size=70000))
def test_wsproto_reads_our_long_frames(payload: bytes) -> None:
    """A binary frame of any length form is the same bytes to wsproto's client."""
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(wire.frame(wire.BINARY, payload))

    received = [event.data for event in client.events() if isinstance(event, BytesMessage)]
    assert b"".join(received) == payload


@given(code=st.sampled_from(wire.LEGAL_CLOSE_CODES), reason=st.text(max_size=30))
def test_wsproto_reads_our_close_frames(code: int, reason: str) -> None:
    """Every legal code and reason means the same to wsproto, but for 1014, which it rejects."""
    assume(code != 1014)
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(close_frame(code, reason).encode(mask=False))

    (event,) = client.events()
    assert isinstance(event, CloseConnection)
    assert (event.code, event.reason or "") == (code, reason)


@given(message=st.text(max_size=300), is_client=st.booleans())
def test_we_read_wsproto_s_frames(message: str, is_client: bool) -> None:
    """A frame that wsproto builds, masked or not, is read back by `parse_frame`."""
    kind = ConnectionType.CLIENT if is_client else ConnectionType.SERVER
    found, rest = wire.parse_frame(bytes(Connection(kind).send(TextMessage(data=message))))

    assert found is not None
    assert (found.name, found.payload.decode(), found.masked) == ("text", message, is_client)
    assert rest == b""


@given(payload=st.binary(max_size=125))
def test_we_read_wsproto_s_control_frames(payload: bytes) -> None:
    """Pings and pongs that wsproto builds are read back by `parse_frame`."""
    server = Connection(ConnectionType.SERVER)
    one, rest = wire.parse_frame(bytes(server.send(Ping(payload=payload))))
    two, _ = wire.parse_frame(bytes(server.send(Pong(payload=payload))))

    assert [(found.name, found.payload) for found in (one, two) if found] == [
        ("ping", payload),
        ("pong", payload),
    ]
    assert rest == b""


@given(reason=st.text(max_size=30))
def test_we_read_wsproto_s_close_frames(reason: str) -> None:
    """Code and reason of a close frame that wsproto builds are read back."""
    raw = FrameProtocol(client=True, extensions=[]).close(CloseReason.GOING_AWAY, reason)
    found, _ = wire.parse_frame(bytes(raw))

    assert found is not None
    assert (found.code, found.reason.decode()) == (1001, reason)


def test_the_accept_value_is_the_one_in_the_rfc() -> None:
    """RFC 6455 section 1.3 gives a key and its accept value."""
    assert wire.accept_value("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def test_a_request_of_ours_opens_a_wsproto_connection() -> None:
    """A request head of ours is a request to wsproto's server."""
    request = {"Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade"}
    request |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"}
    server = WSConnection(ConnectionType.SERVER)
    server.receive_data(wire.head("GET / HTTP/1.1", request))

    assert [type(event).__name__ for event in server.events()] == ["Request"]


def test_a_header_that_is_none_is_left_out() -> None:
    """`head` writes the headers in order, without those whose value is None."""
    raw = wire.head("GET / HTTP/1.1", {"Host": "a", "Upgrade": None, "Origin": "b: c"})

    assert raw == b"GET / HTTP/1.1\r\nHost: a\r\nOrigin: b: c\r\n\r\n"
    assert wire.parse_head(raw) == ("GET / HTTP/1.1", {"host": "a", "origin": "b: c"})


@pytest.mark.parametrize("code", wire.ILLEGAL_CLOSE_CODES)
def test_codes_that_must_not_be_sent_are_known(code: int) -> None:
    """No code of the illegal list is legal, and each can be built."""
    assert not wire.legal_close_code(code)
    assert wire.close_payload(code) == code.to_bytes(2, "big")


@pytest.mark.parametrize("code", wire.LEGAL_CLOSE_CODES)
def test_codes_that_may_be_sent_are_known(code: int) -> None:
    """Every code of the legal list is legal."""
    assert wire.legal_close_code(code)


def test_a_close_frame_may_carry_no_code() -> None:
    """An empty close frame, or one of a single byte, has no code."""
    empty, _ = wire.parse_frame(close_frame().encode(mask=False))
    short, _ = wire.parse_frame(raw_close_frame(b"\x03").encode(mask=False))

    assert [(found.code, found.payload) for found in (empty, short) if found] == [
        (None, b""),
        (None, b"\x03"),
    ]


def test_an_unknown_opcode_has_a_name() -> None:
    """Opcodes without a meaning are called by their number."""
    found, _ = wire.parse_frame(wire.frame(0xB))

    assert found is not None
    assert found.name == "opcode 0xb"


def test_a_frame_to_send_takes_its_mask_from_the_role() -> None:
    """A description of a frame is masked as the sender's role asks, unless it says otherwise."""
    plain, masked = wire.frame(wire.TEXT, b"a"), wire.frame(wire.TEXT, b"a", mask=True)

    assert [text("a").encode(mask=False), text(b"a").encode(mask=True)] == [plain, masked]
    assert text("a").changed(mask=True).encode(mask=False) == masked
    assert text("a").changed(mask=False).encode(mask=True) == plain


def test_frames_to_send_have_names() -> None:
    """Each builder stands for one opcode."""
    built = [text("a"), binary(b"a"), continuation(b"a"), ping(b"a"), pong(b"a"), close_frame()]

    assert [wire.OPCODE_NAMES[one.opcode] for one in built] == [
        "text",
        "binary",
        "continuation",
        "ping",
        "pong",
        "close",
    ]
