"""What the documents promise of openings by the client that take long, or need a request."""

from __future__ import annotations

from ...judging.expectations import both, ends, error, raised, returned
from ...judging.promise import doc, promise
from ...scenarios import error as failing
from ...scenarios.tornado import opening_in_time as in_time
from ...scenarios.tornado import refusing_answers as answers
from ...scenarios.websockets import opening_answers as common
from .tornado_documents import BOTH_STYLES, SITE, cite_release_notes

DEFAULT, LIMIT = ends("1 x open_timeout"), ends("1 x close_timeout")
"""20 seconds, and the 5 that the application asks for."""
PAGE = SITE + "httpclient.html"

promise(
    "the_response_may_take_20_seconds",
    BOTH_STYLES,
    [one for one in in_time.server_is_silent if one.end != "for_request_timeout"],
    both(raised("websocket_connect", "Exception"), DEFAULT),
    source=doc(
        PAGE,
        "HTTPRequest, request_timeout",
        "the timeout for the entire request, 20 seconds by default",
    ),
)
promise(
    "request_timeout_is_for_the_entire_request",
    BOTH_STYLES,
    (
        in_time.server_is_silent.member("for_request_timeout"),
        in_time.resolver_is_silent.member("for_request_timeout"),
    ),
    both(raised("websocket_connect", "Exception"), LIMIT),
    source=doc(PAGE, "HTTPRequest, request_timeout", "the timeout for the entire request"),
)
promise(
    "connecting_may_take_20_seconds",
    BOTH_STYLES,
    (
        in_time.resolver_is_silent.member("by_default"),
        in_time.server_is_silent_in_the_tls_handshake.member("by_default"),
    ),
    both(raised("websocket_connect", "Exception"), DEFAULT),
    source=doc(
        PAGE,
        "HTTPRequest, connect_timeout",
        "the timeout for the initial connection, 20 seconds by default",
    ),
)
promise(
    "connect_timeout_is_for_the_initial_connection",
    BOTH_STYLES,
    (
        in_time.resolver_is_silent.member("for_connect_timeout_of_the_request"),
        in_time.server_is_silent_in_the_tls_handshake.member("for_connect_timeout"),
    ),
    both(raised("websocket_connect", "Exception"), LIMIT),
    source=doc(PAGE, "HTTPRequest, connect_timeout", "the timeout for the initial connection"),
)
promise(
    "code_is_599_without_a_response",
    BOTH_STYLES,
    (
        *in_time.server_is_silent,
        *in_time.resolver_is_silent,
        *in_time.server_is_silent_in_the_tls_handshake,
        failing.server_is_silent_in_the_handshake,
        common.server_falls_silent_mid_headers,
        failing.server_ends_in_the_handshake,
        answers.server_ends_in_the_headers,
    ),
    raised("websocket_connect", error("HTTPClientError", code=599)),
    source=doc(PAGE, "HTTPClientError", "its code is 599 if no response came, as for a timeout"),
)
for _one in (*failing.server_refuses_with, *common.server_rejects_with):
    if _one.end != "100":
        promise(
            f"code_is_{_one.end}",
            BOTH_STYLES,
            _one,
            raised("websocket_connect", error("HTTPClientError", code=int(_one.end))),
            source=doc(PAGE, "HTTPClientError", "its code is the status of the response"),
        )
promise(
    "timeouts_of_zero_are_none",
    BOTH_STYLES,
    in_time.server_answers_after_a_minute,
    returned("websocket_connect", ...).once(),
    source=cite_release_notes(
        "6.1.0", "request_timeout and connect_timeout can be 0: no timeout", "tornado.httpclient"
    ),
    versions=">=6.1",
)
promise(
    "a_certificate_need_not_be_validated",
    BOTH_STYLES,
    in_time.certificate_is_not_checked,
    returned("websocket_connect", ...).once(),
    source=doc(PAGE, "HTTPRequest, validate_cert", "whether the certificate is validated"),
)
for _one in answers.server_redirects_the_client_with:
    promise(
        f"code_is_{_one.end}",
        BOTH_STYLES,
        _one,
        both(
            raised("websocket_connect", error("HTTPClientError", code=int(_one.end))),
            ends("at once"),
        ),
        source=cite_release_notes(
            "6.1.0", "websocket_connect raises an error for a redirect instead of hanging"
        ),
        versions=">=6.1",
    )
