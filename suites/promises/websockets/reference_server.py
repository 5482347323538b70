"""Promises of websockets about servers: the handler, its iteration, its end, and the logs."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import both, called, ends, fact, logged, raised, reached, sends_close
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    AFTER_ONE_OPEN_TIMEOUT,
    APPLICATION_IS_DONE,
    CLOSED_OK,
    CLOSED_WITH_ERROR,
    CLOSED_WRONGLY,
    FAQ,
    HAS_STATE,
    PAGES,
    SERVERS,
    SINCE_11_0,
    promised,
)

# How the handler comes to know that the client left

OK = (*CLOSED_OK, close.peer_closes_and_keeps_tcp_open)
ALL = (
    *OK,
    close.peer_closes_with_empty_frame,
    *CLOSED_WITH_ERROR,
    close.peer_closes_in_a_fragmented_message,
    close.peer_closes_and_nobody_reads,
    failure.no_pong_comes,
    *APPLICATION_IS_DONE,
    opening.application_closes_and_raises_when_opened,
)

promised(
    "iteration_ends_silently_after_a_normal_closure",
    SERVERS,
    OK,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ServerConnection",
    "the iterator ends normally with 1000, with 1001 and without a code",
)
promised(
    "iteration_ends_silently_without_a_code",
    SERVERS,
    close.peer_closes_with_empty_frame,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ServerConnection",
    "the iterator ends normally with 1000, with 1001 and without a code",
    SINCE_11_0,
)
promised(
    "iteration_raises_after_any_other_closure",
    SERVERS,
    CLOSED_WITH_ERROR,
    both(raised("iteration", "ConnectionClosedError").once(), reached("end of iteration").never()),
    "ServerConnection",
    "the iterator raises ConnectionClosedError with any other code",
)
promise(
    "finally_runs_when_the_client_has_left",
    SERVERS,
    ALL,
    reached("finally").once(),
    source=doc(
        f"{PAGES}howto/patterns.html",
        "Registration",
        "a handler unregisters its client in finally when the client disconnects",
    ),
)
promised(
    "handler_runs_once_for_a_connection",
    SERVERS,
    ALL,
    called("handler").once(),
    "serve",
    "for each client: the opening handshake, then the handler",
)
promised(
    "handler_does_not_run_before_the_handshake",
    SERVERS,
    (failure.client_ends_in_the_handshake, failure.client_is_silent_in_the_handshake),
    called("handler", ...).never(),
    "serve",
    "for each client: the opening handshake, then the handler",
)

# The handler's end

promised(
    "connection_is_closed_when_the_handler_ends",
    SERVERS,
    APPLICATION_IS_DONE,
    sends_close(),
    "serve",
    "when the handler completes, or raises, the server does the closing handshake and closes",
)
promised(
    "state_is_closed_when_the_handler_has_ended",
    SERVERS,
    APPLICATION_IS_DONE,
    fact("state", "CLOSED"),
    "serve; Connection.state",
    "when the handler completes, or raises, the server closes; state is that of RFC 6455",
    HAS_STATE,
)
promise(
    "unhandled_connection_closed_is_logged",
    SERVERS,
    (*CLOSED_WITH_ERROR, failure.no_pong_comes, close.application_sends_after_the_close),
    logged("ERROR"),
    source=doc(
        FAQ,
        "ConnectionClosedError: no close frame received or sent",
        "a ConnectionClosed that the handler does not catch is logged: connection handler failed",
    ),
)
promise(
    "unhandled_exceptions_are_logged",
    SERVERS,
    (*tagged("raises"), *CLOSED_WRONGLY),
    logged("ERROR"),
    source=doc(
        f"{PAGES}topics/logging.html",
        "Log levels, ERROR",
        "exceptions of connection handlers are logged at level ERROR",
    ),
)

# The opening handshake

promised(
    "process_request_can_refuse",
    SERVERS,
    opening.request_hook_refuses,
    both(called("process_request", "/").once(), called("handler", ...).never()),
    "serve, process_request",
    "a response other than 101 is sent, and the connection is aborted",
)
promised(
    "open_timeout_limits_the_opening_handshake",
    SERVERS,
    failure.client_is_silent_in_the_handshake,
    ends(*AFTER_ONE_OPEN_TIMEOUT),
    "serve, open_timeout",
    "a timeout for opening a connection, 10 seconds by default",
    SINCE_11_0,
)
