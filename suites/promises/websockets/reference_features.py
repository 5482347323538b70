"""What the pages on features and on environment variables promise."""

from __future__ import annotations

from ...judging.expectations import ends, raised
from ...judging.promise import doc
from ...scenarios import close
from ...scenarios import error as failure
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    CLIENTS,
    CONNECTIONS,
    FEATURES,
    NOT_LEGACY,
    PAGES,
    REDIRECTS,
    promise_since,
)

promise_since(
    "connect_follows_redirects",
    CLIENTS,
    failure.server_redirects_to_nowhere,
    raised("connect", "OSError").once(),
    doc(f"{PAGES}reference/variables.html", "WEBSOCKETS_MAX_REDIRECTS", "redirects are followed"),
    REDIRECTS,
)
promise_since(
    "close_timeout_limits_the_closing_handshake",
    CONNECTIONS,
    close.peer_closes_and_keeps_tcp_open,
    ends("at once", *AFTER_ONE_CLOSE_TIMEOUT),
    doc(FEATURES, "Both sides, Enforce closing timeout", "the closing timeout is enforced"),
    NOT_LEGACY,
)
