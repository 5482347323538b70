"""What the changelog promises."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, both, delivered, error, fact, raised
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from .simple_documents import CLIENT, cite_changes

promise(
    "connection_closed_has_the_peers_reason",
    CLIENT,
    tagged("with_reason", without=("own_close", "raises", "when_closed", "stops_reading")),
    both(
        raised("receive", error("ConnectionClosed", reason=PEER_CODE)).once(),
        fact("close_reason", PEER_REASON),
    ),
    source=cite_changes("0.5.0", "the close reason is stored in ConnectionClosed"),
)
promise(
    "receive_raises_without_a_pong",
    CLIENT,
    failing.no_pong_comes,
    raised("receive", "ConnectionClosed").once(),
    source=cite_changes("1.1.0", "a timeout disconnection unblocks receive()"),
    versions=">=1.1",
)
promise(
    "what_came_before_the_end_is_received",
    CLIENT,
    close.peer_closes_after_messages,
    delivered("receive", "one", "two"),
    source=cite_changes("1.0.0", "buffered input is returned before an exception is raised"),
    versions=">=1.0",
)
