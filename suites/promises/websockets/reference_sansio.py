"""What the reference pages on the Sans-I/O protocols promise, and that on exceptions of them."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_sansio_client, websockets_sansio_server
from fixtures.model.situations import tagged

from ...judging.expectations import (
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
    EXCEPTIONS,
    NOT_A_RESPONSE,
    NOT_ACCEPTED,
    PAGES,
    promise_on_own_page,
    promise_since,
)
from .reference_connection import MESSAGE_IS_READ

CLIENT = {websockets_sansio_client: f"{PAGES}reference/sansio/client.html"}
SERVER = {websockets_sansio_server: f"{PAGES}reference/sansio/server.html"}
SANSIO = CLIENT | SERVER
SINCE_13_0 = dict.fromkeys(SANSIO, ">=13.0")
SINCE_14_0 = dict.fromkeys(SANSIO, ">=14.0")

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
    dict.fromkeys(SANSIO, ">=10.3"),
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
