"""Promises of websocket-client about `WebSocketApp`: `run_forever()`, `close()` and `send()`."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core

from ...judging.expectations import (
    both,
    called,
    ends,
    error,
    raised,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise, untestable
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import proxies
from .app_situations import (
    ANSWERED,
    APP,
    BROKEN,
    CLOSED_ELSEWHERE,
    CLOSED_IN_LINE,
    CORE,
    EXAMPLES,
    FAQ,
    GIVEN_CODE,
    GIVEN_REASON,
    LOST,
    LOST_OTHERWISE,
    OPEN_AGAIN,
    PAGES,
    PEER_CLOSES,
    PONG_IS_LATE,
    SENT_TOO_LATE,
    UNANSWERED,
)

# What run_forever does

promise(
    "run_forever_returns_false_when_closed",
    app,
    (*PEER_CLOSES, *ANSWERED, *UNANSWERED, *CLOSED_ELSEWHERE, *OPEN_AGAIN),
    returned("run_forever", False).once(),
    source=doc(APP, "WebSocketApp.run_forever, Returns", "False if the app is closed"),
)
promise(
    "run_forever_returns_true_after_an_exception",
    app,
    (*LOST, *BROKEN, *PONG_IS_LATE, *LOST_OTHERWISE),
    returned("run_forever", True).once(),
    source=doc(
        APP, "WebSocketApp.run_forever, Returns", "True if an exception was raised in the loop"
    ),
)
promise(
    "run_forever_raises_when_no_pong_comes",
    app,
    PONG_IS_LATE,
    raised("run_forever", "WebSocketTimeoutException"),
    source=doc(
        EXAMPLES,
        "Ping/Pong Usage",
        "without a pong in time run_forever exits with a WebSocketTimeoutException",
    ),
)
promise(
    "default_timeout_bounds_the_opening",
    app,
    (
        failure.server_is_silent_in_the_handshake,
        fails.server_is_silent_in_the_tls_handshake,
        proxies.socks_proxy_is_silent_beyond_timeout,
    ),
    both(called("on_error", error("WebSocketTimeoutException")).once(), ends("1 x timeout")),
    source=doc(
        EXAMPLES,
        "Setting Timeout Value",
        "an app times out if no response to its connection comes within the default timeout",
    ),
)

# What close() and send() do

promise(
    "close_sends_the_status_and_reason",
    app,
    (*CLOSED_IN_LINE, *UNANSWERED, *CLOSED_ELSEWHERE),
    sends_close(GIVEN_CODE, GIVEN_REASON),
    source=doc(
        EXAMPLES, "Sending Connection Close Status Codes", "close(status=...) gives the code"
    ),
)
promise(
    "close_waits_no_longer_than_its_timeout",
    app,
    (close.peer_never_answers, opening.application_closes_when_opened_and_no_answer_comes),
    ends("1 x timeout"),
    source=doc(
        CORE,
        "WebSocket.close, timeout",
        "seconds to wait for the peer's close frame",
    ),
)
promise(
    "send_on_a_closed_connection_raises",
    app,
    SENT_TOO_LATE,
    raised("send", "WebSocketConnectionClosedException"),
    source=doc(
        FAQ,
        'How to solve the "connection is already closed" error?',
        "send() on a closed connection raises WebSocketConnectionClosedException",
    ),
)
untestable(
    (app, core),
    source=doc(
        f"{PAGES}threading.html",
        "Importance of enable_multithread",
        "with enable_multithread, which is the default, a connection is safe to share by threads",
    ),
    because="a lock that is missing harms only if two threads meet in one moment: any number of "
    "runs without harm leaves open whether one with harm is possible",
    versions=">=1.1.0",
)
