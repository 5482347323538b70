"""What the documents promise of opening requests, redirects and proxies that lead to a server."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_legacy_client

from ...judging.expectations import both, raised, reached, sends_header
from ...judging.promise import doc
from ...scenarios.websockets import proxied_openings as proxies
from ...scenarios.websockets import redirected_openings as redirected
from ...scenarios.websockets import request_headers as requests
from .connection_situations import CHANGELOG, FEATURES, promise_on_own_page, promise_since
from .opening_situations import (
    AUTHENTICATION,
    CALLERS,
    COMPRESSION,
    NEW_CALLERS,
    PROXIES,
    REDIRECTS,
    SINCE_15_0,
    SINCE_17_0,
    VARIABLES,
)

CLOSED = raised("recv", "ConnectionClosedOK").once()
BASIC = "Basic YSB1c2VyOnBhc3M6d29yZA=="
"""The user "a user" and the password "pass:word", RFC 7617."""
PROXY_BASIC = "Basic dXNlcjpwYXNzOndvcmQ="
"""The user "user" and the password "pass:word"."""

# What the request carries
promise_since(
    "user_information_becomes_basic_authentication",
    CALLERS,
    requests.client_sends_user_information,
    sends_header("Authorization", BASIC),
    doc(
        AUTHENTICATION,
        "Machine-to-machine authentication",
        "credentials in the address authenticate with HTTP Basic; they are percent-encoded there",
    ),
)
promise_on_own_page(
    "additional_headers_are_sent",
    NEW_CALLERS,
    (
        requests.client_sends_headers.member("of_its_own"),
        requests.client_sends_headers.member("of_its_own_and_no_user_agent"),
    ),
    both(sends_header("Authorization", "Bearer secret"), sends_header("X-Own", "one")),
    "connect, additional_headers",
    "headers that are added to the request",
)
promise_on_own_page(
    "extra_headers_are_sent",
    {one: CALLERS[one] for one in CALLERS if one not in NEW_CALLERS},
    requests.client_sends_headers.member("under_their_former_name"),
    both(
        sends_header("Authorization", "Bearer secret"),
        sends_header("X-Own", "one"),
        sends_header("User-Agent", "agent"),
    ),
    "connect, extra_headers and user_agent_header",
    "headers that are added to the request, and the value of its User-Agent header",
    dict.fromkeys(CALLERS, ">=10.4"),
)
for _end, _value in (("of_its_own", "agent"), ("of_its_own_and_no_user_agent", None)):
    promise_on_own_page(
        f"user_agent_header_{_end}_is_followed",
        NEW_CALLERS,
        requests.client_sends_headers.member(_end),
        sends_header("User-Agent", _value),
        "connect, user_agent_header",
        "the value of the User-Agent header; None removes it",
    )
promise_on_own_page(
    "origin_is_sent",
    CALLERS,
    requests.client_offers_subprotocols,
    sends_header("Origin", "http://here"),
    "connect, origin",
    "the value of the Origin header",
)
promise_on_own_page(
    "subprotocols_are_offered_in_order",
    CALLERS,
    requests.client_offers_subprotocols,
    sends_header("Sec-WebSocket-Protocol", "chat, superchat"),
    "connect, subprotocols",
    "the subprotocols, the preferred one first",
)
promise_since(
    "compression_can_be_disabled",
    CALLERS,
    requests.client_offers_no_compression,
    sends_header("Sec-WebSocket-Extensions", None),
    doc(COMPRESSION, "Configuring compression", "compression=None turns compression off"),
)
promise_since(
    "headers_are_decoded_as_latin_1",
    NEW_CALLERS,
    requests.server_sends_a_header_beyond_ascii,
    reached("X-Odd header", "caf\xe9"),
    doc(CHANGELOG, "17.0, improvements", "headers beyond ASCII are ISO-8859-1"),
    SINCE_17_0,
)

# Redirects
promise_since(
    "connect_follows_redirects_to_a_server",
    NEW_CALLERS,
    (
        *redirected.server_redirects_elsewhere_with,
        redirected.server_redirects_to_a_relative_path,
        *redirected.server_redirects_a_request_with_secrets,
        redirected.server_redirects_a_user_to_a_path,
        redirected.server_redirects_a_user_to_another_origin,
    ),
    CLOSED,
    doc(CHANGELOG, "13.1 and 17.1, new features", "connect() follows redirects"),
    REDIRECTS,
)
promise_since(
    "connect_follows_redirects_to_tls",
    CALLERS,
    redirected.server_redirects_to_tls,
    CLOSED,
    doc(CHANGELOG, "13.0, bug fixes", "a redirect from ws:// to wss:// is followed"),
    {**REDIRECTS, websockets_legacy_client: ">=13.0"},
)
promise_since(
    "connect_follows_redirects_as_in_the_table",
    [one for one in CALLERS if one not in NEW_CALLERS],
    (
        *[one for one in redirected.server_redirects_elsewhere_with if one.end != "300"],
        redirected.server_redirects_to_a_relative_path,
        redirected.server_redirects_a_user_to_a_path,
        redirected.server_redirects_a_user_to_another_origin,
    ),
    CLOSED,
    doc(FEATURES, "Client, Follow HTTP redirects", "the legacy API follows redirects"),
)
promise_since(
    "connect_follows_ten_redirects",
    NEW_CALLERS,
    redirected.server_redirects_ten_times,
    CLOSED,
    doc(VARIABLES, "WEBSOCKETS_MAX_REDIRECTS", "connect() follows up to 10 redirects by default"),
    REDIRECTS,
)
promise_since(
    "secrets_do_not_leave_their_origin",
    NEW_CALLERS,
    redirected.server_redirects_a_request_with_secrets.member("to_another_origin"),
    both(sends_header("Authorization", None), sends_header("Cookie", None)),
    doc(
        CHANGELOG,
        "16.1, improvements",
        "Authorization, Cookie and Proxy-Authorization are left out after a redirect to another "
        "origin",
    ),
    {surface: max(since, ">=16.1") for surface, since in REDIRECTS.items()},
)

# Proxies
promise_since(
    "a_proxy_of_the_environment_is_used",
    NEW_CALLERS,
    (
        *proxies.server_closes_behind_the_proxy,
        proxies.server_closes_behind_a_socks_proxy.member("by_the_environment"),
    ),
    CLOSED,
    doc(
        PROXIES,
        "Configuration",
        "ws_proxy comes before https_proxy, and that before http_proxy; each may name a SOCKS "
        "proxy or an HTTP proxy",
    ),
    SINCE_15_0,
)
promise_since(
    "a_proxy_can_be_avoided",
    NEW_CALLERS,
    proxies.server_closes_beside_the_proxy,
    CLOSED,
    doc(PROXIES, "Configuration", "no_proxy names servers without a proxy; proxy=None disables it"),
    SINCE_15_0,
)
promise_since(
    "a_proxy_that_is_given_is_used",
    NEW_CALLERS,
    (
        proxies.server_closes_behind_an_http_proxy,
        proxies.server_closes_over_tls_behind_an_http_proxy,
        proxies.server_closes_behind_a_socks_proxy.member("as_an_option"),
    ),
    CLOSED,
    doc(PROXIES, "Configuration; HTTP proxies", "`proxy` gives a proxy, through which TLS works"),
    SINCE_15_0,
)
promise_since(
    "credentials_of_the_proxy_are_sent",
    NEW_CALLERS,
    proxies.server_closes_behind_an_http_proxy,
    sends_header("Proxy-Authorization", PROXY_BASIC, ...),
    doc(PROXIES, "Configuration", "credentials in the address authenticate with the proxy"),
    SINCE_15_0,
)
promise_since(
    "connect_uses_a_proxy_of_an_older_http",
    NEW_CALLERS,
    proxies.server_closes_behind_a_proxy_of_an_older_http,
    CLOSED,
    doc(CHANGELOG, "16.0, improvements", "proxies that speak HTTP/1.0 are supported"),
    dict.fromkeys(NEW_CALLERS, ">=16.0"),
)
promise_since(
    "connect_uses_a_proxy_that_has_tls",
    NEW_CALLERS,
    proxies.server_closes_behind_a_proxy_that_has_tls,
    CLOSED,
    doc(PROXIES, "HTTP proxies", "the connection to a proxy at https:// is one over TLS"),
    SINCE_15_0,
)
