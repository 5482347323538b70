"""What the promises of websocket-client share: pages, placeholders, situations."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.drivers.surfaces import websocket_client_app_dispatcher, websocket_client_app_rel
from fixtures.model.description import Value, decode, describe, find_argument
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace
from fixtures.peer.wire import encode_close

from ...judging.expectations import Placeholder, error, peer_close, returned, thing
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios.websocket_client import callbacks_and_the_close as callbacks
from ...scenarios.websocket_client import closing_everywhere as closing
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import opening_detours as detours
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import proxies, waiting_for_defaults
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import running_to_a_close as running
from ...scenarios.websocket_client import tutorials_to_a_close as taught
from ...scenarios.websocket_client import using_the_socket_to_close as socket

PAGES = "https://websocket-client.readthedocs.io/en/latest/"
APP, CORE, EXAMPLES = f"{PAGES}app.html", f"{PAGES}core.html", f"{PAGES}examples.html"
FAQ = f"{PAGES}faq.html"


def _make_placeholder(index: int, default: Value) -> Placeholder:
    """The argument that the application gives to its first close(), or the documented default."""
    name = ("status", "reason")[index]

    def find(trace: Trace) -> Value:
        closes = (e.args for e in trace.events if (e.kind, e.name) == ("acted", "close"))
        return decode(find_argument(next(closes, ()), index, name, default))

    return Placeholder(f"the {('code', 'reason')[index]} given to close()", find)


def _encode_peer_close(trace: Trace) -> Value:
    code, reason = peer_close(trace) or (None, None)
    raw = reason["bytes"].encode("latin-1") if isinstance(reason, Mapping) else reason or ""
    return describe(encode_close(code, raw))


GIVEN_CODE, GIVEN_REASON = _make_placeholder(0, 1000), _make_placeholder(1, "")
PEER_CLOSE_PAYLOAD = Placeholder("the payload of the peer's close frame", _encode_peer_close)

# The peer closes

_REPORTED_OTHERWISE = (
    close.application_sends_after_the_close,
    detours.server_closes_beside_a_proxy[1],
)
"""The library reports a failure of the application, or that no connection opened."""
PEER_CLOSES = tagged("peer_closes", without="raises", but=_REPORTED_OTHERWISE)
PEER_CLOSES_NORMALLY = tagged(
    "peer_closes", without=("raises", "other_code"), but=_REPORTED_OTHERWISE
)
"""With 1000, with 1001, or without a code: many of the other codes say that there was an error."""
PEER_CLOSES_WITH_CODE = tagged("with_code", without="raises", but=_REPORTED_OTHERWISE)
PEER_CLOSES_WITH_REASON = tagged("with_reason", without="raises", but=_REPORTED_OTHERWISE)

# The application closes

ANSWERED = tagged("answered", without="elsewhere")
"""The application starts a closing handshake in a callback or in line, and it is completed."""
CLOSED_IN_LINE = tagged("answered", without="elsewhere", but=close.peer_answers_with_empty_frame)
CLOSED_IN_ON_MESSAGE = tagged(
    "answered",
    "on_message",
    without=("elsewhere", "both_close"),
    but=(
        close.peer_answers_with_empty_frame,
        close.peer_sends_data_before_it_answers,
        taught.application_closes_on_message_with_a_full_queue,
    ),
)
UNANSWERED = tagged("unanswered", but=waiting_for_defaults.peer_never_answers_the_default_close)
CLOSED_ELSEWHERE = (
    *tagged("answered", "elsewhere"),
    closing.application_closes_elsewhere_while_peer_sends,
)
CLOSED_ELSEWHERE_ON_MESSAGE = (
    *tagged("answered", "elsewhere", "on_message"),
    closing.application_closes_elsewhere_while_peer_sends,
)

# The connection fails

LOST = tagged("lost", without="raises")
TLS_BROKEN = (faults.tls_breaks_mid_frame, failure.tls_breaks_after_the_handshake)
LOST_OTHERWISE = (*TLS_BROKEN, edges.server_closes_then_resets, faults.server_is_silent_mid_frame)
"""The connection is lost by a fault of TLS, after a close frame, or by a timeout."""
ACCEPTED = (
    failure.server_masks_a_frame,
    *faults.server_breaks_the_protocol[:2],
    edges.server_closes_with_fragmented_frame,
)
"""Frames that break the protocol, but that this library has always accepted."""
BROKEN = tagged("bad_frame", but=ACCEPTED)
NOT_TEXT = tagged("not_utf8", without="bad_close_frame")
PONG_IS_LATE = tagged("no_pong", without="reconnects")
CALLBACK_RAISES = tagged("raises", without=("own_close", "when_failed", "callback_missing"))
SENT_TOO_LATE = tagged("sends_unconnected", but=running.peer_closes_after_an_early_send)

# The connection does not open, or opens again

NOT_OPENED = tagged("not_opened")
ENDED_IN_THE_HANDSHAKE = tagged("handshake_lost")
OPEN_AGAIN = tagged("opens_again")
"""After a failure of the first connection one more opens, and the app closes it."""
LOST_AND_OPEN_AGAIN = tagged(
    "opens_again",
    without="callback_missing",
    but=(reconnecting.reconnects_when_refused, reconnecting.reconnects_when_server_answers_500),
)
"""The first connection is lost, and one more opens; the app has an on_reconnect."""

# Callbacks with a wrong signature, exceptions that end the program, several apps

WRONG_ARITY = callbacks.peer_closes_and_the_app_alone_is_taken_by
EXITS = tagged("exits", but=loop.application_is_interrupted_in_a_loop)
POOL = (taught.server_closes_a_pool_at_once, taught.applications_close_their_pool_at_once)

# A loop of the program's own

LOOPS = (websocket_client_app_dispatcher, websocket_client_app_rel)
"""Surfaces whose app runs in a loop of the program: what is promised of an app holds for them as
well. There is no promise about the methods that a dispatcher must have, about what `run_forever()`
returns, and about which errors are reported: no document says so."""
CLOSED_IN_A_LOOP = (
    loop_closing.application_sends_in_a_loop_and_peer_closes,
    loop_closing.application_ends_its_loop_at_the_close,
    loop_closing.peer_closes_a_loop_that_looks_for_pongs,
)
LOST_IN_A_LOOP = (
    loop.loop_reconnects_when_peer_ends,
    loop.loop_reconnects_when_peer_resets,
    loop.loop_reconnects_when_peer_ends_twice,
)

# What app and socket share: proxies, timeouts, an open connection

NEEDS_A_PORT = "required if the host of a proxy is given"
NEEDS_NO_TYPE = "the host of the HTTP proxy; only the port is required as well"
NEED_NO_PROXY = "hosts that do not use the proxy"
SILENT_PROXIES = (
    proxies.proxy_is_silent_beyond_its_timeout,
    proxies.socks_proxy_is_silent_until_its_timeout,
)
TIMED_OUT = error("WebSocketTimeoutException")
ANY_TIMEOUT = (TIMED_OUT, error("TimeoutError"))
OPENED = returned("create_connection", thing("WebSocket")).once()

# The idioms by which the socket receives

BY_RECV, BY_ITERATION, BY_DATA, BY_FRAME = socket.server_closes_and_socket_receives_by
