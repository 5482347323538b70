"""What the page on features promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_default_client, websockets_trio_client

from ...judging.expectations import ends, raised
from ...judging.promise import doc
from ...scenarios import close
from ...scenarios import error as failure
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    CONNECTIONS,
    FEATURES,
    NOT_LEGACY,
    promise_since,
)

promise_since(
    "connect_follows_redirects",
    [websockets_default_client, websockets_trio_client],
    failure.server_redirects_to_nowhere,
    raised("connect", "OSError").once(),
    doc(FEATURES, "Client, Follow HTTP redirects", "redirects are followed"),
)
promise_since(
    "close_timeout_limits_the_closing_handshake",
    CONNECTIONS,
    close.peer_closes_and_keeps_tcp_open,
    ends("at once", *AFTER_ONE_CLOSE_TIMEOUT),
    doc(FEATURES, "Both sides, Enforce closing timeout", "the closing timeout is enforced"),
    NOT_LEGACY,
)
