"""What the page on `tornado.httpclient` promises about requests, the opening request included."""

from __future__ import annotations

from ...judging.expectations import both, ends, raised, returned
from ...judging.promise import doc, promise
from ...scenarios import error as failing
from .tornado_documents import BOTH_STYLES, SITE

promise(
    "the_handshake_times_out",
    BOTH_STYLES,
    (failing.server_is_silent_in_the_handshake, failing.server_is_silent_then_ends),
    both(raised("websocket_connect", "Exception"), ends("1 x open_timeout")),
    source=doc(
        SITE + "httpclient.html",
        "HTTPRequest, request_timeout",
        "the timeout for the entire request, 20 seconds by default",
    ),
)
promise(
    "a_bad_certificate_is_refused",
    BOTH_STYLES,
    failing.certificate_is,
    both(raised("websocket_connect", "Exception"), returned("websocket_connect", ...).never()),
    source=doc(
        SITE + "httpclient.html",
        "HTTPRequest, validate_cert",
        "the certificate of the server is validated by default",
    ),
)
