"""What the server reference promises of closing, and of what a WebSocket says of its end."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_server
from fixtures.model.situations import tagged

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    ends,
    error,
    fact,
    raised,
    returned,
    sends_close,
)
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.aiohttp import runner_stops
from .aiohttp_documents import (
    ANSWERED_WITH_A_CODE,
    CODE_4000,
    ONE_CLOSE,
    UNANSWERED_FOR_LONG,
    cite_server,
)

ON_SHUTDOWN = runner_stops.client_is_idle_and_the_server.member("closes_all_on_shutdown")

# A close by the client
promise(
    "autoclose_answers_a_close",
    aiohttp_server,
    tagged("peer_closes"),
    sends_close(),
    source=cite_server(", autoclose", "closes the connection when the client sends a close"),
)
promise(
    "receive_returns_no_close",
    aiohttp_server,
    tagged("with_code"),
    returned("receive", "CLOSE", ANYTHING, ANYTHING).never(),
    source=cite_server(".receive", "handles a close without returning the message"),
)

# An own close
promise(
    "close_sends_1000_by_default",
    aiohttp_server,
    ONE_CLOSE,
    sends_close(1000, ""),
    source=cite_server(".close", "by default, code is OK and message is empty"),
)
promise(
    "close_sends_its_code_and_message",
    aiohttp_server,
    CODE_4000,
    sends_close(4000, "enough"),
    source=cite_server(".close", "sends a close with a code and an optional message"),
)
promise(
    "close_waits_for_timeout",
    aiohttp_server,
    UNANSWERED_FOR_LONG,
    ends("1 x close_timeout"),
    source=cite_server(", timeout", "close waits for a response; the default is 10 seconds"),
)
promise(
    "close_waits_for_the_answer",
    aiohttp_server,
    close.peer_answers_late,
    ends("5.0 s"),
    source=cite_server(", timeout", "close waits for a response; the default is 10 seconds"),
)
promise(
    "another_task_may_close",
    aiohttp_server,
    tagged("elsewhere", "own_close"),
    raised("close", "Exception").never(),
    source=cite_server(".close", "it is safe to call it from another task"),
)

# What is said of the end
promise(
    "closed_once_the_connection_is",
    aiohttp_server,
    (
        *tagged("peer_closes"),
        *tagged("answered"),
        *tagged("unanswered"),
        *tagged("lost"),
        *tagged("bad_frame", but=failing.client_does_not_mask_a_frame),
        failing.no_pong_comes,
    ),
    fact("closed", True),
    source=cite_server(".closed", "is True if the connection has been closed"),
)
promise(
    "closed_once_the_handler_has_raised",
    aiohttp_server,
    (failing.application_raises_when_opened, failing.application_raises_on_message),
    fact("closed", True),
    source=cite_server(".closed", "is True if the connection has been closed"),
)
promise(
    "close_code_is_the_clients",
    aiohttp_server,
    tagged("with_code"),
    fact("close_code", PEER_CODE),
    source=cite_server(".close_code", "is the close code of the peer"),
)
promise(
    "close_code_is_that_of_the_answer",
    aiohttp_server,
    (*ANSWERED_WITH_A_CODE, ON_SHUTDOWN),
    fact("close_code", PEER_CODE),
    source=cite_server(".close_code", "is the close code of the peer"),
)
promise(
    "exception_is_none_after_a_clean_close",
    aiohttp_server,
    tagged("peer_closes"),
    fact("exception", None),
    source=cite_server(".exception", "returns the last exception that occurred, or None"),
)
promise(
    "exception_is_what_failed",
    aiohttp_server,
    tagged("bad_frame", without="bad_close_frame", but=failing.client_does_not_mask_a_frame),
    fact("exception", error("Exception")),
    source=cite_server(".exception", "returns the last exception that occurred, or None"),
)
