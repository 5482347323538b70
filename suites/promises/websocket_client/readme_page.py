"""What the README of the project promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, both, called, either
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import dispatcher_closing as loop_closing
from ...scenarios.websocket_client import reconnecting_when_closed as reclosing
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from .app_situations import (
    LOOPS,
    LOST_IN_A_LOOP,
)

README = "https://github.com/websocket-client/websocket-client/blob/master/README.md"
LONG_LIVED = "Long-lived Connection"
GRACEFULLY = reclosing.server_closes_despite_reconnect_with
STANDARD_CODES = loop_closing.peer_closes_a_loop_that_reconnects_with[:2]

LOST_AND_SERVED_AGAIN = tagged(
    "opens_again",
    "on_message",
    but=(reconnecting.reconnects_when_refused, reconnecting.reconnects_when_server_answers_500),
)
"""The first connection is lost. Without a pong it is, as we read it; the page does not say so."""

# An app of its own
promise(
    "a_graceful_close_is_told_to_on_close",
    app,
    GRACEFULLY,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        README,
        LONG_LIVED,
        "on_close handles a graceful close by the server",
    ),
    versions=">=1.4.0",
)
promise(
    "a_graceful_close_ends_reconnecting",
    app,
    (*GRACEFULLY, reclosing.server_closes_after_reconnecting),
    called("on_message", "hello").never(),
    source=doc(
        README,
        LONG_LIVED,
        "run_forever does not reconnect if the server closes gracefully with a standard code",
    ),
    versions=">=1.4.0",
)

promise(
    "reconnects_when_the_connection_is_lost",
    app,
    LOST_AND_SERVED_AGAIN,
    called("on_message", "hello").once(),
    source=doc(
        README,
        LONG_LIVED,
        "with a delay, run_forever reconnects when the connection is lost",
    ),
    versions=">=1.4.0",
)

# An app in a loop of the program
promise(
    "on_close_is_where_a_close_by_the_server_is_handled",
    LOOPS,
    STANDARD_CODES,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        README,
        LONG_LIVED,
        "on_close is the place to handle a close by the server",
    ),
    versions=">=1.4.0",
)
promise(
    "reconnects_when_the_connection_is_lost",
    LOOPS,
    LOST_IN_A_LOOP,
    either(called("on_reconnect"), called("on_open").times(2), called("on_open").times(3)),
    source=doc(
        README,
        LONG_LIVED,
        "with a dispatcher and a delay, run_forever reconnects when the connection is lost",
    ),
    versions=">=1.4.0",
)
promise(
    "no_reconnecting_after_a_standard_close",
    LOOPS,
    STANDARD_CODES,
    both(called("on_open").once(), called("on_reconnect").never()),
    source=doc(
        README,
        LONG_LIVED,
        "there is no automatic reconnection after a close by the server with a standard code",
    ),
    versions=">=1.4.0",
)
