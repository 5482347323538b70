"""What the page on exceptions promises: on_error is called with them, or the call raises them."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.description import Value
from fixtures.model.event import WIRE
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace
from fixtures.model.wire_names import read_status

from ...judging.expectations import Placeholder, called, error, raised
from ...judging.promise import doc, promise
from ...scenarios import error as failure
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import proxies
from ...scenarios.websocket_client import using_the_socket as using
from .app_situations import ENDED_IN_THE_HANDSHAKE, LOST, NOT_TEXT, PAGES, TIMED_OUT

EXCEPTIONS = f"{PAGES}exceptions.html"


def _refusal(trace: Trace) -> Value:
    found = [read_status(event.name) for event in trace.lanes[WIRE]]
    statuses = [status for status in found if status is not None]
    return int(statuses[-1]) if statuses else None


REFUSAL = Placeholder("the status of the response", _refusal)

# on_error gets the exception, or the call raises it
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
        (*LOST, edges.server_closes_then_resets),
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
        "raised for a bad handshake status; status_code holds it",
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

# Timeouts
TIMES_OUT = (using.socket_times_out_between_messages, using.socket_times_out_mid_frame)
promise(
    "a_timeout_when_opening_is_a_timeout_exception",
    core,
    (fails.server_is_silent_mid_headers, proxies.server_behind_socks_is_silent),
    raised("create_connection", TIMED_OUT),
    source=doc(EXCEPTIONS, TIMED_OUT.name, "raised when the socket times out in a read or write"),
)
promise(
    "a_timeout_when_receiving_is_a_timeout_exception",
    app,
    faults.server_is_silent_mid_frame,
    called("on_error", TIMED_OUT).once(),
    source=doc(EXCEPTIONS, TIMED_OUT.name, "raised when the socket times out in a read or write"),
)
promise(
    "a_timeout_is_a_timeout_exception",
    core,
    TIMES_OUT,
    raised("recv_data", "WebSocketTimeoutException"),
    source=doc(
        EXCEPTIONS, "WebSocketTimeoutException", "raised when the socket times out in a read"
    ),
)
