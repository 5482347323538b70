"""What simple-websocket promises of its server, which a handler has."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, both, delivered, error, fact, raised
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.flask_sock import handlers_at_work as working
from ..simple_websocket.simple_documents import cite_changes
from .sock_documents import HANDLER, TOLD, cite_server_example

promise(
    "receive_of_a_handler_raises_connection_closed",
    HANDLER,
    TOLD,
    raised("receive", "ConnectionClosed").once(),
    source=cite_server_example("the loop of receive() ends with ConnectionClosed"),
)
promise(
    "send_of_a_handler_raises_connection_closed",
    HANDLER,
    working.handler_sends_when_the_client_has_closed,
    raised("send", "ConnectionClosed").once(),
    source=cite_server_example("the loop of receive() and send() ends with ConnectionClosed"),
)
promise(
    "the_handler_is_told_the_reason_of_the_client",
    HANDLER,
    tagged(
        "with_reason",
        without=("own_close", "raises", "when_closed", "stops_reading"),
        but=working.handler_sends_when_the_client_has_closed,
    ),
    both(
        raised("receive", error("ConnectionClosed", reason=PEER_CODE)).once(),
        fact("close_reason", PEER_REASON),
    ),
    source=cite_changes("0.5.0", "the close reason is stored in ConnectionClosed"),
)
promise(
    "receive_of_a_handler_raises_without_a_pong",
    HANDLER,
    failing.no_pong_comes,
    raised("receive", "ConnectionClosed").once(),
    source=cite_changes("1.1.0", "a timeout disconnection unblocks receive()"),
)
promise(
    "the_handler_receives_what_came_before_the_end",
    HANDLER,
    close.peer_closes_after_messages,
    delivered("receive", "one", "two"),
    source=cite_changes("1.0.0", "buffered input is returned before an exception is raised"),
)
