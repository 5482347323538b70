"""What the examples of a client promise: the end is an exception, after which they close."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import raised
from ...judging.promise import promise
from .simple_documents import CLIENT, TOLD, cite_example

promise(
    "receive_raises_connection_closed",
    CLIENT,
    TOLD,
    raised("receive", "ConnectionClosed").once(),
    source=cite_example("the loop of receive() ends with ConnectionClosed"),
)
promise(
    "close_can_follow_connection_closed",
    CLIENT,
    tagged("peer_closes", without=("own_close", "raises", "when_closed", "stops_reading")),
    raised("close", "ConnectionClosed").never(),
    source=cite_example("close() is called once ConnectionClosed was raised"),
)
