"""What the page on `tornado.websocket` promises about clients, in both styles of use."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_client, tornado_client_callback

from ...judging.expectations import (
    both,
    called,
    delivered,
    ends,
    raised,
    returned,
    sends_close,
    thing,
)
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.tornado import reads_of_messages, server_stops
from .tornado_documents import (
    ANSWERED_AT_ONCE,
    BOTH_STYLES,
    CLOSED_WITH_4000,
    NOT_OPENING,
    OPENING,
    PING_TIMES_OUT,
    SAYING_HELLO,
    cite_client,
    cite_handler,
)

SURELY_OPENING = [
    scenario
    for scenario in OPENING
    if scenario is not open_time_close.peer_resets_right_after_the_handshake
]
"""The scenarios of `OPENING` in which no RST can overtake the 101 response."""
STAYING = [
    scenario
    for scenario in SURELY_OPENING
    if scenario
    not in (
        close.application_leaves_on_message,
        close.application_is_cancelled_on_message,
        close.peer_closes_and_nobody_reads,
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_uses_too_long_reason,
        open_time_close.application_leaves_when_opened,
        open_time_close.application_closes_and_raises_when_opened,
        reads_of_messages.application_reads_with_a_callback,
        reads_of_messages.message_callback_is_a_coroutine,
        server_stops.tasks_of_a_client_are_cancelled_when_idle,
    )
]
"""The application still receives when the connection ends."""

promise(
    "websocket_connect_gives_a_connection",
    BOTH_STYLES,
    SURELY_OPENING,
    returned("websocket_connect", thing("WebSocketClientConnection")).once(),
    source=cite_client(
        "websocket_connect", "the result of its future is a WebSocketClientConnection"
    ),
)

# Messages
promise(
    "read_message_gives_the_messages",
    tornado_client,
    [*SAYING_HELLO, open_time_close.in_the_same_write_after_a_message],
    returned("read_message", "hello"),
    source=cite_client("WebSocketClientConnection.read_message", "the result is the message"),
)
promise(
    "read_message_gives_every_message",
    tornado_client,
    [close.peer_closes_after_messages, close.application_closes_on_message_with_another_waiting],
    delivered("read_message", "one", "two"),
    source=cite_client("WebSocketClientConnection.read_message", "the result is the message"),
)
promise(
    "on_message_callback_gets_the_messages",
    tornado_client_callback,
    [*SAYING_HELLO, open_time_close.in_the_same_write_after_a_message],
    called("on_message_callback", "hello"),
    source=cite_client(
        "websocket_connect", "in the callback style, on_message_callback gets the messages"
    ),
)
promise(
    "on_message_callback_gets_every_message",
    tornado_client_callback,
    [close.peer_closes_after_messages, close.application_closes_on_message_with_another_waiting],
    delivered("on_message_callback", "one", "two"),
    source=cite_client(
        "websocket_connect", "in the callback style, on_message_callback gets the messages"
    ),
)
promise(
    "read_message_gives_no_message_that_is_too_big",
    tornado_client,
    failing.message_is_too_big,
    both(returned("read_message", None).once(), ends("at once")),
    source=cite_client(
        "websocket_connect",
        "max_message_size is as for the handler: a larger message closes the connection",
    ),
)
promise(
    "on_message_callback_gets_no_message_that_is_too_big",
    tornado_client_callback,
    failing.message_is_too_big,
    both(called("on_message_callback", None).once(), ends("at once")),
    source=cite_client(
        "websocket_connect",
        "max_message_size is as for the handler: a larger message closes the connection",
    ),
)
promise(
    "write_message_raises_once_closed",
    BOTH_STYLES,
    close.application_sends_after_the_close,
    raised("send", "WebSocketClosedError"),
    source=cite_client(
        "WebSocketClientConnection.write_message",
        "raises WebSocketClosedError if the connection is closed",
    ),
)

# None for a connection that is closed
promise(
    "read_message_gives_none_when_closed",
    tornado_client,
    STAYING,
    returned("read_message", None),
    source=cite_client(
        "WebSocketClientConnection.read_message", "the result is None if the connection is closed"
    ),
)
promise(
    "on_message_callback_gets_none_when_closed",
    tornado_client_callback,
    [
        *STAYING,
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_uses_too_long_reason,
        open_time_close.application_closes_and_raises_when_opened,
    ],
    called("on_message_callback", None),
    source=cite_client(
        "websocket_connect", "a message of None means that the connection is closed"
    ),
)
promise(
    "on_message_callback_gets_no_none_without_a_connection",
    tornado_client_callback,
    NOT_OPENING,
    called("on_message_callback", None).never(),
    source=cite_client(
        "websocket_connect", "a message of None means that the connection is closed"
    ),
)
promise(
    "read_message_gives_none_without_a_pong",
    tornado_client,
    failing.no_pong_comes,
    both(returned("read_message", None), ends(PING_TIMES_OUT)),
    source=cite_client(
        "websocket_connect",
        "ping_timeout is as for the handler: the connection is closed if no pong comes in time",
    ),
)
promise(
    "on_message_callback_gets_none_without_a_pong",
    tornado_client_callback,
    failing.no_pong_comes,
    both(called("on_message_callback", None), ends(PING_TIMES_OUT)),
    source=cite_client(
        "websocket_connect",
        "ping_timeout is as for the handler: the connection is closed if no pong comes in time",
    ),
)

# What close() does
promise(
    "close_shows_the_server_code_and_reason",
    BOTH_STYLES,
    CLOSED_WITH_4000,
    sends_close(4000, "enough"),
    source=cite_handler(
        "close", "the client's close() refers to it: code and reason are made available"
    ),
)
promise(
    "close_ends_the_connection",
    BOTH_STYLES,
    ANSWERED_AT_ONCE,
    both(sends_close(), ends("at once")),
    source=cite_client("WebSocketClientConnection.close", "closes the WebSocket connection"),
)
