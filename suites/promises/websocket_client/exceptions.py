"""Promises of websocket-client about the blocking socket, and about exceptions on both surfaces."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.description import Value, describe
from fixtures.model.event import WIRE
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace
from fixtures.peer.wire import close_payload

from ...judging.expectations import (
    Placeholder,
    both,
    called,
    either,
    ends,
    error,
    peer_close,
    raised,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import peer_faults_when_closing as closing
from ...scenarios.websocket_client import proxies
from .app_situations import (
    ANSWERED,
    BROKEN,
    CLOSED_IN_LINE,
    CLOSED_IN_ON_MESSAGE,
    CORE,
    ENDED_IN_THE_HANDSHAKE,
    EXAMPLES,
    FAQ,
    GIVEN_CODE,
    GIVEN_REASON,
    LOST,
    NOT_TEXT,
    PAGES,
    PEER_CLOSES,
    TLS_BROKEN,
    UNANSWERED,
)

ALREADY_CLOSED = 'How to solve the "connection is already closed" error?'
EXCEPTIONS = f"{PAGES}exceptions.html"


def _peer_close_payload(trace: Trace) -> Value:
    code, reason = peer_close(trace) or (None, None)
    raw = reason["bytes"].encode("latin-1") if isinstance(reason, Mapping) else reason or ""
    return describe(close_payload(code, raw))


def _refusal(trace: Trace) -> Value:
    names = [event.name for event in trace.lanes[WIRE] if event.name.endswith("response")]
    return int(names[-1].split(" ")[0]) if names else None


PEER_CLOSE_PAYLOAD = Placeholder("the payload of the peer's close frame", _peer_close_payload)
REFUSAL = Placeholder("the status of the response", _refusal)

CLOSED_BY_THE_PEER = [
    scenario
    for scenario in PEER_CLOSES
    if scenario is not opening.application_closes_before_connecting  # that one calls connect()
]

# Connecting and receiving

promise(
    "create_connection_returns_the_websocket",
    core,
    (
        *CLOSED_BY_THE_PEER,
        *ANSWERED,
        *UNANSWERED,
        *LOST,
        *BROKEN,
        *TLS_BROKEN,
        closing.server_closes_then_resets,
    ),
    returned("create_connection", thing("WebSocket")).once(),
    source=doc(CORE, "create_connection", "connects and returns the WebSocket object"),
)
promise(
    "timeout_bounds_the_opening",
    core,
    failure.server_is_silent_in_the_handshake,
    both(raised("create_connection", "WebSocketTimeoutException"), ends("1 x timeout")),
    source=doc(CORE, "create_connection, timeout", "the timeout of the socket, in seconds"),
)
promise(
    "recv_data_returns_opcode_and_data",
    core,
    (
        *(scenario for scenario in CLOSED_IN_ON_MESSAGE if "waiting" not in scenario.name),
        failure.peer_ends_after_a_message,
        opening.in_the_same_write_after_a_message,
    ),
    either(returned("recv_data", 1, b"hello"), returned("recv_data", 1, "hello")),
    source=doc(CORE, "WebSocket.recv_data, Returns", "the opcode (1: text) and the data"),
)
promise(
    "recv_data_returns_the_close_frame",
    core,
    PEER_CLOSES,
    returned("recv_data", 8, PEER_CLOSE_PAYLOAD),
    source=doc(
        EXAMPLES,
        "Receiving Connection Close Status Codes",
        "recv_data returns opcode 8; the code is in the first two bytes, the message after them",
    ),
)

# Closing

promise(
    "close_sends_the_status_and_reason",
    core,
    (*CLOSED_IN_LINE, *UNANSWERED),
    sends_close(GIVEN_CODE, GIVEN_REASON),
    source=doc(CORE, "WebSocket.close, status and reason", "what is sent; 1000 by default"),
)
promise(
    "close_waits_no_longer_than_its_timeout",
    core,
    (close.peer_never_answers, opening.application_closes_when_opened_and_no_answer_comes),
    ends("1 x timeout"),
    source=doc(CORE, "WebSocket.close, timeout", "seconds to wait for the peer's close frame"),
)
promise(
    "the_block_closes",
    core,
    (
        close.application_leaves_on_message,
        opening.application_leaves_when_opened,
        failure.application_raises_when_opened,
        failure.application_raises_on_message,
    ),
    sends_close(1000),
    source=doc(
        EXAMPLES,
        'Using websocket-client with "with" statements',
        "a block of contextlib.closing manages the closing: after it the connection is closed",
    ),
)
promise(
    "recv_data_on_a_closed_connection_raises",
    core,
    (*ANSWERED, *UNANSWERED),
    raised("recv_data", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "recv() on a closed connection raises this exception"),
)
promise(
    "send_on_a_closed_connection_raises",
    core,
    close.application_sends_after_the_close,
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(FAQ, ALREADY_CLOSED, "send() on a closed connection raises this exception"),
)

# Exceptions: on_error gets them in an app; with the socket, the call raises them

for name, scenarios, call, exception, says in (
    (
        "a_broken_protocol_is_a_protocol_exception",
        tagged("bad_frame", without="not_utf8"),
        "recv_data",
        error("WebSocketProtocolException"),
        "raised if the protocol is invalid",
    ),
    (
        "a_bad_payload_is_a_payload_exception",
        NOT_TEXT,
        "recv_data",
        error("WebSocketPayloadException"),
        "raised if the payload is invalid",
    ),
    (
        "a_lost_connection_is_a_connection_closed_exception",
        (*LOST, closing.server_closes_then_resets),
        "recv_data",
        error("WebSocketConnectionClosedException"),
        "raised if the remote host closed the connection, or some network error happened",
    ),
    (
        "a_network_error_when_opening_is_a_connection_closed_exception",
        (*ENDED_IN_THE_HANDSHAKE, failure.connection_is_refused),
        "create_connection",
        error("WebSocketConnectionClosedException"),
        "raised if the remote host closed the connection, or some network error happened",
    ),
    (
        "a_refusal_is_a_bad_status_exception",
        tagged("refused", but=fails.server_answers[-1]),
        "create_connection",
        error("WebSocketBadStatusException", status_code=REFUSAL),
        "raised for a bad status of the handshake, which is its status_code",
    ),
    (
        "an_unknown_name_is_an_address_exception",
        (failure.name_is_not_resolved, proxies.name_of_proxy_is_not_resolved),
        "create_connection",
        error("WebSocketAddressException"),
        "raised if the address cannot be found",
    ),
    (
        "a_fault_of_a_proxy_is_a_proxy_exception",
        tagged("proxy_fails"),
        "create_connection",
        error("WebSocketProxyException"),
        "raised if an error of a proxy occurs",
    ),
):
    source = doc(EXCEPTIONS, exception.name, says)
    promise(name, app, scenarios, called("on_error", exception), source=source)
    promise(name, core, scenarios, raised(call, exception), source=source)
