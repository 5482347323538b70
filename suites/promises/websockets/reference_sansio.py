"""What the reference pages on the Sans-I/O protocols promise, and that on exceptions of them."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_sansio_client, websockets_sansio_server
from fixtures.model.situations import flat, tagged

from ...judging.expectations import (
    PEER_CODE,
    PEER_REASON,
    both,
    delivered,
    error,
    fact,
    raised,
    reached,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import doc
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
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
    NOT_A_RESPONSE,
    NOT_ACCEPTED,
    NOT_ANSWERED,
    NOT_CONNECTED,
    PAGES,
    PEER_CLOSES_NORMALLY,
    PEER_CLOSES_WITH_ANOTHER_CODE,
    SENT_CODE,
    SENT_REASON,
    WE_CLOSE_NORMALLY,
    WE_CLOSE_WITH_CODE,
    promise_on_own_page,
    promise_since,
)
from .reference_connection import MESSAGE_IS_READ

CLIENT = {websockets_sansio_client: f"{PAGES}reference/sansio/client.html"}
SERVER = {websockets_sansio_server: f"{PAGES}reference/sansio/server.html"}
SANSIO = CLIENT | SERVER
SINCE_13_0 = dict.fromkeys(SANSIO, ">=13.0")
SINCE_14_0 = dict.fromkeys(SANSIO, ">=14.0")
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

# The opening handshake
promise_on_own_page(
    "handshake_exc_says_why_the_handshake_failed",
    SANSIO,
    (*NOT_A_RESPONSE, *NOT_ACCEPTED, failure.client_ends_in_the_handshake),
    both(raised("handshake_exc", "Exception").once(), reached("opening handshake").never()),
    "Protocol.handshake_exc",
    "the exception to raise if the opening handshake failed",
)
promise_on_own_page(
    "handshake_exc_is_none_once_opened",
    SANSIO,
    ALL,
    fact("handshake_exc", None),
    "Protocol.handshake_exc",
    "None if the opening handshake succeeded",
)
for _scenario in failure.server_refuses_with:
    _status = int(_scenario.end)
    promise_since(
        f"handshake_exc_is_invalid_status_{_status}",
        CLIENT,
        _scenario,
        raised(
            "handshake_exc", error("InvalidStatus", response=thing("Response", status_code=_status))
        ).once(),
        doc(EXCEPTIONS, "InvalidStatus", "the response rejects the upgrade"),
    )
promise_since(
    "handshake_exc_is_invalid_header_value",
    CLIENT,
    failure.accept_value_is_wrong,
    raised("handshake_exc", error("InvalidHeaderValue", name="Sec-WebSocket-Accept")).once(),
    doc(EXCEPTIONS, "InvalidHeaderValue", "a header has a correct format and an incorrect value"),
)
promise_since(
    "handshake_exc_is_invalid_upgrade",
    CLIENT,
    failure.upgrade_header_is_missing,
    raised("handshake_exc", error("InvalidUpgrade", name="Upgrade")).once(),
    doc(EXCEPTIONS, "InvalidUpgrade", "the Upgrade or Connection header is incorrect"),
)

# What is received
promise_on_own_page(
    "events_received_returns_the_message",
    SANSIO,
    MESSAGE_IS_READ,
    delivered("events_received", "hello"),
    "Protocol.events_received",
    "fetches the events that the data from the network contains",
)
promise_on_own_page(
    "receive_eof_is_idempotent",
    SANSIO,
    calls.application_ends_the_data_stream_again,
    returned("receive_eof", None).once(),
    "Protocol.receive_eof",
    "is idempotent",
    SINCE_13_0,
)
promise_on_own_page(
    "receive_data_raises_after_the_end",
    SANSIO,
    calls.application_feeds_data_after_the_end,
    raised("receive_data", "EOFError").once(),
    "Protocol.receive_data",
    "raises EOFError once receive_eof has been called",
)

# What is sent
promise_on_own_page(
    "send_close_sends_code_and_reason",
    SANSIO,
    tagged("answered", "own_code", "on_message", without="both_close"),
    sends_close(4000, "enough"),
    "Protocol.send_close",
    "sends a close frame with the given code and reason",
)
promise_on_own_page(
    "send_close_raises_for_what_may_not_be_sent",
    SANSIO,
    failure.application_uses_illegal_code,
    raised("close", "ProtocolError").once(),
    "Protocol.send_close",
    "raises ProtocolError for a code that is not valid",
)
promise_on_own_page(
    "send_close_raises_for_a_reason_without_a_code",
    SANSIO,
    calls.application_gives_a_reason_without_a_code,
    raised("send_close", "ProtocolError").once(),
    "Protocol.send_close",
    "raises ProtocolError for a reason without a code",
)
promise_on_own_page(
    "fail_sends_code_and_reason",
    SANSIO,
    calls.application_fails_the_connection,
    sends_close(1011, "broken"),
    "Protocol.fail",
    "fails the connection, with the given code and reason",
)
promise_on_own_page(
    "fail_raises_for_what_may_not_be_sent",
    SANSIO,
    calls.application_fails_it_with_an_illegal_code,
    raised("fail", "ProtocolError").once(),
    "Protocol.fail",
    "raises ProtocolError for a code that is not valid",
)
promise_on_own_page(
    "send_text_raises_in_a_fragmented_message",
    SANSIO,
    calls.application_sends_text_in_its_fragmented_message,
    both(returned("send_text", None), raised("send_text", "ProtocolError")),
    "Protocol.send_text",
    "raises ProtocolError while a fragmented message is in progress",
)
promise_on_own_page(
    "send_continuation_raises_without_a_fragmented_message",
    SANSIO,
    calls.application_continues_no_message,
    raised("send_continuation", "ProtocolError").once(),
    "Protocol.send_continuation",
    "raises ProtocolError if no fragmented message is in progress",
)

# The state in which a frame may be sent
promise_since(
    "data_frames_can_be_sent_in_an_open_connection_only",
    SANSIO,
    (close.application_sends_after_the_close, calls.application_sends_after_its_close_frame),
    raised("send", "InvalidState").once(),
    doc(EXCEPTIONS, "InvalidState", "raised for a data frame in a state other than OPEN"),
    SINCE_14_0,
)
promise_since(
    "control_frames_can_be_sent_while_closing",
    SANSIO,
    calls.application_pings_after_its_close_frame,
    returned("send_ping", None).once(),
    doc(
        EXCEPTIONS,
        "InvalidState",
        "raised for a control frame in a state other than OPEN and CLOSING",
    ),
    SINCE_14_0,
)
promise_since(
    "control_frames_cannot_be_sent_before",
    CLIENT,
    opening.application_closes_before_connecting,
    raised("close", "InvalidState").once(),
    doc(
        EXCEPTIONS,
        "InvalidState",
        "raised for a control frame in a state other than OPEN and CLOSING",
    ),
    SINCE_14_0,
)

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
    (*LOST, *NOT_ANSWERED, *BAD_FRAMES, failure.message_is_too_big),
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
