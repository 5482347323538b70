"""What the promises of aiohttp share: the documents, and the situations that they are about."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client, aiohttp_server
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.aiohttp import calls_that_fail, in_place_of_pongs

SITE = "https://docs.aiohttp.org/en/stable/"
BOTH_ENDS = (aiohttp_client, aiohttp_server)
PING_TIMES_OUT = "ping_interval + ping_timeout"
"""The duration class of a missing pong: the interval, then the timeout."""


def cite_client(method: str, says: str) -> Source:
    """What the client reference says of a member of `ClientWebSocketResponse`."""
    return doc(SITE + "client_reference.html", f"ClientWebSocketResponse.{method}", says)


def cite_ws_connect(parameter: str, says: str) -> Source:
    """What the client reference says of a parameter of `ClientSession.ws_connect`."""
    return doc(SITE + "client_reference.html", f"ClientSession.ws_connect, {parameter}", says)


def cite_server(method: str, says: str) -> Source:
    """What the server reference says of `WebSocketResponse`, or of a member of it."""
    return doc(SITE + "web_reference.html", f"WebSocketResponse{method}", says)


def cite_changes(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc(SITE + "changes.html", release, says)


# Situations

_NOT_TRIED = (
    open_time_close.application_is_cancelled_while_connecting,
    open_time_close.application_is_cancelled_and_tcp_stays_open,
    open_time_close.request_hook_refuses,
)
"""The application, or its hook, prevents the connection from opening."""
_IN_A_RESET = (open_time_close.peer_resets_right_after_the_handshake,)
"""An RST can overtake the 101 response."""
OPENING = tagged(without="not_opened", but=(*_NOT_TRIED, *_IN_A_RESET))
"""The scenarios in which a connection opens."""

SAYING_HELLO = (
    *tagged(
        "on_message",
        without="sends_unconnected",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
        ),
    ),
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
    open_time_close.in_the_same_write_after_a_message,
    in_place_of_pongs.a_message_comes_in_place_of_a_pong,
)
"""The peer sends "hello", and no other message that the application receives."""
ANSWERED = tagged("answered", without="elsewhere")
"""The application's only task closes, and the peer answers with a close frame."""
ANSWERED_WITH_A_CODE = tagged("answered", but=close.peer_answers_with_empty_frame)
"""The application closes, and the peer's close frame, an answer or not, has a code."""
UNANSWERED_FOR_LONG = tagged("unanswered", but=close.peer_answers_with_fin)
"""The application closes, and the peer neither answers nor ends TCP."""
ONE_CLOSE = tagged(
    "own_close",
    "answered",
    without=("own_code", "both_close"),
)
"""The application closes without a code, and the peer answers."""
CODE_4000 = (
    close.application_closes_with_code_on_message,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
    calls_that_fail.application_closes_then_calls,
    in_place_of_pongs.application_closes_after_a_pong,
)
"""The application closes with 4000 "enough"."""
