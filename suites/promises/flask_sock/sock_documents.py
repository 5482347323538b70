"""What the promises of Flask-Sock share: the documents, and the situations."""

from __future__ import annotations

from fixtures.drivers.flask_sock_surfaces import flask_sock_handler
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.flask_sock import handlers_at_work as working
from ..simple_websocket.simple_documents import SITE as SIMPLE_SITE

SITE = "https://flask-sock.readthedocs.io/en/latest/"
CHANGES = "https://github.com/miguelgrinberg/flask-sock/blob/main/CHANGES.md"
HANDLER = flask_sock_handler


def cite_quickstart(place: str, says: str) -> Source:
    """What the quickstart says."""
    return doc(SITE + "quickstart.html", place, says)


def cite_route(place: str, says: str) -> Source:
    """What the API reference says of `Sock.route`."""
    return doc(SITE + "api.html", f"Sock.route{place}", says)


def cite_changes(release: str, says: str) -> Source:
    """What the changelog of Flask-Sock says of a release."""
    return doc(CHANGES, release, says)


def cite_server(place: str, says: str) -> Source:
    """What simple-websocket says of its `Server`, to which the quickstart refers."""
    return doc(SIMPLE_SITE + "api.html", f"Server, {place}", says)


def cite_server_example(says: str) -> Source:
    """What the example of simple-websocket for Flask does."""
    return doc(SIMPLE_SITE + "intro.html", "Server Example #1: Flask", says)


OPENING = tagged(without="not_opened", but=open_time_close.request_hook_refuses)
"""The scenarios in which a connection opens."""
SAYING_HELLO = (
    *tagged(
        "on_message",
        without=("sends_unconnected", "stops_reading"),
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
        ),
    ),
    failing.peer_resets_after_a_message,
    working.handler_receives_for_five_seconds,
)
"""The client sends "hello", and no other message that the handler receives."""
_ACTING = ("own_close", "raises", "stops_reading", "when_closed", "leaves", "cancelled")
TOLD = (
    *tagged("peer_closes", without=_ACTING, but=working.handler_sends_when_the_client_has_closed),
    *tagged("lost", without=_ACTING),
)
"""The connection ends without any act of the handler, which receives and has to be told."""
RETURNING = (
    close.application_leaves_on_message,
    open_time_close.handler_returns_at_once,
    working.handler_returns_and_the_client_stays,
)
"""The handler returns while the connection is open."""
