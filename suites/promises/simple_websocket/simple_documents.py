"""What the promises of simple-websocket share: the documents, and the situations."""

from __future__ import annotations

from fixtures.drivers.simple_websocket_surfaces import simple_ws_client
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.simple_websocket import receiving_and_pinging as receiving

SITE = "https://simple-websocket.readthedocs.io/en/latest/"
CHANGES = "https://github.com/miguelgrinberg/simple-websocket/blob/main/CHANGES.md"
CLIENT = simple_ws_client
"""The same documents are about the client on asyncio, which is a variant of it."""
PING_TIMES_OUT = "ping_interval + ping_timeout"
"""The duration class of a missing pong: the interval, and once more."""


def cite_api(place: str, says: str) -> Source:
    """What the API reference says of the clients."""
    return doc(SITE + "api.html", f"Client and AioClient, {place}", says)


def cite_example(says: str) -> Source:
    """What the two examples of a client do, in "Getting Started"."""
    return doc(SITE + "intro.html", "Client Examples #1 and #2", says)


def cite_changes(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc(CHANGES, release, says)


SAYING_HELLO = (
    *tagged(
        "on_message",
        without="sends_unconnected",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
        ),
    ),
    failing.peer_resets_after_a_message,
    receiving.application_receives_for_five_seconds,
    receiving.application_receives_without_waiting,
)
"""The peer sends "hello", and no other message that the application receives."""
_ACTING = ("own_close", "raises", "stops_reading", "when_closed", "leaves", "cancelled")
TOLD = (
    *tagged("peer_closes", without=_ACTING),
    *tagged("lost", without=_ACTING),
)
"""The connection ends without any act of the application, and it has to be told."""
CLOSED_WITHOUT_CODE = tagged(
    "own_close",
    without=("own_code", "illegal_close", "both_close", "peer_closes", "when_failed", "not_opened"),
    but=open_time_close.application_closes_while_connecting,
)
"""The application closes, and gives no code."""
CODE_4000 = (
    close.application_closes_with_code_on_message,
    close.application_closes_from_elsewhere_with_code,
    close.peer_answers_with_another_code,
    close.peer_answers_with_empty_frame,
)
"""The application closes with 4000 "enough"."""
