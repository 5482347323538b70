"""What the promises of websocket-client's surfaces share: pages, situations, placeholders."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from fixtures.drivers.surfaces import websocket_client_app_dispatcher, websocket_client_app_rel
from fixtures.model.description import Value, describe
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
from ...scenarios.websocket_client import proxies
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import tutorials_to_a_close as taught
from ...scenarios.websocket_client import using_the_socket_to_close as socket
from ...scenarios.websocket_client import waiting_for_defaults as waiting

PAGES = "https://websocket-client.readthedocs.io/en/latest/"
APP, CORE, EXAMPLES = f"{PAGES}app.html", f"{PAGES}core.html", f"{PAGES}examples.html"
FAQ = f"{PAGES}faq.html"


def find_argument(index: int, default: Value) -> Placeholder:
    """What the application gives to its first close(), or the documented default."""
    name = ("status", "reason")[index]

    def find(trace: Trace) -> Value:
        calls = [event for event in trace.events if (event.kind, event.name) == ("acted", "close")]
        args = calls[0].args if calls else ()
        named = [arg for arg in args if isinstance(arg, str) and arg.startswith(f"{name}=")]
        if named:
            value = ast.literal_eval(named[0].partition("=")[2])
            return value.decode() if isinstance(value, bytes) else value
        plain = [arg for arg in args if not (isinstance(arg, str) and "=" in arg)]
        return plain[index] if len(plain) > index else default

    return Placeholder(f"the {('code', 'reason')[index]} given to close()", find)


GIVEN_CODE, GIVEN_REASON = find_argument(0, 1000), find_argument(1, "")

# The peer closes

_TOLD_OTHERWISE = (close.application_sends_after_the_close, detours.server_closes_beside_a_proxy[1])
"""What is told of them is a failure of the application's, or that no connection opened."""
PEER_CLOSES = tagged("peer_closes", without="raises", but=_TOLD_OTHERWISE)
PEER_CLOSES_WITH_CODE = tagged("with_code", without="raises", but=_TOLD_OTHERWISE)
PEER_CLOSES_WITH_REASON = tagged("with_reason", without="raises", but=_TOLD_OTHERWISE)

# The application closes

ANSWERED = tagged("answered", without="elsewhere")
"""The closing handshake is complete; the application began it in a callback, or in line."""
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
UNANSWERED = tagged("unanswered", but=waiting.peer_never_answers_the_default_close)
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
"""The connection is lost to a fault of TLS, behind a close frame, or to a timeout."""
ACCEPTED = (
    failure.server_masks_a_frame,
    *faults.server_breaks_the_protocol[:2],
    edges.server_closes_with_fragmented_frame,
)
"""Frames that break the protocol, which this library has never minded."""
BROKEN = tagged("bad_frame", but=ACCEPTED)
NOT_TEXT = tagged("not_utf8", without="bad_close_frame")
PONG_IS_LATE = tagged("no_pong", without="reconnects")
CALLBACK_RAISES = tagged("raises", without=("own_close", "when_failed", "callback_missing"))
SENT_TOO_LATE = tagged("sends_unconnected")

# The connection does not open, or opens again

NOT_OPENED = tagged("not_opened")
ENDED_IN_THE_HANDSHAKE = tagged("handshake_lost")
OPEN_AGAIN = tagged("opens_again")
"""Whatever went wrong with the first one, one more connection opens, and the app closes it."""
LOST_AND_OPEN_AGAIN = tagged(
    "opens_again",
    without="callback_missing",
    but=(reconnecting.reconnects_when_refused, reconnecting.reconnects_when_server_answers_500),
)
"""The first connection is lost, and one more opens; on_reconnect is given."""

# What several documents speak of

WRONG_ARITY = callbacks.peer_closes_and_the_app_alone_is_taken_by
EXITS = tagged("exits", but=loop.application_is_interrupted_in_a_loop)


def _peer_close_payload(trace: Trace) -> Value:
    code, reason = peer_close(trace) or (None, None)
    raw = reason["bytes"].encode("latin-1") if isinstance(reason, Mapping) else reason or ""
    return describe(encode_close(code, raw))


PEER_CLOSE_PAYLOAD = Placeholder("the payload of the peer's close frame", _peer_close_payload)
LOOPS = (websocket_client_app_dispatcher, websocket_client_app_rel)
"""What is promised of an app holds in a loop of the program's own as well: these are sisters of
the app. Which methods a dispatcher must have, what `run_forever()` returns and who is told of
errors, no document says: there is no promise about it."""
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
OPENED = returned("create_connection", thing("WebSocket")).once()
PROXY_ERROR = error("WebSocketProxyException")
NEEDS_A_PORT = "required where a proxy's host is given"
NEEDS_NO_TYPE = "the HTTP proxy; only a port is required besides"
NEED_NO_PROXY = "hosts that do not use the proxy"
TIMED_OUT = error("WebSocketTimeoutException")
SILENT_PROXIES = (
    proxies.proxy_is_silent_beyond_its_timeout,
    proxies.socks_proxy_is_silent_until_its_timeout,
)
ANY_TIMEOUT = (TIMED_OUT, error("TimeoutError"))
POOL = (taught.server_closes_a_pool_at_once, taught.applications_close_their_pool_at_once)
BY_RECV, BY_ITERATION, BY_DATA, BY_FRAME = socket.server_closes_and_socket_receives_by
