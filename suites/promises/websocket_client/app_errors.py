"""What the page on `WebSocketApp` promises about on_error."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app

from ...judging.expectations import called, error
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import dispatcher_reconnecting as loop
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import reconnecting_when_lost as reconnecting
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CLOSED_ELSEWHERE,
    CLOSED_IN_A_LOOP,
    LOOPS,
    LOST,
    LOST_IN_A_LOOP,
    LOST_OTHERWISE,
    NOT_OPENED,
    OPEN_AGAIN,
    PEER_CLOSES_NORMALLY,
    PONG_IS_LATE,
    POOL,
)

ERRORS = doc(
    APP,
    "WebSocketApp.__init__, on_error",
    "called when there is an error; the second argument is an exception",
)

# on_error
promise(
    "on_error_for_errors",
    app,
    (*LOST, *BROKEN, *NOT_OPENED, *OPEN_AGAIN, *PONG_IS_LATE, *LOST_OTHERWISE),
    called("on_error", error("Exception")),
    source=ERRORS,
)
promise(
    "on_error_for_each_error",
    app,
    reconnecting.reconnects_when_lost_twice,
    called("on_error", error("Exception")).times(2),
    source=ERRORS,
    versions=">=1.4.0",
)
promise(
    "on_error_for_a_failure_in_a_loop",
    LOOPS,
    (
        *LOST_IN_A_LOOP,
        loop.loop_reconnects_when_refused,
        loop.loop_is_refused_for_ever,
        loop.loop_meets_a_refusal_when_it_reconnects,
        loop.loop_has_no_delay_for_reconnecting,
        loop.one_of_two_apps_in_a_loop_is_lost,
    ),
    called("on_error", error("Exception")),
    source=ERRORS,
)
promise(
    "on_error_for_what_the_header_raises",
    app,
    fails.header_callable_raises,
    called("on_error", error("ApplicationError")).once(),
    source=doc(
        APP,
        "WebSocketApp.__init__, header and on_error",
        "a callable header is called just before the connection; on_error is called on errors",
    ),
    versions=">=1.6.2",
)

ONLY_ERRORS = doc(APP, "WebSocketApp.__init__, on_error", "called when there is an error")
"""That a normal close is no error is how we read it; the page does not say what is one."""
promise(
    "on_error_only_for_errors",
    app,
    (*PEER_CLOSES_NORMALLY, *ANSWERED, *CLOSED_ELSEWHERE),
    called("on_error", ...).never(),
    source=ONLY_ERRORS,
)
promise(
    "on_error_not_for_the_close_of_a_pool",
    app,
    POOL,
    called("on_error", ...).never(),
    source=ONLY_ERRORS,
)
promise(
    "on_error_in_a_loop_only_for_errors",
    LOOPS,
    CLOSED_IN_A_LOOP,
    called("on_error", ...).never(),
    source=ONLY_ERRORS,
)
