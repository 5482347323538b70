"""What the documents promise about own closes, writing after a close, and the end."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler
from fixtures.model.description import Value
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    Placeholder,
    both,
    called,
    either,
    raised,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios.tornado import (
    closing_in_hooks,
    closing_with_arguments,
    server_stops,
    unread,
    using_it_after_the_close,
)
from .tornado_documents import (
    BOTH_STYLES,
    SITE,
    cite_client,
    cite_handler,
    cite_release_notes,
)

USED = (
    using_it_after_the_close.websocket_is_used_after_peer_closes,
    using_it_after_the_close.websocket_is_used_after_peer_ends,
    using_it_after_the_close.websocket_is_used_after_application_closes,
    using_it_after_the_close.websocket_is_used_when_told_of_the_close,
    using_it_after_the_close.websocket_is_used_during_its_close,
)
CALLS = using_it_after_the_close.client_closes_after_a_call_to
REFUSED = {
    end: str(call[0])
    for end, call in using_it_after_the_close.REQUEST_METHODS.items()
    if end != "send_500"
}
"""Methods for plain requests, by scenario. What `send_error` does is to answer, if it can."""
OF_A_SERVER = (
    server_stops.tasks_of_a_server_are_cancelled_when_idle,
    server_stops.tasks_of_a_server_are_cancelled_while_it_closes,
    server_stops.tasks_of_a_server_are_cancelled_in_on_message,
)


def find_argument(trace: Trace, index: int) -> Value:
    """What the application gave to its first close."""
    closes = [event.args for event in trace.application_events if event.kind == "acted"]
    return closes[0][index]


OWN_CODE = Placeholder("the application's close code", lambda trace: find_argument(trace, 0))
OWN_REASON = Placeholder("the application's close reason", lambda trace: find_argument(trace, 1))

# The close
promise(
    "close_shows_every_code_and_reason",
    (tornado_handler, *BOTH_STYLES),
    closing_with_arguments.application_closes_with_legal_code,
    sends_close(OWN_CODE, OWN_REASON),
    source=cite_handler("close", "the code and the reason are made available to the client"),
)
promise(
    "code_is_available_after_an_own_close",
    tornado_handler,
    tagged("answered"),
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=cite_handler(
        "on_close", "after a clean close, close_code holds the code that was supplied"
    ),
)
promise(
    "a_thread_closes_by_add_callback",
    (tornado_handler, *BOTH_STYLES),
    [
        closing_in_hooks.application_closes_by_add_callback_on_message,
        closing_in_hooks.application_closes_by_add_callback_when_opened,
    ],
    sends_close(4000, "enough"),
    source=doc(
        SITE + "ioloop.html",
        "IOLoop.add_callback",
        "it is safe to call this method from any thread at any time",
    ),
)

# Writing
promise(
    "write_message_always_raises_once_closed",
    tornado_handler,
    USED,
    both(raised("write_message", "WebSocketClosedError"), returned("write_message", ...).never()),
    source=cite_handler(
        "write_message", "consistently raises WebSocketClosedError if the connection is closed"
    ),
)
promise(
    "write_message_always_raises_once_closed",
    BOTH_STYLES,
    USED,
    both(raised("write_message", "WebSocketClosedError"), returned("write_message", ...).never()),
    source=cite_client(
        "WebSocketClientConnection.write_message",
        "raises WebSocketClosedError if the stream is closed",
    ),
)
promise(
    "write_message_takes_dicts_and_bytes",
    tornado_handler,
    using_it_after_the_close.peer_closes_once_it_has,
    returned("write_message", None),
    source=cite_handler(
        "write_message", "a message is a string or a dict; in binary mode any bytes are allowed"
    ),
)
promise(
    "write_message_takes_dicts",
    BOTH_STYLES,
    using_it_after_the_close.peer_closes_once_it_has.member("a_dict"),
    returned("write_message", None),
    source=cite_release_notes("6.2.0", "write_message of a client accepts dicts as well"),
    versions=">=6.2",
)
promise(
    "write_message_can_be_awaited",
    (tornado_handler, *BOTH_STYLES),
    [
        unread.client_closes_after_it_has_read_late,
        unread.server_closes_after_it_has_read_late,
    ],
    returned("write_message", None),
    source=cite_handler("write_message", "returns a Future that can be used for flow control"),
)
promise(
    "ping_takes_125_bytes",
    (tornado_handler, *BOTH_STYLES),
    using_it_after_the_close.peer_closes_after_a_too_long_ping,
    returned("ping", None),
    source=cite_handler("ping", "up to 125 bytes may be a part of the ping"),
)
promise(
    "set_nodelay_can_be_called_once_open",
    tornado_handler,
    using_it_after_the_close.application_sets_nodelay_after_client_closes,
    returned("set_nodelay", None),
    source=cite_handler("set_nodelay", "to be called once the WebSocket connection is established"),
)
promise(
    "methods_for_requests_are_not_available",
    tornado_handler,
    [CALLS.member(end) for end in REFUSED],
    either(*(raised(name, "Exception") for name in REFUSED.values())),
    source=doc(
        SITE + "websocket.html",
        "WebSocketHandler",
        "most of the HTTP facilities are not available in handlers of this type",
    ),
)

# The end of a server
promise(
    "open_websockets_outlive_stop",
    tornado_handler,
    server_stops.client_is_idle_and_the_server.member("stops"),
    called("on_message", "hello").once(),
    source=doc(
        SITE + "tcpserver.html",
        "TCPServer.stop",
        "requests in progress may continue after the server is stopped",
    ),
)
promise(
    "open_websockets_outlive_close_all_connections",
    tornado_handler,
    server_stops.client_is_idle_and_the_server.member("stops_and_closes_all_connections"),
    called("on_message", "hello").once(),
    source=doc(
        SITE + "httpserver.html",
        "HTTPServer.close_all_connections",
        "this method does not close open websocket connections",
    ),
)
promise(
    "cancelled_tasks_close_the_connection",
    tornado_handler,
    OF_A_SERVER,
    called("on_close", ...).once(),
    source=cite_release_notes("6.6.0", "a CancelledError no longer leaves the connection open"),
    versions=">=6.6",
)
