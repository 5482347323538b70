"""What the client reference promises of closing, and of what a WebSocket says of its end."""

from __future__ import annotations

from fixtures.drivers.surfaces import aiohttp_client, aiohttp_client_manual
from fixtures.model.situations import tagged

from ...judging.expectations import ANYTHING, both, ends, error, fact, returned, sends_close
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from .aiohttp_documents import (
    CODE_4000,
    ONE_CLOSE,
    UNANSWERED_FOR_LONG,
    cite_client,
    cite_ws_connect,
)

# A close by the server
promise(
    "autoclose_answers_a_close",
    aiohttp_client,
    tagged("peer_closes"),
    sends_close(),
    source=cite_ws_connect("autoclose", "closes automatically on a close message of the server"),
    but=(aiohttp_client_manual,),
)
promise(
    "receive_returns_no_close",
    aiohttp_client,
    tagged("with_code"),
    returned("receive", "CLOSE", ANYTHING, ANYTHING).never(),
    source=cite_client("receive", "handles a close without returning the message"),
    but=(aiohttp_client_manual,),
)

# An own close
promise(
    "close_sends_1000_by_default",
    aiohttp_client,
    ONE_CLOSE,
    sends_close(1000, ""),
    source=cite_client("close", "by default, code is OK and message is empty"),
)
promise(
    "close_sends_its_code_and_message",
    aiohttp_client,
    CODE_4000,
    sends_close(4000, "enough"),
    source=cite_client("close", "sends a close with a code and an optional message"),
)
promise(
    "close_waits_for_the_answer",
    aiohttp_client,
    close.peer_answers_late,
    ends("5.0 s"),
    source=cite_client("close", "waits for the close response of the server"),
)
promise(
    "close_waits_for_ws_close",
    aiohttp_client,
    UNANSWERED_FOR_LONG,
    ends("1 x close_timeout"),
    source=cite_ws_connect("timeout", "the default of ws_close is 10 seconds"),
)

# What is said of the end
promise(
    "closed_once_the_server_closes",
    aiohttp_client,
    tagged("peer_closes"),
    fact("closed", True),
    source=cite_client("closed", "is True if a close has been received"),
)
promise(
    "closed_once_close_is_called",
    aiohttp_client,
    tagged("own_close", without="not_opened"),
    fact("closed", True),
    source=cite_client("closed", "is True if close() has been called"),
)
promise(
    "exception_is_none_after_a_clean_close",
    aiohttp_client,
    tagged("peer_closes"),
    fact("exception", None),
    source=cite_client("exception", "returns the exception if any occurs, or None"),
)
promise(
    "exception_is_what_failed",
    aiohttp_client,
    tagged("bad_frame", without="bad_close_frame", but=failing.server_masks_a_frame),
    fact("exception", error("Exception")),
    source=cite_client("exception", "returns the exception if any occurs, or None"),
)
promise(
    "exception_is_the_missing_pong",
    aiohttp_client,
    failing.no_pong_comes,
    both(fact("exception", error("Exception")), fact("closed", True)),
    source=cite_client("exception", "returns the exception if any occurs, or None"),
)
