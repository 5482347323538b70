"""What the promises of starlette share: the documents, and the situations that they are about."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.starlette import endpoint_sends_and_receives as acting

SITE = "https://starlette.dev/"
SOURCE = "https://github.com/Kludex/starlette/blob/main/starlette/"


def cite_site(page: str, place: str, says: str) -> Source:
    """What a page of starlette's documentation says."""
    return doc(f"{SITE}{page}/", place, says)


def cite_release_notes(release: str, says: str) -> Source:
    """What the release notes say of a release."""
    return cite_site("release-notes", release, says)


def cite_docstring(name: str, says: str) -> Source:
    """What a docstring says."""
    return doc(f"{SOURCE}websockets.py", f"{name}, docstring", says)


# Situations

OPENING = tagged(without="not_opened", but=open_time_close.request_hook_refuses)
"""The scenarios in which a connection opens."""
LEAVING = (
    *tagged("leaves"),
    *tagged("raises"),
    *tagged("cancelled"),
    *tagged("stops_reading"),
)
"""The endpoint ends, or receives no more, before it could know of the end."""
TOLD = [
    one
    for one in (*tagged("peer_closes"), *tagged("lost"), *tagged("bad_frame"), *tagged("no_pong"))
    if one not in LEAVING
]
"""The client closes, is lost or fails, while the endpoint receives."""
SAYING_HELLO = (
    *tagged(
        "on_message",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
        ),
    ),
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
    acting.endpoint_raises_http_exception_on_message,
    acting.endpoint_raises_websocket_exception_on_message,
)
"""The client sends "hello", and no other message."""
SENDING_TOO_LATE = (
    close.application_sends_after_the_close,
    *acting.endpoint_sends_once_the_client,
)
"""The endpoint sends a message on a connection that the client has closed, or left."""
CLOSING_TOO_LATE = acting.endpoint_closes_once_the_client
"""The endpoint closes a connection that the client has closed, or left."""
