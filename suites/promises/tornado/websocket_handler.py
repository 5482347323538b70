"""What the page on `tornado.websocket` promises of `WebSocketHandler`."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    ends,
    raised,
    sends_close,
)
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
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

promise(
    "open_is_invoked",
    tornado_handler,
    OPENING,
    called("open").once(),
    source=cite_handler("open", "it is invoked when a WebSocket is opened"),
)
promise(
    "select_subprotocol_is_called_once",
    tornado_handler,
    OPENING,
    called("select_subprotocol", []).once().before("open"),
    source=cite_handler(
        "select_subprotocol",
        "it is called exactly once, with an empty list if the client proposes nothing",
    ),
)
promise(
    "on_message_is_called",
    tornado_handler,
    SAYING_HELLO,
    called("on_message", "hello").once(),
    source=cite_handler("on_message", "it handles the messages that come in"),
)
promise(
    "on_message_waits_for_open",
    tornado_handler,
    [*SAYING_HELLO, close.peer_closes_after_messages],
    called("open").once().before("on_message"),
    source=cite_handler("open", "on_message is not called before open has returned"),
)
promise(
    "messages_come_in_order",
    tornado_handler,
    [close.peer_closes_after_messages, close.application_closes_on_message_with_another_waiting],
    both(called("on_message", "one"), called("on_message", "two")),
    source=cite_handler("on_message", "it handles the messages that come in"),
)
promise(
    "on_ping_is_invoked",
    tornado_handler,
    [close.application_closes_on_ping, failing.application_raises_on_ping],
    called("on_ping", b"are you there").once(),
    source=cite_handler("on_ping", "it is invoked when a ping frame is received"),
)
promise(
    "too_big_a_message_closes",
    tornado_handler,
    failing.message_is_too_big,
    both(called("on_message", ...).never(), called("on_close", ...).once(), ends("at once")),
    source=cite_handler(
        "max_message_size", "a message that is larger is not accepted and the connection is closed"
    ),
)
promise(
    "on_close_is_invoked",
    tornado_handler,
    [one for one in OPENING if one not in COROUTINE_ON_CLOSE],
    called("on_close", ...).once(),
    source=cite_handler("on_close", "it is invoked when the WebSocket is closed"),
)
promise(
    "code_and_reason_are_available_in_on_close",
    tornado_handler,
    CLOSED_WITH_REASON,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=cite_handler(
        "on_close",
        "after a clean close the code and the reason that were supplied are in close_code and "
        "close_reason",
    ),
)
promise(
    "code_is_available_in_on_close",
    tornado_handler,
    close.peer_closes_without_reason,
    called("on_close", PEER_CODE, ANYTHING).once(),
    source=cite_handler("on_close", "after a clean close the code supplied is in close_code"),
)
promise(
    "close_shows_the_client_code_and_reason",
    tornado_handler,
    CLOSED_WITH_4000,
    sends_close(4000, "enough"),
    source=cite_handler("close", "code and reason are made available to the client"),
)
promise(
    "close_ends_the_connection",
    tornado_handler,
    ANSWERED_AT_ONCE,
    both(sends_close(), ends("at once")),
    source=cite_handler("close", "the socket is closed once the closing handshake has succeeded"),
)
promise(
    "write_message_raises_once_closed",
    tornado_handler,
    close.application_sends_after_the_close,
    raised("send", "WebSocketClosedError"),
    source=cite_handler("write_message", "it raises WebSocketClosedError if already closed"),
)
promise(
    "a_missing_pong_closes",
    tornado_handler,
    failing.no_pong_comes,
    both(called("on_close", ...).once(), ends(PING_TIMES_OUT)),
    source=cite_handler("ping_timeout", "without a pong in time the connection is closed"),
)
