"""What the reference pages on the legacy API promise; the changelog refers to them."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_legacy_client, websockets_legacy_server

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    ends,
    fact,
    raised,
    reached,
    returned,
)
from ...judging.promise import doc, untestable
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import closing_while_sending as sending
from ...scenarios.websockets import server_handlers as handlers
from ...scenarios.websockets import server_programs as programs
from .connection_situations import (
    AS_IN_LEGACY,
    BAD_FRAMES,
    BOTH_CLOSE,
    CHANGELOG,
    CONNECTIONS,
    LEGACY,
    LEGACY_CLIENT,
    LEGACY_SERVER,
    LOST,
    NO_ANSWER,
    NOT_ANSWERED,
    PAGES,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    TOO_BIG,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    WHILE_LEGACY,
    promise_since,
)

_BOTH_SIDES = f"{PAGES}reference/legacy/connection.html"
for _most, _pages in ((5, LEGACY_CLIENT), (4, LEGACY_SERVER)):
    _at_most = [f"{count} x close_timeout" for count in range(1, _most + 1)]
    _says = f"closing is complete after at most {_most} times close_timeout"
    _source = doc(_BOTH_SIDES, "WebSocketCommonProtocol, close_timeout", _says)
    promise_since(
        f"{_most}_close_timeouts_limit_close",
        _pages,
        NO_ANSWER,
        both(returned("close", None).once(), ends(*_at_most)),
        _source,
        WHILE_LEGACY,
    )
    _server = [one for one in _pages if one is websockets_legacy_server]
    if _server:
        promise_since(
            f"{_most}_close_timeouts_limit_the_end",
            _server,
            (
                handlers.handler_returns_and_no_answer_comes,
                handlers.handler_raises_and_no_answer_comes,
                programs.server_ends_and_no_answer_comes,
            ),
            ends("at once", *_at_most),
            _source,
        )
    promise_since(
        f"{_most}_close_timeouts_limit_the_closing_handshake",
        _pages,
        close.peer_closes_and_keeps_tcp_open,
        ends("at once", *_at_most),
        _source,
        WHILE_LEGACY,
    )
_ATTRIBUTES = (
    "WebSocketClientProtocol.close_code, close_reason; the changelog of 14.1 says that the other "
    "APIs have them as this one does"
)
_LEGACY = f"{PAGES}reference/legacy/client.html"
promise_since(
    "close_code_and_reason_are_the_peers",
    CONNECTIONS,
    (
        *PEER_CLOSES_NORMALLY,
        *PEER_CLOSES_WITH_ANOTHER_CODE,
        *WE_CLOSE_NORMALLY,
        *WE_CLOSE_WITH_CODE,
        *BOTH_CLOSE,
        close.peer_closes_and_nobody_reads,
        close.peer_closes_in_a_fragmented_message,
    ),
    both(fact("close_code", PEER_CODE), fact("close_reason", PEER_REASON)),
    doc(_LEGACY, _ATTRIBUTES, "the close code and reason of RFC 6455, 7.1.5 and 7.1.6"),
    AS_IN_LEGACY,
)
promise_since(
    "close_code_is_1005_without_a_status",
    CONNECTIONS,
    (close.peer_closes_with_empty_frame, close.peer_answers_with_empty_frame),
    both(fact("close_code", 1005), fact("close_reason", "")),
    doc(_LEGACY, _ATTRIBUTES, "the close code of RFC 6455, 7.1.5: 1005 without a status"),
    AS_IN_LEGACY,
)
promise_since(
    "close_code_is_1006_without_a_close_frame",
    CONNECTIONS,
    (*LOST, *NOT_ANSWERED, *BAD_FRAMES, *TOO_BIG, failure.no_pong_comes),
    both(fact("close_code", 1006), fact("close_reason", "")),
    doc(_LEGACY, _ATTRIBUTES, "the close code of RFC 6455, 7.1.5: 1006 without a close frame"),
    AS_IN_LEGACY,
)
promise_since(
    "cancelled_opening_ends",
    [websockets_legacy_client],
    opening.application_is_cancelled_while_connecting,
    both(reached("async with block").never(), ends("at once")),
    doc(
        f"{PAGES}topics/design.html",
        "Cancellation, Library",
        "TCP is closed, and the exception is raised again, if the opening handshake is cancelled",
    ),
)
promise_since(
    "close_times_out_if_the_write_buffer_is_full",
    [websockets_legacy_client],
    sending.application_closes_while_its_message_is_stuck,
    both(
        returned("close", None).once(),
        ends(*[f"{count} x close_timeout" for count in range(1, 6)]),
    ),
    doc(
        _BOTH_SIDES,
        "WebSocketCommonProtocol.send; close_timeout",
        "if a send() waits since the write buffer is full, close() times out and aborts",
    ),
)
promise_since(
    "sends_may_be_concurrent",
    LEGACY,
    sending.peer_closes_after_two_stuck_messages,
    both(raised("send", "Exception").never(), returned("send", None).times(2)),
    doc(
        f"{PAGES}topics/design.html",
        "Concurrency",
        "calls of send() at the same time are safe",
    ),
)
untestable(
    LEGACY,
    source=doc(
        CHANGELOG,
        "14.0, backwards-incompatible changes",
        "the legacy implementation of the asyncio API is deprecated",
    ),
    because="its import warns, once in a process and before there is a connection to observe",
    versions=">=14.0",
)
