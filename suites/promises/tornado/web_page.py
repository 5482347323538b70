"""What the page on `tornado.web` promises about every `RequestHandler`."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import both, called, either, ends, logged
from ...judging.promise import doc, promise
from .tornado_documents import OPENING, RAISING, SITE

promise(
    "prepare_comes_first",
    tornado_handler,
    OPENING,
    both(called("prepare").once().before("open"), called("prepare").before("select_subprotocol")),
    source=doc(
        SITE + "web.html",
        "RequestHandler.prepare",
        "called at the beginning of a request, before the method that handles it",
    ),
)
promise(
    "on_finish_is_called",
    tornado_handler,
    OPENING,
    both(
        called("on_finish").once(),
        called("prepare").before("on_finish"),
        called("select_subprotocol", ...).before("on_finish"),
    ),
    source=doc(
        SITE + "web.html",
        "RequestHandler.on_finish",
        "called after the end of the request, when the response has been sent",
    ),
)
promise(
    "log_exception_logs_an_error",
    tornado_handler,
    RAISING,
    either(logged("ERROR"), ends("hang")),  # of a run that hangs, no logs are kept
    source=doc(
        SITE + "web.html",
        "RequestHandler.log_exception",
        "by default logs as an error each exception that is not an HTTPError",
    ),
)
