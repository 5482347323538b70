"""What the reference promises of closing, of pings, and of the keepalive."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import both, ends, error, raised, returned, sends_close
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.httpx_ws import session_pings, sessions_that_end
from .httpx_ws_documents import BOTH, CODE_4000, ONE_CLOSE, cite_connect, cite_session

BYE = raised("receive_text", error("WebSocketDisconnect", code=1000, reason="bye")).once()
LEAVING = (
    close.application_leaves_on_message,
    close.application_is_cancelled_on_message,
    failing.application_raises_on_message,
    failing.application_raises_when_opened,
    open_time_close.application_leaves_when_opened,
    sessions_that_end.application_leaves_and_no_answer_comes,
    sessions_that_end.scope_of_the_session_is_cancelled,
)
"""The application comes to the end of its block, whatever for."""

promise(
    "close_sends_1000_by_default",
    BOTH,
    ONE_CLOSE,
    sends_close(1000, ""),
    source=cite_session("close", "the default of code is 1000, that of reason None"),
)
promise(
    "close_sends_its_code_and_reason",
    BOTH,
    CODE_4000,
    sends_close(4000, "enough"),
    source=cite_session("close", "code and reason say why the connection has closed"),
)
promise(
    "leaving_the_block_closes",
    BOTH,
    LEAVING,
    sends_close(1000, ""),
    source=cite_session("close", "is called automatically at the exit of the context manager"),
)
promise(
    "a_close_of_the_server_is_answered_at_the_exit",
    BOTH,
    tagged("peer_closes", without=("races",)),
    sends_close(),
    source=cite_session("close", "is called automatically at the exit of the context manager"),
)

# Pings
promise(
    "ping_returns_an_event",
    BOTH,
    session_pings.application_pings,
    returned("ping", ...).once(),
    source=cite_session("ping", "returns an event to wait for the pong with"),
)
promise(
    "a_missing_pong_is_a_network_error",
    BOTH,
    failing.no_pong_comes,
    both(
        raised("receive_text", "WebSocketNetworkError").once(),
        ends("ping_interval + ping_timeout"),
    ),
    source=cite_connect(
        "keepalive_ping_timeout_seconds", "WebSocketNetworkError is raised after 20 seconds"
    ),
)
promise(
    "a_missing_pong_closes",
    BOTH,
    failing.no_pong_comes,
    sends_close(),
    source=cite_connect("keepalive_ping_timeout_seconds", "the connection is closed"),
)
promise(
    "pings_come_every_interval",
    BOTH,
    session_pings.server_answers_two_pings,
    both(BYE, ends("ping_interval + ping_timeout")),  # twice 20 seconds
    source=cite_connect("keepalive_ping_interval_seconds", "a ping is sent every 20 seconds"),
)
promise(
    "no_interval_means_no_pings",
    BOTH,
    session_pings.server_is_silent_and_pings_are_off,
    both(BYE, ends("5 x close_timeout")),
    source=cite_connect("keepalive_ping_interval_seconds", "None disables this mechanism"),
)
