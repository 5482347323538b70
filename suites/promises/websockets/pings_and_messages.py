"""What the documents promise of pings, and of messages that are compressed or in many frames."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_client,
    websockets_asyncio_server,
    websockets_legacy_client,
    websockets_threading_client,
    websockets_threading_server,
    websockets_trio_client,
)

from ...judging.expectations import delivered, raised, reached, returned, sends_close
from ...judging.promise import doc, promise, untestable
from ...scenarios.websockets import compressed, pings
from ...scenarios.websockets import limits_on_messages as limits
from .connection_situations import (
    CHANGELOG,
    CLIENTS,
    HAS_KEEPALIVE,
    KEEPALIVE,
    PAGES,
    SERVERS,
    promise_on_own_page,
    promise_since,
)
from .opening_situations import CALLERS, COMPRESSION, NEW_CALLERS

ASYNCIO, THREADING = websockets_asyncio_client, websockets_threading_client
LEGACY, TRIO = websockets_legacy_client, websockets_trio_client
SINCE_15_0 = {THREADING: ">=15.0"}
RECEIVERS = {"recv": CALLERS, "iteration": (websockets_asyncio_server, websockets_threading_server)}
LIMIT_ON_FRAMES = dict.fromkeys(CALLERS, ">=17.4")

# Pings
promise(
    "pong_gives_the_latency",
    ASYNCIO,
    pings.pong_comes_after_a_second,
    returned("pong", 1).once(),
    source=doc(
        CLIENTS[ASYNCIO],
        "ClientConnection.ping, Returns",
        "a future; its result is the latency in seconds, once the pong has come",
    ),
)
promise(
    "pong_sets_the_event",
    THREADING,
    pings.pong_comes_after_a_second,
    returned("pong", True).once(),
    source=doc(
        CLIENTS[THREADING],
        "ClientConnection.ping, Returns",
        "an event that is set when the pong comes",
    ),
)
promise(
    "pong_sets_the_event",
    TRIO,
    pings.pong_comes_after_a_second,
    returned("pong", None).once(),
    source=doc(
        CLIENTS[TRIO],
        "ClientConnection.ping, Returns",
        "an event that is set when the pong comes",
    ),
)
untestable(
    LEGACY,
    source=doc(
        CLIENTS[LEGACY],
        "WebSocketClientProtocol.ping, Returns; latency",
        "the latency in seconds, from a ping to its pong",
    ),
    because="the legacy API measures it with a clock that does not jump with the time of a run: a "
    "second there is no second for it",
)
promise_on_own_page(
    "latency_is_that_of_the_pong",
    NEW_CALLERS,
    pings.pong_comes_after_a_second,
    reached("latency", 1).once(),
    "ClientConnection.latency",
    "the time from a ping to its pong, in seconds",
    SINCE_15_0,
)
promise_on_own_page(
    "latency_is_zero_without_a_pong",
    CALLERS,
    (pings.server_closes_instead_of_a_pong, pings.server_ends_instead_of_a_pong),
    reached("latency", 0).once(),
    "ClientConnection.latency",
    "is 0.0 before it is measured",
    SINCE_15_0 | {LEGACY: ">=10.4"},
)
promise(
    "the_end_sets_the_event_if_asked",
    THREADING,
    pings.server_closes_a_wait_for_a_pong,
    returned("pong", True).once(),
    source=doc(
        CLIENTS[THREADING],
        "ClientConnection.ping, ack_on_close",
        "the event is set when the connection is closed as well",
    ),
    versions=">=15.0",
)
promise(
    "the_end_does_not_set_the_event",
    THREADING,
    (pings.server_closes_instead_of_a_pong, pings.server_ends_instead_of_a_pong),
    returned("pong", False).once(),
    source=doc(
        CLIENTS[THREADING],
        "ClientConnection.ping, ack_on_close",
        "unless it is asked for, the end of the connection does not set the event",
    ),
    versions=">=15.0",
)
promise(
    "the_end_sets_the_event_if_asked",
    TRIO,
    pings.server_closes_a_wait_for_a_pong,
    returned("pong", None).once(),
    source=doc(
        CLIENTS[TRIO],
        "ClientConnection.ping, ack_on_close",
        "the event is set when the connection is closed as well",
    ),
)
promise(
    "the_end_does_not_set_the_event",
    TRIO,
    (pings.server_closes_instead_of_a_pong, pings.server_ends_instead_of_a_pong),
    raised("pong", "TooSlowError").once(),
    source=doc(
        CLIENTS[TRIO],
        "ClientConnection.ping, ack_on_close",
        "unless it is asked for, the end of the connection does not set the event",
    ),
)
promise_since(
    "pongs_in_time_keep_the_connection",
    CALLERS,
    (pings.pongs_come_in_time, pings.pongs_come_late),
    raised("recv", "ConnectionClosedOK").once(),
    doc(KEEPALIVE, "Keepalive in websockets", "a pong within 20 seconds keeps the connection"),
    HAS_KEEPALIVE,
)

# Messages
for _call, _surfaces in RECEIVERS.items():
    promise(
        "compressed_messages_are_decompressed",
        _surfaces,
        compressed.peer_sends_a_compressed_message,
        delivered(_call, "one", "two"),
        source=doc(COMPRESSION, "Compression", "compression is on by default"),
    )
    promise(
        "broken_compression_is_an_error",
        _surfaces,
        compressed.peer_compresses.member("garbage"),
        raised(_call, "ConnectionClosedError").once(),
        source=doc(
            (CLIENTS | SERVERS)[next(iter(_surfaces))],
            "recv; iteration",
            "raises ConnectionClosedError after a protocol error",
        ),
    )
    promise(
        "marked_continuations_are_rejected",
        _surfaces,
        compressed.peer_compresses.member("a_marked_continuation"),
        raised(_call, "ConnectionClosedError").once(),
        source=doc(
            CHANGELOG, "16.1, improvements", "compressed messages in wrong fragments are rejected"
        ),
        versions=">=16.1",
    )
promise(
    "message_beyond_max_size_closes_with_1009",
    LEGACY,
    (compressed.compressed_message_is_too_big, limits.fragments_are_too_big_together),
    sends_close(1009),
    source=doc(
        f"{PAGES}reference/legacy/connection.html",
        "WebSocketCommonProtocol, max_size",
        "a larger message closes the connection with 1009; recv() raises ConnectionClosedError",
    ),
)
promise_on_own_page(
    "max_size_limits_what_is_decompressed",
    CALLERS,
    compressed.compressed_message_is_too_big,
    raised("recv", "ConnectionClosedError").once(),
    "connect, max_size",
    "the limit on the size of a message, in bytes",
)
promise_on_own_page(
    "as_many_frames_as_allowed_are_a_message",
    CALLERS,
    compressed.message_comes_in_as_many_frames_as_allowed,
    delivered("recv", "hello"),
    "ClientConnection.recv",
    "waits for all fragments of a message and returns the whole",
)
promise_on_own_page(
    "too_many_frames_are_no_message",
    CALLERS,
    (
        compressed.message_comes_in_too_many_frames,
        compressed.message_comes_in_too_many_frames_then_the_end,
    ),
    delivered("recv"),
    "ClientConnection.recv; TooManyFragments",
    "an exception is raised instead of reassembling a message of too many frames",
    LIMIT_ON_FRAMES,
)
promise_on_own_page(
    "recv_raises_connection_closed_again",
    CALLERS,
    (
        compressed.message_comes_in_as_many_frames_as_allowed,
        compressed.message_comes_in_too_many_frames,
        compressed.message_comes_in_too_many_frames_then_the_end,
    ),
    raised("recv", "ConnectionClosed").times(2),
    "ClientConnection.recv, Raises",
    "raises ConnectionClosed when the connection is closed",
    LIMIT_ON_FRAMES,
)
