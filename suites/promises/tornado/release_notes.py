"""What the release notes promise."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import both, called, ends, error, logged, raised, warned
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from .tornado_documents import BOTH_STYLES, cite_release_notes

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
    source=cite_release_notes(
        "5.1.0", "RequestHandler.log_exception logs each exception as an error"
    ),
)
promise(
    "a_cancelled_handler_closes",
    tornado_handler,
    close.application_is_cancelled_on_message,
    both(called("on_close", ...).once(), ends("at once")),
    source=cite_release_notes("6.6.0", "a CancelledError no longer leaves the connection open"),
)
promise(
    "a_redirect_is_an_error",
    BOTH_STYLES,
    [failing.server_redirects_to_nowhere, failing.server_redirects_without_location],
    both(raised("websocket_connect", "Exception"), ends("at once")),
    source=cite_release_notes(
        "6.1.0", "websocket_connect raises an error for a redirect instead of hanging"
    ),
)
promise(
    "an_unclosed_connection_is_warned_of",
    BOTH_STYLES,
    [
        close.application_leaves_on_message,
        close.application_is_cancelled_on_message,
        open_time_close.application_leaves_when_opened,
    ],
    warned("ResourceWarning"),
    source=cite_release_notes(
        "6.4.0", "a warning is issued for a client connection that was not closed"
    ),
)
