"""What the API reference promises of a route."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import called, returned, sends_close
from ...judging.promise import promise
from ...scenarios.flask_sock import handlers_at_work as working
from ..simple_websocket.simple_documents import CLOSED_WITHOUT_CODE, CODE_4000
from .sock_documents import HANDLER, OPENING, cite_route, cite_server

promise(
    "the_function_is_invoked_for_each_client",
    HANDLER,
    OPENING,
    called("handler").once(),
    source=cite_route("", "the function is invoked when a client establishes a connection"),
)
promise(
    "the_function_is_not_invoked_without_a_connection",
    HANDLER,
    tagged("not_opened"),
    called("handler").never(),
    source=cite_route("", "the function is invoked when a client establishes a connection"),
)
promise(
    "receive_of_a_handler_returns_in_time",
    HANDLER,
    working.handler_receives_for_five_seconds,
    returned("receive", None),
    source=cite_route(", ws.receive(timeout=None)", "receive() can be given a timeout"),
)
promise(
    "close_of_a_handler_sends_reason_and_message",
    HANDLER,
    CODE_4000,
    sends_close(4000, "enough"),
    source=cite_route(", ws.close(reason=None, message=None)", "close() can be given both"),
)
promise(
    "close_of_a_handler_sends_1000_by_default",
    HANDLER,
    CLOSED_WITHOUT_CODE,
    sends_close(1000, ""),
    source=cite_server("close, reason", "the numeric code of the closure; the default is 1000"),
)
