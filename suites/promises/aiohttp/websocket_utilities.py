"""What the page on WebSocket utilities promises: messages, their types, close codes."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, either, error, fact, returned
from ...judging.promise import Source, doc, promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.aiohttp import calls_that_fail
from .aiohttp_documents import ANSWERED, BOTH_ENDS, SITE


def cite_utilities(place: str, says: str) -> Source:
    """What the page says of a class, or of a member of it."""
    return doc(SITE + "websocket_utilities.html", place, says)


CLOSED = returned("receive", "CLOSED", None, None)

promise(
    "a_close_has_a_code_and_a_message",
    BOTH_ENDS,
    tagged("with_reason"),
    returned("receive", "CLOSE", PEER_CODE, PEER_REASON),
    source=cite_utilities("WSMessage", "data of a CLOSE is its code, extra its message"),
)
promise(
    "extra_is_none_by_default",
    BOTH_ENDS,
    close.peer_closes_without_reason,
    returned("receive", "CLOSE", PEER_CODE, None),
    source=cite_utilities("WSMessage.extra", "is a str if provided, and None otherwise"),
)
promise(
    "an_error_has_an_exception",
    BOTH_ENDS,
    tagged(
        "bad_frame",
        without="bad_close_frame",
        but=(failing.server_masks_a_frame, failing.client_does_not_mask_a_frame),
    ),
    returned("receive", "ERROR", error("Exception"), None),
    source=cite_utilities("WSMessage", "data of an ERROR is an exception"),
)
promise(
    "an_own_close_is_told_as_closed",
    BOTH_ENDS,
    [one for one in ANSWERED if one not in calls_that_fail.application_closes_then_calls],
    CLOSED,
    source=cite_utilities("WSMsgType.CLOSED", "is a flag: the WebSocket was closed"),
)
promise(
    "a_lost_connection_is_told",
    BOTH_ENDS,
    tagged("lost"),
    either(CLOSED, returned("receive", "ERROR", error("Exception"), None)),
    source=cite_utilities("WSMsgType.CLOSED and ERROR", "are flags: it was closed, or failed"),
)
promise(
    "abnormal_closure_is_a_lost_connection",
    BOTH_ENDS,
    (*tagged("lost"), *tagged("unanswered"), failing.no_pong_comes),
    fact("close_code", 1006),
    source=cite_utilities(
        "WSCloseCode.ABNORMAL_CLOSURE", "a connection was closed and no close frame was sent"
    ),
)
