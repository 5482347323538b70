"""What the page on `tornado.websocket` promises about `WebSocketHandler`."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    delivered,
    ends,
    raised,
    returned,
    sends_close,
)
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.tornado import subprotocols
from .tornado_documents import (
    ANSWERED_AT_ONCE,
    CLOSED_WITH_4000,
    CLOSED_WITH_REASON,
    COROUTINE_ON_CLOSE,
    OPENING,
    PING_TIMES_OUT,
    SAYING_HELLO,
    cite_handler,
)

OFFERING = (
    *subprotocols.handler_selects_of,
    subprotocols.handler_selects_none_of.member("two"),
    subprotocols.handler_looks_back_at_its_protocol,
)
"""The client proposes subprotocols."""

# The opening
promise(
    "open_is_invoked",
    tornado_handler,
    OPENING,
    called("open", ...).once(),
    source=cite_handler("open", "invoked when a WebSocket is opened"),
)
promise(
    "select_subprotocol_is_called_once",
    tornado_handler,
    [one for one in OPENING if one not in OFFERING],
    called("select_subprotocol", []).once(),
    source=cite_handler(
        "select_subprotocol",
        "called exactly once, with an empty list if the client proposes none",
    ),
)

# Messages
promise(
    "on_message_is_called",
    tornado_handler,
    SAYING_HELLO,
    called("on_message", "hello").once(),
    source=cite_handler("on_message", "handles incoming messages"),
)
promise(
    "on_message_waits_for_open",
    tornado_handler,
    open_time_close.peer_sends_while_open_runs,
    both(called("on_message", "hello").once(), returned("send", ...).before("on_message")),
    source=cite_handler("open", "on_message is not called before open has returned"),
)
promise(
    "messages_come_in_order",
    tornado_handler,
    [close.peer_closes_after_messages, close.application_closes_on_message_with_another_waiting],
    delivered("on_message", "one", "two"),
    source=cite_handler("on_message", "handles incoming messages"),
)
promise(
    "too_big_a_message_closes",
    tornado_handler,
    failing.message_is_too_big,
    both(called("on_message", ...).never(), called("on_close", ...).once(), ends("at once")),
    source=cite_handler(
        "max_message_size", "a larger message is not accepted, and the connection is closed"
    ),
)
promise(
    "write_message_raises_once_closed",
    tornado_handler,
    close.application_sends_after_the_close,
    raised("send", "WebSocketClosedError"),
    source=cite_handler(
        "write_message", "raises WebSocketClosedError if the connection is closed already"
    ),
)

# Pings
promise(
    "on_ping_is_invoked",
    tornado_handler,
    [close.application_closes_on_ping, failing.application_raises_on_ping],
    called("on_ping", b"are you there").once(),
    source=cite_handler("on_ping", "invoked when a ping frame is received"),
)
promise(
    "a_missing_pong_closes",
    tornado_handler,
    failing.no_pong_comes,
    both(called("on_close", ...).once(), ends(PING_TIMES_OUT)),
    source=cite_handler("ping_timeout", "the connection is closed if no pong is received in time"),
)

# The close
promise(
    "on_close_is_invoked",
    tornado_handler,
    [one for one in OPENING if one not in COROUTINE_ON_CLOSE],
    called("on_close", ...).once(),
    source=cite_handler("on_close", "invoked when the WebSocket is closed"),
)
promise(
    "code_and_reason_are_available_in_on_close",
    tornado_handler,
    CLOSED_WITH_REASON,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=cite_handler(
        "on_close",
        "after a clean close, close_code and close_reason hold the code and the reason that were "
        "supplied",
    ),
)
promise(
    "code_is_available_in_on_close",
    tornado_handler,
    close.peer_closes_without_reason,
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=cite_handler(
        "on_close", "after a clean close, close_code holds the code that was supplied"
    ),
)
promise(
    "close_shows_the_client_code_and_reason",
    tornado_handler,
    CLOSED_WITH_4000,
    sends_close(4000, "enough"),
    source=cite_handler("close", "the code and the reason are made available to the client"),
)
promise(
    "close_ends_the_connection",
    tornado_handler,
    ANSWERED_AT_ONCE,
    both(sends_close(), ends("at once")),
    source=cite_handler("close", "the socket is closed after a successful closing handshake"),
)
