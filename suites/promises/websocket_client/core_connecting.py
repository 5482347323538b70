"""What the page on the core API promises about `create_connection()`."""

from __future__ import annotations

from fixtures.drivers.surfaces import websocket_client_core as core

from ...judging.expectations import ANYTHING, both, either, ends, raised, returned, thing
from ...judging.promise import doc, promise
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websocket_client import opening_detours as detours
from ...scenarios.websocket_client import opening_fails as fails
from ...scenarios.websocket_client import opening_redirected as redirected
from ...scenarios.websocket_client import peer_faults as faults
from ...scenarios.websocket_client import peer_faults_when_closing as edges
from ...scenarios.websocket_client import proxies
from .app_situations import (
    ANSWERED,
    ANY_TIMEOUT,
    BROKEN,
    CORE,
    LOST,
    NEED_NO_PROXY,
    NEEDS_A_PORT,
    NEEDS_NO_TYPE,
    OPENED,
    PEER_CLOSES,
    SILENT_PROXIES,
    TIMED_OUT,
    TLS_BROKEN,
    UNANSWERED,
)

CLOSED_BY_THE_PEER = [
    scenario
    for scenario in PEER_CLOSES
    if scenario is not opening.application_closes_before_connecting  # that one calls connect()
]
promise(
    "create_connection_returns_the_websocket",
    core,
    (
        *CLOSED_BY_THE_PEER,
        *ANSWERED,
        *UNANSWERED,
        *LOST,
        *BROKEN,
        *TLS_BROKEN,
        edges.server_closes_then_resets,
    ),
    returned("create_connection", thing("WebSocket")).once(),
    source=doc(CORE, "create_connection", "connects and returns the WebSocket object"),
)

# Timeouts
promise(
    "timeout_bounds_the_opening",
    core,
    (failure.server_is_silent_in_the_handshake, failure.server_is_silent_then_ends),
    both(raised("create_connection", "WebSocketTimeoutException"), ends("1 x open_timeout")),
    source=doc(CORE, "create_connection, timeout", "the timeout of the socket, in seconds"),
)
promise(
    "default_timeout_bounds_the_opening",
    core,
    fails.server_is_silent_until_default_timeout,
    both(raised("create_connection", TIMED_OUT), ends("1 x open_timeout")),
    source=doc(CORE, "create_connection, timeout", "None means the default timeout"),
)

# Redirects
promise(
    "redirects_within_the_limit_are_followed",
    core,
    detours.server_redirects_within_limit_then_closes,
    OPENED,
    source=doc(
        CORE, "create_connection, redirect_limit", "the number of redirects that are followed"
    ),
)
promise(
    "no_redirect_beyond_the_limit_is_followed",
    core,
    (
        redirected.server_redirects_beyond_limit_of_none,
        redirected.server_redirects_beyond_limit_of_one,
    ),
    returned("create_connection", ...).never(),
    source=doc(
        CORE, "create_connection, redirect_limit", "the number of redirects that are followed"
    ),
)

# Proxies
promise(
    "a_proxy_needs_a_port",
    core,
    proxies.proxy_has_no_port,
    raised("create_connection", "Exception"),
    source=doc(CORE, "create_connection, http_proxy_port", NEEDS_A_PORT),
    versions=">=1.9.1",
)
promise(
    "an_http_proxy_needs_no_type",
    core,
    detours.server_closes_behind_a_proxy_of_no_type,
    OPENED,
    source=doc(CORE, "create_connection, http_proxy_host", NEEDS_NO_TYPE),
)
promise(
    "http_no_proxy_names_hosts_that_need_none",
    core,
    detours.server_closes_beside_a_proxy,
    OPENED,
    source=doc(CORE, "create_connection, http_no_proxy", NEED_NO_PROXY),
)
promise(
    "http_proxy_timeout_bounds_the_proxy",
    core,
    SILENT_PROXIES,
    either(*(raised("create_connection", one) for one in ANY_TIMEOUT)),
    source=doc(CORE, "create_connection, http_proxy_timeout", "the timeout of an HTTP proxy"),
    versions=">=1.4.0",
)

# Text
promise(
    "bad_text_is_delivered_without_validation",
    core,
    faults.server_sends_bad_text_unvalidated,
    returned("recv_data", 1, ANYTHING),
    source=doc(CORE, "create_connection, skip_utf8_validation", "the text is not validated"),
)
