"""Promises of websocket-client about what only it has: redirects, proxies, timeouts, validation."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_app as app
from fixtures.drivers.surfaces import websocket_client_core as core
from fixtures.model.situations import tagged

from ...judging.expectations import (
    ANYTHING,
    both,
    called,
    either,
    ends,
    error,
    raised,
    returned,
    thing,
)
from ...judging.promise import doc, promise
from ...scenarios.websocket_client import opening_detours as detours
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import opening_redirected as redirected
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import proxies
from .app_situations import APP, CORE, EXAMPLES, FAQ
from .exceptions import EXCEPTIONS

OPENED = returned("create_connection", thing("WebSocket")).once()
TIMEOUTS = "Setting Timeout Value"
PROXIES = "Connecting through a proxy"

# Redirects

promise(
    "redirects_within_the_limit_are_followed",
    core,
    detours.server_redirects_within_limit_then_closes,
    OPENED,
    source=doc(CORE, "create_connection, redirect_limit", "how many redirects are followed"),
)
promise(
    "no_redirect_beyond_the_limit_is_followed",
    core,
    (
        redirected.server_redirects_beyond_limit_of_none,
        redirected.server_redirects_beyond_limit_of_one,
    ),
    returned("create_connection", ...).never(),
    source=doc(CORE, "create_connection, redirect_limit", "how many redirects are followed"),
)

# Proxies, and verification

PROXY_ERROR = error("WebSocketProxyException")
for surface, opened, refused, page, call in (
    (
        app,
        called("on_open").once(),
        called("on_error", PROXY_ERROR).once(),
        APP,
        "WebSocketApp.run_forever",
    ),
    (core, OPENED, raised("create_connection", PROXY_ERROR), CORE, "create_connection"),
):
    promise(
        "a_proxy_needs_a_port",
        surface,
        proxies.proxy_has_no_port,
        refused,
        source=doc(page, f"{call}, http_proxy_port", "required where a proxy's host is given"),
        versions=">=1.9.1",
    )
    promise(
        "a_proxy_leads_to_the_server",
        surface,
        tagged("with_reason", "proxied"),
        opened,
        source=doc(EXAMPLES, PROXIES, "HTTP, by CONNECT, SOCKS4, 4a, 5 and 5h are supported"),
    )
    promise(
        "an_http_proxy_needs_no_type",
        surface,
        detours.server_closes_behind_a_proxy_of_no_type,
        opened,
        source=doc(
            page,
            f"{call}, http_proxy_host",
            "the HTTP proxy; only a port is required besides",
        ),
    )
    promise(
        "http_no_proxy_names_hosts_that_need_none",
        surface,
        detours.server_closes_beside_a_proxy,
        opened,
        source=doc(page, f"{call}, http_no_proxy", "hosts that do not use the proxy"),
    )
    promise(
        "verification_can_be_disabled",
        surface,
        (
            edges.server_closes_with_certificate_unchecked,
            edges.server_closes_with_name_unchecked,
        ),
        opened,
        source=doc(
            FAQ,
            "How to disable ssl cert verification?; How to disable hostname verification?",
            "sslopt with cert_reqs CERT_NONE, or with check_hostname False, does so",
        ),
    )

# Timeouts

TIMED_OUT = error("WebSocketTimeoutException")
promise(
    "default_timeout_bounds_the_opening",
    core,
    fails.server_is_silent_until_default_timeout,
    both(raised("create_connection", TIMED_OUT), ends("1 x timeout")),
    source=doc(CORE, "create_connection, timeout", "None means the default timeout"),
)
promise(
    "a_timeout_when_opening_is_a_timeout_exception",
    core,
    (fails.server_is_silent_mid_headers, proxies.server_behind_socks_is_silent),
    raised("create_connection", TIMED_OUT),
    source=doc(EXCEPTIONS, TIMED_OUT.name, "raised at a timeout of the socket in a read or write"),
)
promise(
    "a_timeout_when_receiving_is_a_timeout_exception",
    core,
    faults.server_is_silent_beyond_timeout,
    raised("recv_data", TIMED_OUT),
    source=doc(EXAMPLES, TIMEOUTS, "recv() raises it when the timeout is reached"),
)
promise(
    "a_timeout_when_receiving_is_a_timeout_exception",
    app,
    faults.server_is_silent_mid_frame,
    called("on_error", TIMED_OUT).once(),
    source=doc(EXCEPTIONS, TIMED_OUT.name, "raised at a timeout of the socket in a read or write"),
)
promise(
    "no_timeout_while_no_message_comes",
    app,
    faults.server_is_silent_beyond_default_timeout,
    called("on_error", TIMED_OUT).never(),
    source=doc(EXAMPLES, TIMEOUTS, "an app does not time out when no message comes"),
)

SILENT_PROXIES = (
    proxies.proxy_is_silent_beyond_its_timeout,
    proxies.socks_proxy_is_silent_until_its_timeout,
)
ANY_TIMEOUT = (TIMED_OUT, error("TimeoutError"))
promise(
    "http_proxy_timeout_bounds_the_proxy",
    app,
    SILENT_PROXIES,
    either(*(called("on_error", one).once() for one in ANY_TIMEOUT)),
    source=doc(APP, "WebSocketApp.run_forever, http_proxy_timeout", "the timeout of an HTTP proxy"),
    versions=">=1.4.0",
)
promise(
    "http_proxy_timeout_bounds_the_proxy",
    core,
    SILENT_PROXIES,
    either(*(raised("create_connection", one) for one in ANY_TIMEOUT)),
    source=doc(CORE, "create_connection, http_proxy_timeout", "the timeout of an HTTP proxy"),
    versions=">=1.4.0",
)

# Without validation

promise(
    "bad_text_is_delivered_without_validation",
    app,
    faults.server_sends_bad_text_unvalidated,
    both(
        called("on_message", ANYTHING).once(),
        called("on_error", error("WebSocketPayloadException")).never(),
    ),
    source=doc(APP, "WebSocketApp.run_forever, skip_utf8_validation", "text is not validated"),
)
promise(
    "good_text_is_delivered_without_validation",
    app,
    faults.server_sends_good_text_unvalidated,
    either(called("on_message", "hello").once(), called("on_message", b"hello").once()),
    source=doc(APP, "WebSocketApp.__init__, on_message", "called with the data, which is UTF-8"),
)
promise(
    "bad_text_is_delivered_without_validation",
    core,
    faults.server_sends_bad_text_unvalidated,
    returned("recv_data", 1, ANYTHING),
    source=doc(CORE, "create_connection, skip_utf8_validation", "text is not validated"),
)
promise(
    "good_text_is_delivered_without_validation",
    core,
    faults.server_sends_good_text_unvalidated,
    either(returned("recv_data", 1, b"hello"), returned("recv_data", 1, "hello")),
    source=doc(CORE, "WebSocket.recv_data, Returns", "the opcode (1: text) and the data"),
)
