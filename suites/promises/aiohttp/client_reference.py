"""What the client reference promises of `ws_connect`, and of receiving and sending."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client, aiohttp_client_manual

from ...judging.expectations import (
    both,
    delivered,
    ends,
    fact,
    raised,
    reached,
    returned,
)
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.aiohttp import calls_that_fail, in_place_of_pongs
from .aiohttp_documents import (
    OPENING,
    PING_TIMES_OUT,
    SAYING_HELLO,
    cite_client,
    cite_ws_connect,
)

RESET = "the timer of heartbeat is reset on any data reception"

# What ws_connect is asked for
promise(
    "ws_connect_gives_a_block",
    aiohttp_client,
    OPENING,
    reached("async with block").once(),
    source=cite_ws_connect("result", "is a ClientWebSocketResponse, a context manager"),
)
promise(
    "heartbeat_closes_without_a_pong",
    aiohttp_client,
    failing.no_pong_comes,
    both(ends(PING_TIMES_OUT), fact("closed", True)),
    source=cite_ws_connect("heartbeat", "if no pong is received the connection is closed"),
)
promise(
    "a_message_resets_the_heartbeat",
    aiohttp_client,
    in_place_of_pongs.a_message_comes_in_place_of_a_pong,
    ends("55 s"),
    source=cite_ws_connect("heartbeat", RESET),
)
promise(
    "a_ping_resets_the_heartbeat",
    aiohttp_client,
    in_place_of_pongs.a_ping_comes_in_place_of_a_pong,
    returned("receive", "CLOSE", 1000, "bye").once(),
    source=cite_ws_connect("heartbeat", RESET),
)
promise(
    "a_fragment_resets_the_heartbeat",
    aiohttp_client,
    in_place_of_pongs.half_a_message_comes_in_place_of_a_pong,
    returned("receive", "hello"),
    source=cite_ws_connect("heartbeat", RESET),
)
promise(
    "max_msg_size_limits_messages",
    aiohttp_client,
    failing.message_is_too_big,
    returned("receive", b"x" * 2000).never(),
    source=cite_ws_connect("max_msg_size", "is the maximum size of a message that is read"),
)

# Receiving
promise(
    "receive_returns_the_messages",
    aiohttp_client,
    SAYING_HELLO,
    returned("receive", "hello"),
    source=cite_client("receive", "waits for a message of data, and returns it"),
)
promise(
    "receive_returns_every_message",
    aiohttp_client,
    close.peer_closes_after_messages,
    delivered("receive", "one", "two"),
    source=cite_client("receive", "waits for a message of data, and returns it"),
)
promise(
    "receive_returns_no_ping",
    aiohttp_client,
    in_place_of_pongs.a_ping_comes_in_place_of_a_pong,
    returned("receive", b"still here").never(),
    source=cite_client("receive", "handles a ping without returning the message"),
    but=(aiohttp_client_manual,),
)

# Receiving one type
for _end, _call, _type, _when in (
    ("str_when_binary_comes", "receive_str", "TEXT", "for_another_type"),
    ("bytes_when_text_comes", "receive_bytes", "BINARY", "for_another_type"),
    ("str_when_the_peer_closes", "receive_str", "TEXT", "when_closed"),
):
    promise(
        f"{_call}_raises_{_when}",
        aiohttp_client,
        calls_that_fail.application_receives.member(_end),
        raised(_call, "WSMessageTypeError"),
        source=cite_client(_call, f"raises WSMessageTypeError if the message is not {_type}"),
        versions=">=3.11",
    )

# Sending
for _end, _call in (("str", "send_str"), ("bytes", "send_bytes")):
    promise(
        f"{_call}_raises_for_another_type",
        aiohttp_client,
        calls_that_fail.application_sends_what_is_no.member(_end),
        raised(_call, "TypeError"),
        source=cite_client(_call, f"raises TypeError if the data is not {_end}"),
    )
promise(
    "send_json_raises_once_closing",
    aiohttp_client,
    calls_that_fail.application_closes_then_calls.member("send_json"),
    raised("send_json", "RuntimeError"),
    source=cite_client("send_json", "raises RuntimeError if the connection is closing"),
)
