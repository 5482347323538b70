"""What the documents promise of handlers that let exceptions pass, and of many connections."""

from __future__ import annotations

from ...judging.expectations import (
    both,
    called_for_each_opening,
    ends,
    logged,
    raised,
    returned,
)
from ...judging.promise import doc
from ...scenarios.websockets import server_handlers as handlers
from ...scenarios.websockets import server_users as users
from .connection_situations import PAGES, SINCE_10_0, promise_on_own_page, promise_since
from .reference_server_ending import ASYNCIO, CLOSES, EVERY, LEGACY, MANY, WITH_TRIO

# What handlers let pass
promise_since(
    "what_a_handler_lets_pass_is_logged",
    WITH_TRIO | LEGACY,
    (
        handlers.client_closes_and_nobody_catches,
        handlers.handler_raises_and_no_answer_comes,
    ),
    logged("ERROR"),
    doc(
        f"{PAGES}topics/logging.html",
        "Log levels, ERROR",
        "exceptions in connection handlers are logged at level ERROR",
    ),
    SINCE_10_0,
)
promise_since(
    "what_a_handler_lets_pass_at_the_end_is_logged",
    EVERY,
    handlers.server_ends_and_nobody_catches,
    both(logged("ERROR"), raised("recv", "ConnectionClosedOK").once()),
    doc(
        f"{PAGES}topics/logging.html",
        "Log levels, ERROR; Server.wait_closed",
        "recv() raises ConnectionClosedOK; exceptions in handlers are logged at level ERROR",
    ),
    CLOSES | SINCE_10_0,
)

# Many connections
promise_on_own_page(
    "handler_runs_once_for_each_client",
    EVERY,
    (
        users.users_leave_one_by_one,
        users.users_leave_at_the_same_time,
        users.server_broadcasts_to_one_that_has_closed,
        users.server_broadcasts_to_one_that_has_reset,
    ),
    called_for_each_opening("handler"),
    "serve",
    "for each client, performs the opening handshake, then runs the handler",
    MANY,
)
promise_on_own_page(
    "broadcast_skips_closed_connections",
    EVERY,
    (
        users.server_broadcasts_to_one_that_has_closed,
        users.server_broadcasts_to_one_that_has_reset,
    ),
    returned("broadcast", None).once(),
    "broadcast",
    "connections that are not open are skipped, which avoids exceptions",
    MANY,
)
promise_on_own_page(
    "broadcast_piles_up_until_the_connection_times_out",
    ASYNCIO | LEGACY,
    users.server_broadcasts_to_one_that_does_not_read,
    both(
        returned("broadcast", None).once(),
        raised("iteration", "ConnectionClosedError").once(),
        ends("ping_interval + ping_timeout"),
    ),
    "broadcast",
    "messages pile up in the write buffer of a slow connection until that times out",
    MANY,
)
promise_on_own_page(
    "broadcast_ignores_failures",
    EVERY,
    users.server_broadcasts_between_fragments.member("and_goes_on"),
    both(returned("broadcast", None).once(), returned("send", None).once()),
    "broadcast",
    "failures to write the message are ignored",
    MANY,
)
promise_on_own_page(
    "broadcast_raises_failures_if_asked_to",
    EVERY,
    users.server_broadcasts_between_fragments.member("and_raises"),
    both(raised("broadcast", "ExceptionGroup").once(), returned("send", None).once()),
    "broadcast, raise_exceptions",
    "failures are raised in an ExceptionGroup",
    MANY,
)
