"""What the documents promise of connections that do not open: which exception says what."""

from __future__ import annotations

from ...judging.expectations import both, ends, error, raised, thing
from ...judging.promise import doc
from ...scenarios.websocket_client import opening_fails as odd
from ...scenarios.websocket_client import opening_redirected as redirected
from ...scenarios.websockets import opening_answers as answers
from ...scenarios.websockets import opening_redirected_in_vain as in_vain
from ...scenarios.websockets import proxies_that_fail as failing
from .connection_situations import (
    AFTER_ONE_OPEN_TIMEOUT,
    CHANGELOG,
    EXCEPTIONS,
    SINCE_10_0,
    SINCE_13_1,
    SINCE_14_2,
    promise_on_own_page,
    promise_since,
)
from .opening_situations import (
    CALLERS,
    MALFORMED,
    NEW_CALLERS,
    PROXY_BREAKS,
    PROXY_SILENT,
    REDIRECTS,
    REJECTED,
    SINCE_15_0,
    SINCE_17_0,
    SOCKS_FAILS,
)

promise_since(
    "connect_raises_invalid_status_if_the_upgrade_is_rejected",
    NEW_CALLERS,
    REJECTED,
    raised("connect", "InvalidStatus").once(),
    doc(EXCEPTIONS, "InvalidStatus", "the response rejects the upgrade"),
)
promise_since(
    "connect_raises_invalid_message_if_the_response_is_malformed",
    NEW_CALLERS,
    MALFORMED,
    raised("connect", "InvalidMessage").once(),
    doc(EXCEPTIONS, "InvalidMessage", "the request or the response is malformed"),
    SINCE_14_2,
)
for _end, _exception in (
    ("first_line", "StatusLineTooLong"),
    ("header_line", "HeaderLineTooLong"),
    ("list_of_headers", "TooManyHeaders"),
):
    promise_since(
        f"connect_raises_for_a_{_end}_beyond_the_limit",
        NEW_CALLERS,
        answers.server_refuses_with_too_long.member(_end),
        raised("connect", _exception).once(),
        doc(
            EXCEPTIONS,
            f"Connection failed; {_exception}",
            "connect() raises it if a response exceeds that limit",
        ),
        SINCE_17_0,
    )
promise_since(
    "connect_raises_invalid_header_without_accept_value",
    CALLERS,
    odd.server_accepts_with.member("no_accept_value"),
    raised("connect", error("InvalidHeader", name="Sec-WebSocket-Accept")).once(),
    doc(EXCEPTIONS, "InvalidHeader", "the format or the value of a header is invalid"),
)
promise_since(
    "connect_raises_invalid_upgrade_without_connection_upgrade",
    CALLERS,
    [
        odd.server_accepts_with.member(end)
        for end in ("no_connection_header", "another_connection_header", "another_upgrade_header")
    ],
    raised("connect", "InvalidUpgrade").once(),
    doc(EXCEPTIONS, "InvalidUpgrade", "the Upgrade or Connection header is incorrect"),
)
promise_since(
    "connect_raises_negotiation_error",
    CALLERS,
    (*answers.server_chooses_unasked, answers.server_chooses_another_subprotocol),
    raised("connect", "NegotiationError").once(),
    doc(EXCEPTIONS, "NegotiationError", "no extension or subprotocol can be agreed on"),
    SINCE_13_1,
)
promise_on_own_page(
    "connect_raises_invalid_uri",
    CALLERS,
    odd.address_is,
    raised("connect", "InvalidURI").once(),
    "connect, Raises",
    "raises InvalidURI if the address is not a valid one of a WebSocket server",
)
promise_since(
    "connect_raises_invalid_uri_after_a_redirect",
    CALLERS,
    redirected.server_redirects_to,
    raised("connect", "InvalidURI").once(),
    doc(EXCEPTIONS, "InvalidURI", "an address is connected to that is not one of a WebSocket"),
    REDIRECTS | dict.fromkeys(CALLERS.keys() - NEW_CALLERS.keys(), ""),
)
promise_on_own_page(
    "open_timeout_limits_slow_openings",
    CALLERS,
    (answers.server_falls_silent_mid_headers, odd.server_is_silent_in_the_tls_handshake),
    both(raised("connect", "TimeoutError").once(), ends(*AFTER_ONE_OPEN_TIMEOUT)),
    "connect, open_timeout and Raises",
    "raises TimeoutError if the opening handshake takes too long; the default is 10 seconds",
    SINCE_10_0,
)
promise_since(
    "connect_raises_security_error_for_an_unsafe_redirect",
    NEW_CALLERS,
    (in_vain.server_redirects_out_of_tls,),
    raised("connect", "SecurityError").once(),
    doc(EXCEPTIONS, "SecurityError", "a response breaks a rule of security"),
    REDIRECTS,
)

# Proxies
promise_on_own_page(
    "connect_raises_invalid_proxy",
    NEW_CALLERS,
    failing.proxy_address_is,
    raised("connect", "InvalidProxy").once(),
    "connect, Raises",
    "raises InvalidProxy if the address of the proxy is not a valid one",
    SINCE_15_0,
)
for _scenario in failing.http_proxy_refuses_with:
    promise_since(
        f"connect_raises_invalid_proxy_status_{_scenario.end}",
        NEW_CALLERS,
        _scenario,
        raised(
            "connect",
            error("InvalidProxyStatus", response=thing("Response", status_code=int(_scenario.end))),
        ).once(),
        doc(EXCEPTIONS, "InvalidProxyStatus", "an HTTP proxy rejects the connection"),
        SINCE_15_0,
    )
promise_since(
    "connect_raises_invalid_proxy_status_of_an_older_http",
    NEW_CALLERS,
    failing.proxy_of_an_older_http_refuses,
    raised("connect", "InvalidProxyStatus").once(),
    doc(CHANGELOG, "16.0, improvements", "proxies that speak HTTP/1.0 are supported"),
    dict.fromkeys(NEW_CALLERS, ">=16.0"),
)
promise_since(
    "connect_raises_invalid_proxy_message",
    NEW_CALLERS,
    PROXY_BREAKS,
    raised("connect", "InvalidProxyMessage").once(),
    doc(EXCEPTIONS, "InvalidProxyMessage", "the response of an HTTP proxy is malformed"),
    SINCE_15_0,
)
promise_since(
    "connect_raises_proxy_error",
    NEW_CALLERS,
    (*SOCKS_FAILS, failing.http_proxy_resets),
    raised("connect", "ProxyError").once(),
    doc(EXCEPTIONS, "ProxyError", "a connection to a proxy fails"),
    SINCE_15_0,
)
promise_on_own_page(
    "open_timeout_limits_the_way_through_a_proxy",
    NEW_CALLERS,
    PROXY_SILENT,
    both(raised("connect", "TimeoutError").once(), ends(*AFTER_ONE_OPEN_TIMEOUT)),
    "connect, open_timeout and Raises",
    "raises TimeoutError if the opening handshake takes too long; the default is 10 seconds",
    SINCE_15_0,
)
