"""What the frequently asked questions about connections promise."""

from __future__ import annotations

from ...judging.expectations import error, logged, raised, thing
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from .connection_situations import (
    CLIENTS,
    CLOSED_WITH_ERROR,
    FAQ,
    HAS_KEEPALIVE,
    ITERATING,
    LOST,
    SERVERS,
    promise_since,
)

for _call, _pages in (("recv", CLIENTS), ("iteration", ITERATING)):
    promise(
        "no_close_frame_if_the_connection_is_lost",
        _pages,
        LOST,
        raised(_call, error("ConnectionClosedError", rcvd=None, sent=None)).once(),
        source=doc(
            FAQ,
            "ConnectionClosedError: no close frame received or sent",
            "the TCP connection was lost: no close frame was received or sent",
        ),
    )
    promise_since(
        "keepalive_closes_the_connection",
        _pages,
        failure.no_pong_comes,
        raised(
            _call,
            error(
                "ConnectionClosedError",
                rcvd=None,
                sent=thing("Close", code=1011, reason="keepalive ping timeout"),
            ),
        ).once(),
        doc(
            FAQ,
            "ConnectionClosedError: sent 1011 ... keepalive ping timeout; no close frame received",
            "if a ping is not answered in time, 1011 is sent and ConnectionClosedError is raised",
        ),
        HAS_KEEPALIVE,
    )
promise(
    "unhandled_connection_closed_is_logged",
    SERVERS,
    (*CLOSED_WITH_ERROR, failure.no_pong_comes, close.application_sends_after_the_close),
    logged("ERROR"),
    source=doc(
        FAQ,
        "ConnectionClosedError: no close frame received or sent",
        "a ConnectionClosed that the handler does not catch is logged as connection handler failed",
    ),
)
