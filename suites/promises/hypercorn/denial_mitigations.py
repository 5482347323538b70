"""What hypercorn's page on mitigations of denial of service promises."""

from __future__ import annotations

from ...judging.expectations import ANYTHING, both, called, either, ends
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios.asgi import limits_of_config as limits
from .hypercorn_documents import DOCUMENTED, cite_site

MITIGATIONS = "discussion/dos_mitigations"

promise(
    "an_inactive_connection_ends",
    DOCUMENTED,
    failing.client_is_silent_in_the_handshake,
    ends("1 x open_timeout"),
    source=cite_site(
        MITIGATIONS,
        "Inactive connection",
        "a connection on which no request comes is closed after keep_alive_timeout, 5 s by default",
    ),
)
promise(
    "an_idle_websocket_is_kept",
    DOCUMENTED,
    limits.client_is_idle_for_a_while,
    ends("4 x close_timeout"),
    source=cite_site(
        MITIGATIONS, "Inactive connection", "keep_alive_timeout is not about WebSocket connections"
    ),
)
promise(
    "too_big_a_message_ends_the_connection",
    DOCUMENTED,
    (failing.message_is_too_big, limits.client_sends_too_big_fragments),
    both(
        called("websocket.receive", ...).never(),
        either(
            called("websocket.disconnect", ANYTHING).once(),
            called("websocket.disconnect", ANYTHING, ANYTHING).once(),
        ),
    ),
    source=cite_site(
        MITIGATIONS,
        "Large websocket message",
        "a message larger than websocket_max_message_size has the connection closed abruptly",
    ),
)
