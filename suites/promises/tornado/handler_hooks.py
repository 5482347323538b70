"""What the documents promise about the hooks of a handler: as coroutines, and when they raise."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler, tornado_handler_coroutines

from ...judging.expectations import (
    answers,
    both,
    called,
    error,
    in_order,
    raised,
    reached,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios.tornado import hooks_that_act_late as late
from ...scenarios.tornado import hooks_that_wait as waiting
from ...scenarios.tornado import preparing
from ...scenarios.tornado import request_hooks_that_raise as requests
from .hook_situations import ENDS, HOOKS, REQUEST_HOOKS, select
from .tornado_documents import SITE, cite_handler, cite_release_notes

HANDLERS = (tornado_handler, tornado_handler_coroutines)
STRUCTURE = SITE + "guide/structure.html"
NOT_OPENED = both(called("open", ...).never(), called("on_message", ...).never())

# prepare

promise(
    "prepare_can_end_the_request",
    tornado_handler,
    preparing.prepare.member("finishes"),
    both(answers(403), NOT_OPENED, called("on_finish").once()),
    source=doc(
        STRUCTURE,
        "Overriding RequestHandler methods, 3",
        "processing stops if prepare() calls finish()",
    ),
)
promise(
    "prepare_can_redirect",
    tornado_handler,
    preparing.prepare.member("redirects"),
    both(answers(302), NOT_OPENED, called("on_finish").once()),
    source=doc(
        STRUCTURE,
        "Overriding RequestHandler methods, 3",
        "processing stops if prepare() redirects",
    ),
)
promise(
    "a_coroutine_prepare_can_end_the_request",
    tornado_handler_coroutines,
    preparing.prepare_waits_and.member("finishes"),
    both(answers(403), NOT_OPENED, called("on_finish").once()),
    source=doc(
        STRUCTURE,
        "Overriding RequestHandler methods, 3; Asynchronous handlers",
        "processing stops if prepare() calls finish(); it may be a coroutine",
    ),
)
promise(
    "prepare_is_awaited",
    tornado_handler_coroutines,
    (
        preparing.prepare_waits,
        preparing.prepare_waits_and_frames_come,
        preparing.prepare_waits_and_client,
    ),
    both(
        reached("the rest of prepare").once().before("select_subprotocol"),
        reached("the rest of prepare").before("open"),
    ),
    source=doc(
        SITE + "web.html",
        "RequestHandler.prepare",
        "execution does not proceed until an awaitable that it returns is done",
    ),
)

# Exceptions before the response

promise(
    "an_http_error_is_answered_with_its_status",
    tornado_handler,
    select(REQUEST_HOOKS, "http_error"),
    both(answers(403), NOT_OPENED),
    source=doc(
        STRUCTURE, "Error Handling", "an HTTPError generates a response with its status code"
    ),
)
promise(
    "an_http_error_of_a_coroutine_is_answered_with_its_status",
    tornado_handler_coroutines,
    preparing.prepare_waits_and.member("raises_http_403"),
    both(answers(403), NOT_OPENED),
    source=doc(
        STRUCTURE, "Error Handling", "an HTTPError generates a response with its status code"
    ),
)
promise(
    "another_exception_is_answered_with_500",
    tornado_handler,
    select(REQUEST_HOOKS, "runtime_error", "value_error"),
    both(answers(500), NOT_OPENED),
    source=doc(STRUCTURE, "Error Handling", "all other exceptions return a 500 status"),
)
promise(
    "another_exception_of_a_coroutine_is_answered_with_500",
    tornado_handler_coroutines,
    preparing.prepare_waits_and.member("raises"),
    both(answers(500), NOT_OPENED),
    source=doc(STRUCTURE, "Error Handling", "all other exceptions return a 500 status"),
)
promise(
    "finish_is_no_error",
    tornado_handler,
    select(REQUEST_HOOKS, "finish"),
    both(answers(200), NOT_OPENED, called("log_exception", ...).never()),
    source=doc(
        SITE + "web.html",
        "Finish",
        "ends the request with the pending response, without the methods that handle errors",
    ),
)
promise(
    "finish_of_a_coroutine_is_no_error",
    tornado_handler_coroutines,
    preparing.prepare_waits_and.member("raises_finish"),
    both(answers(200), NOT_OPENED, called("log_exception", ...).never()),
    source=doc(
        SITE + "web.html",
        "Finish",
        "ends the request with the pending response, without the methods that handle errors",
    ),
)

# Exceptions are logged

for _exception, _ends in ENDS.items():
    _cells = select((*REQUEST_HOOKS, requests.on_finish_raises, *HOOKS), *_ends)
    promise(
        f"log_exception_gets_the_{_ends[0]}",
        HANDLERS,
        _cells,
        called("log_exception", error(_exception)).once(),
        source=doc(
            SITE + "web.html",
            "RequestHandler.log_exception",
            "is overridden to customize how uncaught exceptions are logged",
        ),
    )
promise(
    "exceptions_after_the_clients_end_go_to_log_exception",
    tornado_handler_coroutines,
    (late.on_message_raises_once_the_client, late.open_raises_once_the_client),
    called("log_exception", error("RuntimeError")).once(),
    source=cite_release_notes("5.1.0", "exceptions are logged with RequestHandler.log_exception"),
)

# Coroutines that are still running

promise(
    "on_message_waits_for_a_coroutine_open",
    tornado_handler_coroutines,
    waiting.open_waits_and_frames_come,
    in_order("open", "the rest of open", "on_message"),
    source=cite_handler("open", "on_message is not called before open has returned"),
)
promise(
    "the_next_message_waits",
    tornado_handler_coroutines,
    waiting.on_message_waits_and_frames_come,
    in_order("on_message", "the rest of on_message", "on_message", "the rest of on_message"),
    source=cite_release_notes(
        "4.5.0", "new messages are not processed before a coroutine on_message has finished"
    ),
)
promise(
    "a_write_on_a_lost_connection_raises_when_awaited",
    tornado_handler_coroutines,
    (
        late.on_message_sends_once_the_client.member("resets"),
        late.early_message_is_answered_once_the_client.member("resets"),
    ),
    raised("send", "WebSocketClosedError"),
    source=cite_handler(
        "write_message", "raises WebSocketClosedError if the connection is closed already"
    ),
)
promise(
    "a_late_close_shows_the_client_code_and_reason",
    tornado_handler_coroutines,
    late.handler_closes_late_in,
    both(returned("close", None), sends_close(4000, "enough")),
    source=cite_handler("close", "the code and the reason are made available to the client"),
)
