"""What the user's guide promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import PEER_CODE, PEER_REASON, both, called, reached
from ...judging.promise import doc, promise
from ...scenarios import close, open_time_close
from .tornado_documents import SITE

promise(
    "no_open_when_prepare_ends_the_request",
    tornado_handler,
    open_time_close.request_hook_refuses,
    both(called("open", ...).never(), called("on_finish").once()),
    source=doc(
        SITE + "guide/structure.html",
        "Error Handling; Overriding RequestHandler methods, 5",
        "an exception of a handler ends the request with an error page, and then on_finish() is "
        "called",
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
        "IOLoop.spawn_callback runs a coroutine in the background",
    ),
)
