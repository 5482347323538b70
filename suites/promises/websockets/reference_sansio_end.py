"""What the reference pages promise of the end of a Sans-I/O protocol: its state and attributes."""

from __future__ import annotations

from fixtures.model.situations import flat

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    error,
    fact,
    raised,
    returned,
    thing,
)
from ...judging.promise import doc
from ...scenarios import close
from ...scenarios.websockets import sansio_calls as calls
from .connection_situations import (
    ALL,
    BAD_FRAMES,
    BOTH_CLOSE,
    BROKEN,
    CLOSED_OK,
    CLOSED_TWICE,
    CLOSED_WITH_ERROR,
    CLOSED_WRONGLY,
    EXCEPTIONS,
    LOST,
    NOT_ANSWERED,
    NOT_CONNECTED,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    SENT_CODE,
    SENT_REASON,
    TOO_BIG,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    promise_on_own_page,
    promise_since,
)
from .reference_sansio import CLIENT, SANSIO

WITH_THE_PEERS_CLOSE = (
    *PEER_CLOSES_NORMALLY,
    *PEER_CLOSES_WITH_ANOTHER_CODE,
    *WE_CLOSE_WITH_CODE,
    close.peer_sends_data_before_it_answers,
)
WITHOUT_A_CODE = [
    one for one in flat(WE_CLOSE_NORMALLY) if one is not close.peer_sends_data_before_it_answers
]
"""`send_close()` gives no code, and the peer answers as it is asked."""

# What tells of the end
promise_on_own_page(
    "close_expected_once_a_close_frame_is_sent",
    SANSIO,
    calls.application_asks_whether_the_end_is_expected,
    both(returned("close_expected", False), returned("close_expected", True)),
    "Protocol.close_expected",
    "whether the end of TCP is expected soon",
)
promise_on_own_page(
    "state_is_closed_after_the_end",
    SANSIO,
    [one for one in ALL if one not in (*CLOSED_WRONGLY, close.application_sends_after_the_close)],
    fact("state", "CLOSED"),
    "Protocol.state",
    "the state is as in RFC 6455: closed once TCP is closed",
)
promise_on_own_page(
    "close_exc_asserts_that_the_connection_is_closed",
    SANSIO,
    calls.application_asks_for_the_close_too_early,
    both(raised("close_exc", "AssertionError").once(), returned("close_code", None).once()),
    "Protocol.close_exc, Protocol.close_code",
    "raises AssertionError, and the code is None, as long as the connection is not closed",
)
promise_on_own_page(
    "close_code_is_none_without_a_connection",
    CLIENT,
    NOT_CONNECTED,
    both(fact("close_code", None), fact("close_reason", None)),
    "Protocol.close_code, Protocol.close_reason",
    "None as long as the connection is not closed",
)
promise_on_own_page(
    "close_code_and_reason_are_the_peers",
    SANSIO,
    (*WITH_THE_PEERS_CLOSE, *BOTH_CLOSE, close.peer_closes_in_a_fragmented_message),
    both(fact("close_code", PEER_CODE), fact("close_reason", PEER_REASON)),
    "Protocol.close_code, Protocol.close_reason",
    "the close code and reason of RFC 6455, 7.1.5 and 7.1.6",
)
promise_on_own_page(
    "close_code_is_1005_without_a_status",
    SANSIO,
    (
        *WITHOUT_A_CODE,
        close.peer_closes_with_empty_frame,
        close.peer_answers_with_empty_frame,
    ),
    both(fact("close_code", 1005), fact("close_reason", "")),
    "Protocol.close_code, Protocol.close_reason",
    "the close code of RFC 6455, 7.1.5: 1005 without a status",
)
promise_on_own_page(
    "close_code_is_1006_without_a_close_frame",
    SANSIO,
    (*LOST, *NOT_ANSWERED, *BAD_FRAMES, *TOO_BIG),
    both(fact("close_code", 1006), fact("close_reason", "")),
    "Protocol.close_code, Protocol.close_reason",
    "the close code of RFC 6455, 7.1.5: 1006 without a close frame",
)
promise_since(
    "close_exc_is_ok_after_a_normal_closure",
    SANSIO,
    [
        one
        for one in flat((*CLOSED_OK, close.peer_closes_with_empty_frame))
        if one not in (*CLOSED_TWICE, calls.application_pings_after_its_close_frame)
    ],
    returned("close_exc", error("ConnectionClosedOK")).once(),
    doc(EXCEPTIONS, "ConnectionClosedOK", "1000, 1001 or no code was received and sent"),
    dict.fromkeys(SANSIO, ">=11.0"),
)
promise_since(
    "close_exc_is_error_after_any_other_closure",
    SANSIO,
    [one for one in flat(CLOSED_WITH_ERROR) if one not in flat(BOTH_CLOSE)],
    returned("close_exc", error("ConnectionClosedError")).once(),
    doc(EXCEPTIONS, "ConnectionClosedError", "the closing handshake did not end properly"),
)
promise_since(
    "rcvd_is_the_peers_close",
    SANSIO,
    WITH_THE_PEERS_CLOSE,
    returned(
        "close_exc",
        error("ConnectionClosed", rcvd=thing("Close", code=PEER_CODE, reason=PEER_REASON)),
    ).once(),
    doc(EXCEPTIONS, "ConnectionClosed.rcvd", "the code and the reason that were received"),
)
promise_since(
    "sent_is_our_close",
    SANSIO,
    (
        *PEER_CLOSES_NORMALLY,
        *PEER_CLOSES_WITH_ANOTHER_CODE,
        *WE_CLOSE_WITH_CODE,
        *BROKEN,
    ),
    returned(
        "close_exc",
        error("ConnectionClosed", sent=thing("Close", code=SENT_CODE, reason=SENT_REASON)),
    ).once(),
    doc(EXCEPTIONS, "ConnectionClosed.sent", "the code and the reason that were sent"),
)
