"""Situations that only websocket-client has, by what its promises ask of them.

The names say how a connection goes; `websocket_client_common` adds them to the situations that
every library has.
"""

from __future__ import annotations

from ..scenarios import error as failure
from ..scenarios.websocket_client import opening_detours as detours
from ..scenarios.websocket_client import opening_fails as fails
from ..scenarios.websocket_client import opening_redirected as redirected
from ..scenarios.websocket_client import peer_faults as faults
from ..scenarios.websocket_client import peer_faults_when_closing as closing
from ..scenarios.websocket_client import proxies

REDIRECTED = (
    *detours.server_redirects_then_closes,
    detours.server_redirects_within_limit_then_closes,
)
PROXIED = (
    detours.server_closes_behind_a_proxy,
    detours.server_closes_over_tls_behind_a_proxy,
    *detours.server_closes_behind_socks_five,
    *detours.server_closes_behind_socks_four,
)
UNCHECKED = (
    closing.server_closes_with_certificate_unchecked,
    closing.server_closes_with_name_unchecked,
)
SERVER_CLOSES_WITH_REASON = (
    *REDIRECTED,
    *PROXIED,
    *UNCHECKED,
    detours.server_confirms_subprotocol_then_closes,
    detours.server_closes_beside_a_proxy[0],
    closing.server_closes_with_longest_reason,
    closing.server_closes_with_reason_unvalidated,
    closing.server_closes_then_ends_unread,
    closing.server_closes_with_sslopt_unused,
)
SERVER_CLOSES_WITH_CODE = (closing.server_closes_with_bad_reason_unvalidated,)

ACCEPTED = faults.server_breaks_the_protocol[:2]
"""Frames that break the protocol, which this library has never minded."""
SERVER_BREAKS_THE_PROTOCOL = faults.server_breaks_the_protocol[2:]

RAGGED = (faults.tls_ends_raggedly_when_idle, faults.tls_ends_raggedly_mid_frame)
SERVER_LOST = (
    *RAGGED,
    faults.tls_ends_mid_frame_without_alert,
    faults.server_is_silent_beyond_default_timeout,
)
TLS_BROKEN = (faults.tls_breaks_mid_frame, failure.tls_breaks_after_the_handshake)
LOST_OTHERWISE = (
    *TLS_BROKEN,
    closing.server_closes_then_resets,
    faults.server_is_silent_mid_frame,
)
"""The connection is lost behind a close frame, or to a fault of TLS, or to a timeout."""

SERVER_ENDED_IN_THE_HANDSHAKE = (
    faults.tls_ends_raggedly_in_the_handshake,
    faults.tls_ends_in_the_handshake_without_alert,
    fails.server_ends_mid_headers,
    fails.server_ends_mid_headers_of_refusal,
    fails.server_resets_mid_headers,
    fails.server_is_silent_without_timeout,
    proxies.proxy_ends_once_granted,
)
SERVER_REFUSES = (
    *(one for one in fails.server_answers if not one.name.endswith("before_body_ends")),
    redirected.server_redirects_to_a_refusal,
    proxies.server_behind_a_proxy_refuses,
)
HTTP_PROXY_FAULTS = (
    proxies.proxy_is_not_there,
    *proxies.proxy_refuses_with,
    proxies.proxy_answers_garbage,
    proxies.proxy_ends_in_the_connect,
    proxies.proxy_resets_in_the_connect,
    proxies.proxy_is_silent_until_timeout,
    proxies.proxy_is_silent_beyond_its_timeout,
)
SOCKS_PROXY_FAULTS = (
    proxies.socks_proxy_is_not_there,
    proxies.socks_proxy_accepts_no_method,
    *proxies.socks_proxy_replies,
    proxies.socks_four_proxy_rejects,
    proxies.socks_proxy_answers_garbage,
    proxies.socks_proxy_ends_when_greeted,
    proxies.socks_proxy_resets_when_asked,
    proxies.socks_proxy_is_silent_until_its_timeout,
    proxies.socks_proxy_is_silent_beyond_timeout,
)
PROXY_FAULTS = (
    *HTTP_PROXY_FAULTS,
    *SOCKS_PROXY_FAULTS,
    proxies.proxy_type_is_unknown,
)
REDIRECTED_TO_NOWHERE = (
    redirected.server_redirects_for_ever,
    *redirected.server_redirects_to,
    redirected.server_redirects_to_a_path,
    redirected.server_redirects_beyond_limit_of_none,
    redirected.server_redirects_beyond_limit_of_one,
)
NO_TIMEOUT_APPLIED = (
    fails.server_is_silent_in_the_tls_handshake,
    proxies.socks_proxy_is_silent_beyond_timeout,
)
SERVER_DOES_NOT_OPEN = (
    *SERVER_ENDED_IN_THE_HANDSHAKE,
    *SERVER_REFUSES,
    *REDIRECTED_TO_NOWHERE,
    *PROXY_FAULTS,
    *proxies.proxy_has_no_port,
    *(one for one in fails.server_answers if one not in SERVER_REFUSES),
    *fails.server_accepts_with,
    *fails.subprotocol,
    *fails.server_answers_nonsense,
    fails.header_callable_raises,
    fails.server_is_silent_mid_headers,
    fails.server_is_silent_until_default_timeout,
    fails.server_is_silent_in_the_tls_handshake,
    faults.tls_breaks_in_the_handshake,
    proxies.server_behind_socks_is_silent,
    proxies.name_of_proxy_is_not_resolved,
)
