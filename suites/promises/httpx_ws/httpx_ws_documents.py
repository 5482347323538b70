"""What the promises of httpx-ws share: the documents, and the situations that they are about."""

from __future__ import annotations

from fixtures.drivers.httpx_ws_surfaces import httpx_ws_async_client, httpx_ws_client
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios.httpx_ws import sessions_that_end

REFERENCE = "https://frankie567.github.io/httpx-ws/reference/httpx_ws/"
RELEASES = "https://github.com/frankie567/httpx-ws/releases"
HTTPX = "https://www.python-httpx.org/"
BOTH = (httpx_ws_client, httpx_ws_async_client)
NAMES = {
    httpx_ws_client: ("connect_ws", "with block"),
    httpx_ws_async_client: ("aconnect_ws", "async with block"),
}
"""What is called to connect, and what an exception leaves, by surface."""
SINCE_GROUPS, BEFORE_GROUPS = ">=0.9.0", "<0.9.0"
"""The releases in which what leaves the block is in a group, and those in which it is not."""


def cite_session(method: str, says: str) -> Source:
    """What the reference says of a member of a session, in both of its forms."""
    return doc(REFERENCE, f"WebSocketSession.{method}", says)


def cite_connect(parameter: str, says: str) -> Source:
    """What the reference says of a parameter of `connect_ws`, and of `aconnect_ws`."""
    return doc(REFERENCE, f"connect_ws, {parameter}", says)


def cite_exception(name: str, says: str) -> Source:
    """What the reference says of an exception."""
    return doc(REFERENCE, name, says)


def cite_release(release: str, says: str) -> Source:
    """What the notes of a release say."""
    return doc(RELEASES, release, says)


# Situations

_NOT_TRIED = (
    open_time_close.application_is_cancelled_while_connecting,
    open_time_close.application_is_cancelled_and_tcp_stays_open,
)
"""The application prevents the connection from opening."""
_IN_A_RESET = (open_time_close.peer_resets_right_after_the_handshake,)
"""An RST can overtake the 101 response."""
OPENING = tagged(without="not_opened", but=(*_NOT_TRIED, *_IN_A_RESET))
"""The scenarios in which a connection opens."""
SAYING_HELLO = tagged(
    "on_message",
    but=close.application_closes_on_message_with_another_waiting,
)
"""The server sends "hello" first."""
LOST = tagged("lost", without="races")
"""The connection is lost after it has opened."""
ONE_CLOSE = tagged("own_close", "answered", without=("own_code", "both_close"))
"""The application closes without a code, and the server answers."""
CODE_4000 = (
    close.application_closes_with_code_on_message,
    close.application_closes_from_elsewhere_with_code,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
    sessions_that_end.application_closes_and_receives,
    sessions_that_end.application_closes_at_once_and_receives,
)
"""The application closes with 4000 "enough"."""
