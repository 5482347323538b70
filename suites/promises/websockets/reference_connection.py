"""Promises of websockets about every connection: how it is closed, and what it shows afterwards."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    ends,
    fact,
    raised,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    BAD_FRAMES,
    BOTH_CLOSE,
    CLOSED_TWICE,
    CLOSED_WRONGLY,
    CONNECTIONS,
    EXCEPTIONS,
    FEATURES,
    LEGACY,
    LEGACY_CLIENT,
    LEGACY_SERVER,
    LOST,
    NO_ANSWER,
    NOT_ANSWERED,
    NOT_LEGACY,
    PAGES,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    SINCE_13_1,
    SINCE_14_1,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    promised,
    stated,
)

# The closing handshake

promised(
    "close_sends_1000_by_default",
    CONNECTIONS,
    (
        *WE_CLOSE_NORMALLY,
        *NOT_ANSWERED,
        opening.application_closes_and_raises_when_opened,
    ),
    sends_close(1000, ""),
    "Connection.close",
    "performs the closing handshake; code is 1000 and reason empty by default",
)
promised(
    "close_sends_code_and_reason",
    CONNECTIONS,
    tagged("answered", "own_code", "on_message", without="both_close"),
    sends_close(4000, "enough"),
    "Connection.close",
    "performs the closing handshake with the given code and reason",
)
stated(
    "no_protocol_error_reaches_the_application",
    CONNECTIONS,
    CLOSED_WRONGLY,
    raised("close", "ProtocolError").never(),
    doc(
        EXCEPTIONS,
        "Sans-I/O exceptions, ProtocolError",
        "is raised by the Sans-I/O implementation only, and translated in the others",
    ),
    SINCE_13_1,
)
promised(
    "close_is_idempotent",
    CONNECTIONS,
    CLOSED_TWICE,
    returned("close", None).times(2),
    "Connection.close",
    "is idempotent",
)
promised(
    "close_does_nothing_once_closed",
    CONNECTIONS,
    (
        close.application_closes_when_told_of_the_close,
        close.application_closes_after_the_end,
        *BOTH_CLOSE,
    ),
    returned("close", None).once(),
    "Connection.close",
    "does nothing once the connection is closed",
)
promised(
    "close_timeout_limits_close",
    CONNECTIONS,
    NO_ANSWER,
    both(returned("close", None).once(), ends(*AFTER_ONE_CLOSE_TIMEOUT)),
    "close_timeout",
    "a timeout for closing the connection, 10 seconds by default",
    NOT_LEGACY,
)
stated(
    "close_timeout_limits_the_closing_handshake",
    CONNECTIONS,
    close.peer_closes_and_keeps_tcp_open,
    ends("at once", *AFTER_ONE_CLOSE_TIMEOUT),
    doc(FEATURES, "Both sides, Enforce closing timeout", "the closing timeout is enforced"),
    NOT_LEGACY,
)
for _most, _pages in ((5, LEGACY_CLIENT), (4, LEGACY_SERVER)):
    _at_most = [f"{count} x close_timeout" for count in range(1, _most + 1)]
    _says = f"closing is complete after at most {_most} times close_timeout"
    for _page in _pages.values():
        _source = doc(_page, "WebSocketCommonProtocol, close_timeout", _says)
        promise(
            f"{_most}_close_timeouts_limit_close",
            _pages,
            NO_ANSWER,
            both(returned("close", None).once(), ends(*_at_most)),
            source=_source,
            versions=LEGACY,
        )
        promise(
            f"{_most}_close_timeouts_limit_the_closing_handshake",
            _pages,
            close.peer_closes_and_keeps_tcp_open,
            ends("at once", *_at_most),
            source=_source,
            versions=LEGACY,
        )
promised(
    "send_raises_once_closed",
    CONNECTIONS,
    close.application_sends_after_the_close,
    raised("send", "ConnectionClosedOK").once(),
    "Connection.send",
    "raises ConnectionClosedOK after a normal closure",
)

# Attributes

_ATTRIBUTES = "14.1, close_code and close_reason as in the legacy API"
_LEGACY = f"{PAGES}reference/legacy/client.html"
stated(
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
    SINCE_14_1,
)
stated(
    "close_code_is_1005_without_a_status",
    CONNECTIONS,
    (close.peer_closes_with_empty_frame, close.peer_answers_with_empty_frame),
    both(fact("close_code", 1005), fact("close_reason", "")),
    doc(_LEGACY, _ATTRIBUTES, "the close code of RFC 6455, 7.1.5: 1005 without a status"),
    SINCE_14_1,
)
stated(
    "close_code_is_1006_without_a_close_frame",
    CONNECTIONS,
    (*LOST, *NOT_ANSWERED, *BAD_FRAMES, failure.message_is_too_big, failure.no_pong_comes),
    both(fact("close_code", 1006), fact("close_reason", "")),
    doc(_LEGACY, _ATTRIBUTES, "the close code of RFC 6455, 7.1.5: 1006 without a frame"),
    SINCE_14_1,
)
