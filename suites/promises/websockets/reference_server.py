"""What the reference pages on servers promise: `serve()`, the handler, its iteration."""

from __future__ import annotations

from ...judging.expectations import (
    both,
    called,
    called_for_each_opening,
    ends,
    fact,
    raised,
    reached,
    sends_close,
)
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    AFTER_ONE_OPEN_TIMEOUT,
    ALL,
    APPLICATION_IS_DONE,
    CLOSED_WITH_ERROR,
    HAS_STATE,
    OK,
    SERVERS,
    SINCE_11_0,
    promise_on_own_page,
)

# The opening
promise_on_own_page(
    "process_request_can_refuse",
    SERVERS,
    opening.request_hook_refuses,
    both(called("process_request", "/").once(), called("handler", ...).never()),
    "serve, process_request",
    "it can force a response; any other than 101 aborts the connection",
)
promise_on_own_page(
    "open_timeout_limits_the_opening_handshake",
    SERVERS,
    failure.client_is_silent_in_the_handshake,
    ends(*AFTER_ONE_OPEN_TIMEOUT),
    "serve, open_timeout",
    "the timeout for opening a connection, 10 seconds by default",
    SINCE_11_0,
)
promise_on_own_page(
    "handler_does_not_run_before_the_handshake",
    SERVERS,
    (failure.client_ends_in_the_handshake, failure.client_is_silent_in_the_handshake),
    called("handler", ...).never(),
    "serve",
    "for each client, performs the opening handshake, then runs the handler",
)

# Iteration in the handler
promise_on_own_page(
    "iteration_ends_silently_after_a_normal_closure",
    SERVERS,
    OK,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ServerConnection",
    "the iterator ends normally after 1000, after 1001, and after a close without a code",
)
promise_on_own_page(
    "iteration_ends_silently_without_a_code",
    SERVERS,
    close.peer_closes_with_empty_frame,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ServerConnection",
    "the iterator ends normally after 1000, after 1001, and after a close without a code",
    SINCE_11_0,
)
promise_on_own_page(
    "iteration_raises_after_any_other_closure",
    SERVERS,
    CLOSED_WITH_ERROR,
    both(raised("iteration", "ConnectionClosedError").once(), reached("end of iteration").never()),
    "ServerConnection",
    "the iterator raises ConnectionClosedError after any other code",
)

# The handler
promise_on_own_page(
    "handler_runs_once_for_a_connection",
    SERVERS,
    ALL,
    called_for_each_opening("handler"),
    "serve",
    "for each client, performs the opening handshake, then runs the handler",
)
promise_on_own_page(
    "connection_is_closed_when_the_handler_ends",
    SERVERS,
    APPLICATION_IS_DONE,
    sends_close(),
    "serve",
    "when the handler returns or raises, the server performs the closing handshake and closes",
)
promise_on_own_page(
    "connection_is_closed_at_once_when_the_handler_ends",
    {one: page for one, page in SERVERS.items() if one.is_async},  # no thread can be cancelled
    close.application_is_cancelled_on_message,
    ends("at once"),
    "serve",
    "when the handler returns or raises, the server performs the closing handshake and closes",
)
promise_on_own_page(
    "state_is_closed_when_the_handler_has_ended",
    SERVERS,
    ALL,
    fact("state", "CLOSED"),
    "serve; Connection.state",
    "when the handler returns or raises, the server closes; state is as in RFC 6455",
    HAS_STATE,
)
