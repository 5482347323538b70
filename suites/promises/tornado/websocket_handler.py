"""Promises of tornado's `WebSocketHandler`."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    both,
    called,
    ends,
    error,
    logged,
    raised,
    reached,
    sends_close,
    warned,
)
from ...judging.promise import doc, promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from .tornado_documents import (
    ANSWERED_AT_ONCE,
    CLOSED_WITH_4000,
    CLOSED_WITH_REASON,
    COROUTINE_ON_CLOSE,
    OPENING,
    PING_TIMES_OUT,
    SAYING_HELLO,
    SITE,
    handler_doc,
    notes,
)

# Opening

promise(
    "open_is_invoked",
    tornado_handler,
    OPENING,
    called("open").once(),
    source=handler_doc("open", "it is invoked when a WebSocket is opened"),
)
promise(
    "no_open_when_prepare_ends_the_request",
    tornado_handler,
    open_time_close.request_hook_refuses,
    both(called("open", ...).never(), called("on_finish").once()),
    source=doc(
        SITE + "guide/structure.html",
        "Overriding RequestHandler methods",
        "a request that prepare() finishes is processed no further; on_finish() is called",
    ),
)
promise(
    "prepare_comes_first",
    tornado_handler,
    OPENING,
    called("prepare").once().before("open"),
    source=doc(
        SITE + "web.html",
        "RequestHandler.prepare",
        "it is called at the beginning of a request, before the method that handles it",
    ),
)
promise(
    "select_subprotocol_is_called_once",
    tornado_handler,
    OPENING,
    called("select_subprotocol", []).once().before("open"),
    source=handler_doc(
        "select_subprotocol",
        "it is called exactly once, with an empty list if the client proposes nothing",
    ),
)
promise(
    "on_finish_is_called",
    tornado_handler,
    OPENING,
    called("on_finish").once(),
    source=doc(
        SITE + "web.html",
        "RequestHandler.on_finish",
        "it is called once the request has ended and the response was sent",
    ),
)

# What comes in

promise(
    "on_message_is_called",
    tornado_handler,
    SAYING_HELLO,
    called("on_message", "hello").once(),
    source=handler_doc("on_message", "it handles the messages that come in"),
)
promise(
    "on_message_waits_for_open",
    tornado_handler,
    [*SAYING_HELLO, close.peer_closes_after_messages],
    called("open").once().before("on_message"),
    source=handler_doc("open", "on_message is not called before open has returned"),
)
promise(
    "messages_come_in_order",
    tornado_handler,
    [close.peer_closes_after_messages, close.application_closes_on_message_with_another_waiting],
    both(called("on_message", "one"), called("on_message", "two")),
    source=handler_doc("on_message", "it handles the messages that come in"),
)
promise(
    "on_ping_is_invoked",
    tornado_handler,
    [close.application_closes_on_ping, failing.application_raises_on_ping],
    called("on_ping", b"are you there").once(),
    source=handler_doc("on_ping", "it is invoked when a ping frame is received"),
)
promise(
    "too_big_a_message_closes",
    tornado_handler,
    failing.message_is_too_big,
    both(called("on_message", ...).never(), called("on_close", ...).once(), ends("at once")),
    source=handler_doc(
        "max_message_size", "a message that is larger is not accepted and the connection is closed"
    ),
)

# Closing

promise(
    "on_close_is_invoked",
    tornado_handler,
    [one for one in OPENING if one not in COROUTINE_ON_CLOSE],
    called("on_close", ...).once(),
    source=handler_doc("on_close", "it is invoked when the WebSocket is closed"),
)
promise(
    "code_and_reason_are_available_in_on_close",
    tornado_handler,
    CLOSED_WITH_REASON,
    called("on_close", PEER_CODE, PEER_REASON).once(),
    source=handler_doc(
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
    source=handler_doc("on_close", "after a clean close the code supplied is in close_code"),
)
promise(
    "a_coroutine_on_close_is_not_awaited",
    tornado_handler,
    COROUTINE_ON_CLOSE,
    both(called("on_close", ...).never(), warned("RuntimeWarning")),
    source=doc(
        SITE + "guide/coroutines.html",
        "How to call a coroutine",
        "a method may be a coroutine only if its documentation says so; that of open and "
        "on_message does, that of on_close does not: nobody awaits it, so its body never runs",
    ),
)
promise(
    "on_close_can_start_a_task",
    tornado_handler,
    close.close_callback_starts_a_task,
    reached("task of on_close", PEER_CODE, PEER_REASON).once(),
    source=doc(
        SITE + "guide/coroutines.html",
        "How to call a coroutine",
        "IOLoop.spawn_callback runs a coroutine that nobody waits for",
    ),
)
promise(
    "close_shows_the_client_code_and_reason",
    tornado_handler,
    CLOSED_WITH_4000,
    sends_close(4000, "enough"),
    source=handler_doc("close", "code and reason are made available to the client"),
)
promise(
    "close_ends_the_connection",
    tornado_handler,
    ANSWERED_AT_ONCE,
    both(sends_close(), ends("at once")),
    source=handler_doc("close", "the socket is closed once the closing handshake has succeeded"),
)
promise(
    "write_message_raises_once_closed",
    tornado_handler,
    close.application_sends_after_the_close,
    raised("send", "WebSocketClosedError"),
    source=handler_doc("write_message", "it raises WebSocketClosedError if already closed"),
)
promise(
    "on_connection_close_is_called",
    tornado_handler,
    [
        failing.peer_ends,
        failing.peer_resets,
        failing.peer_ends_after_a_message,
        failing.peer_resets_after_a_message,
        open_time_close.peer_ends_right_after_the_handshake,
        open_time_close.peer_ends_while_open_runs,
    ],
    called("on_connection_close"),
    source=doc(
        SITE + "web.html",
        "RequestHandler.on_connection_close",
        "it is called in asynchronous handlers if the client closes the connection",
    ),
)

# Keepalive, errors

promise(
    "a_missing_pong_closes",
    tornado_handler,
    failing.no_pong_comes,
    both(called("on_close", ...).once(), ends(PING_TIMES_OUT)),
    source=handler_doc("ping_timeout", "without a pong in time the connection is closed"),
)
promise(
    "exceptions_go_to_log_exception",
    tornado_handler,
    [
        failing.application_raises_when_opened,
        failing.application_raises_on_message,
        failing.application_raises_on_ping,
        failing.application_raises_on_pong,
        failing.application_raises_at_the_end,
        open_time_close.application_closes_and_raises_when_opened,
    ],
    both(called("log_exception", error("ApplicationError")).once(), logged("ERROR")),
    source=notes("5.1.0", "exceptions are logged by RequestHandler.log_exception, an error each"),
)
promise(
    "a_cancelled_handler_closes",
    tornado_handler,
    close.application_is_cancelled_on_message,
    both(called("on_close", ...).once(), ends("at once")),
    source=notes("6.6.0", "a CancelledError does not leave the connection open"),
)
