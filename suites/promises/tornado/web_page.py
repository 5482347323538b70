"""What the page on `tornado.web` promises about every `RequestHandler`."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import both, called
from ...judging.promise import doc, promise
from ...scenarios import error as failing
from ...scenarios import open_time_close
from .tornado_documents import OPENING, SITE

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
        "called in asynchronous handlers if the client closes the connection",
    ),
)
