"""What the server reference promises of receiving and sending."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_server

from ...judging.expectations import both, delivered, ends, fact, raised, reached, returned
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.aiohttp import calls_that_fail, in_place_of_pongs
from .aiohttp_documents import OPENING, PING_TIMES_OUT, SAYING_HELLO, cite_server

RESET = "the timer of heartbeat is reset on any data reception"
LATE = (
    ("send_str", "sends text"),
    ("send_bytes", "sends bytes"),
    ("send_json", "sends JSON"),
    ("ping", "sends a ping"),
    ("pong", "sends a pong"),
)

# The opening, and what is asked for
promise(
    "prepare_starts_the_websocket",
    aiohttp_server,
    OPENING,
    reached("prepare").once(),
    source=cite_server(".prepare", "starts the WebSocket, whose methods can be used then"),
)
promise(
    "heartbeat_closes_without_a_pong",
    aiohttp_server,
    failing.no_pong_comes,
    both(ends(PING_TIMES_OUT), fact("closed", True)),
    source=cite_server(", heartbeat", "if no pong is received the connection is closed"),
)
promise(
    "a_message_resets_the_heartbeat",
    aiohttp_server,
    in_place_of_pongs.a_message_comes_in_place_of_a_pong,
    ends("55 s"),
    source=cite_server(", heartbeat", RESET),
)
promise(
    "a_ping_resets_the_heartbeat",
    aiohttp_server,
    in_place_of_pongs.a_ping_comes_in_place_of_a_pong,
    returned("receive", "CLOSE", 1000, "bye").once(),
    source=cite_server(", heartbeat", RESET),
)
promise(
    "a_fragment_resets_the_heartbeat",
    aiohttp_server,
    in_place_of_pongs.half_a_message_comes_in_place_of_a_pong,
    returned("receive", "hello"),
    source=cite_server(", heartbeat", RESET),
)
promise(
    "max_msg_size_limits_messages",
    aiohttp_server,
    failing.message_is_too_big,
    returned("receive", b"x" * 2000).never(),
    source=cite_server(", max_msg_size", "is the maximum size of a message that is read"),
)

# Receiving
promise(
    "receive_returns_the_messages",
    aiohttp_server,
    SAYING_HELLO,
    returned("receive", "hello"),
    source=cite_server(".receive", "waits for a message of data, and returns it"),
)
promise(
    "receive_returns_every_message",
    aiohttp_server,
    close.peer_closes_after_messages,
    delivered("receive", "one", "two"),
    source=cite_server(".receive", "waits for a message of data, and returns it"),
)
promise(
    "receive_returns_no_ping",
    aiohttp_server,
    in_place_of_pongs.a_ping_comes_in_place_of_a_pong,
    returned("receive", b"still here").never(),
    source=cite_server(".receive", "handles a ping without returning the message"),
)
promise(
    "receive_timeout_raises",
    aiohttp_server,
    calls_that_fail.peer_is_silent_for_the_receive_timeout,
    both(raised("receive", "TimeoutError").once(), ends("2 s")),
    source=cite_server(".receive", "raises asyncio.TimeoutError if no message comes in time"),
)
for _end, _call, _type, _when in (
    ("str_when_binary_comes", "receive_str", "TEXT", "for_another_type"),
    ("bytes_when_text_comes", "receive_bytes", "BINARY", "for_another_type"),
    ("str_when_the_peer_closes", "receive_str", "TEXT", "when_closed"),
):
    promise(
        f"{_call}_raises_{_when}",
        aiohttp_server,
        calls_that_fail.application_receives.member(_end),
        raised(_call, "WSMessageTypeError"),
        source=cite_server(f".{_call}", f"raises WSMessageTypeError if the message is not {_type}"),
        versions=">=3.11",
    )

# Sending
for _end, _call in (("str", "send_str"), ("bytes", "send_bytes")):
    promise(
        f"{_call}_raises_for_another_type",
        aiohttp_server,
        calls_that_fail.application_sends_what_is_no.member(_end),
        raised(_call, "TypeError"),
        source=cite_server(f".{_call}", f"raises TypeError if the data is not {_end}"),
    )
for _call, _does in LATE:
    promise(
        f"{_call}_raises_once_closing",
        aiohttp_server,
        calls_that_fail.application_closes_then_calls.member(_call),
        raised(_call, "ClientConnectionResetError").once(),
        source=cite_server(
            f".{_call}", f"{_does}, and raises ClientConnectionResetError if it is closing"
        ),
        versions=">=3.12.14",
    )
    promise(
        f"{_call}_raises_a_runtime_error_once_closing",
        aiohttp_server,
        calls_that_fail.application_closes_then_calls.member(_call),
        raised(_call, "RuntimeError").once(),
        source=cite_server(f".{_call}", f"{_does}, and raises RuntimeError if it is closing"),
        versions="<3.12.14",
    )
