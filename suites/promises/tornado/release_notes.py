"""What the release notes promise."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_client_callback, tornado_handler

from ...judging.expectations import (
    both,
    called,
    either,
    ends,
    error,
    logged,
    raised,
    returned,
    warned,
)
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.tornado import client_requests, reads_of_messages
from .tornado_documents import BOTH_STYLES, RAISING, cite_release_notes

promise(
    "exceptions_go_to_log_exception",
    tornado_handler,
    RAISING,
    called("log_exception", error("ApplicationError")).once(),
    source=cite_release_notes("5.1.0", "exceptions are logged with RequestHandler.log_exception"),
)
promise(
    "a_cancelled_handler_closes",
    tornado_handler,
    close.application_is_cancelled_on_message,
    both(called("on_close", ...).once(), ends("at once")),
    source=cite_release_notes("6.6.0", "a CancelledError no longer leaves the connection open"),
    versions=">=6.6",
)
promise(
    "a_cancelled_callback_closes",
    tornado_client_callback,
    reads_of_messages.callback_is_cancelled_on_message,
    both(called("on_message_callback", None), ends("at once")),
    source=cite_release_notes("6.6.0", "a CancelledError no longer leaves the connection open"),
    versions=">=6.6",
)
promise(
    "set_nodelay_works",
    tornado_handler,
    client_requests.application_sets_nodelay,
    returned("set_nodelay", None).once(),
    source=cite_release_notes("6.0.2", "set_nodelay works again", "Bug fixes"),
)
promise(
    "a_redirect_is_an_error",
    BOTH_STYLES,
    [failing.server_redirects_to_nowhere, failing.server_redirects_without_location],
    both(raised("websocket_connect", "Exception"), ends("at once")),
    source=cite_release_notes(
        "6.1.0", "websocket_connect raises an error for a redirect instead of hanging"
    ),
    versions=">=6.1",
)
promise(
    "an_unclosed_connection_is_warned_of",
    BOTH_STYLES,
    [
        close.application_leaves_on_message,
        close.application_is_cancelled_on_message,
        open_time_close.application_leaves_when_opened,
    ],
    either(warned("ResourceWarning"), logged("WARNING")),
    source=cite_release_notes(
        "6.4.0", "a warning is logged for a client connection that was not closed"
    ),
    versions=">=6.4",
)
