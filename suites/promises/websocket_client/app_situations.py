"""What the promises of websocket-client's surfaces share: pages, situations, placeholders."""

from __future__ import annotations

import ast

from fixtures.model.description import Value
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import Placeholder
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios.websocket_client import closing_everywhere as closing
from ...scenarios.websocket_client import opening_detours as detours
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from ...scenarios.websocket_client import tutorials_to_a_close as taught
from ...scenarios.websocket_client import waiting_for_defaults as waiting

PAGES = "https://websocket-client.readthedocs.io/en/latest/"
APP, CORE, EXAMPLES = f"{PAGES}app.html", f"{PAGES}core.html", f"{PAGES}examples.html"
FAQ = f"{PAGES}faq.html"


def given(index: int, default: Value) -> Placeholder:
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


GIVEN_CODE, GIVEN_REASON = given(0, 1000), given(1, "")

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
