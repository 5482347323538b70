"""What the promises about opening a connection share: pages, releases, situations."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_client,
    websockets_legacy_client,
    websockets_threading_client,
    websockets_trio_client,
)

from ...scenarios.websocket_client import opening_fails as odd
from ...scenarios.websocket_client import opening_redirected as redirected
from ...scenarios.websockets import opening_answers as answers
from ...scenarios.websockets import proxies_that_fail as failing
from .connection_situations import CLIENTS, NEVER, PAGES

CALLERS = {
    surface: CLIENTS[surface]
    for surface in (
        websockets_asyncio_client,
        websockets_threading_client,
        websockets_trio_client,
        websockets_legacy_client,
    )
}
"""The clients that play these scenarios, and their reference pages."""
NEW_CALLERS = {one: page for one, page in CALLERS.items() if one is not websockets_legacy_client}
"""Without the legacy API, whose pages say something else."""
PROXIES = f"{PAGES}topics/proxies.html"
AUTHENTICATION = f"{PAGES}topics/authentication.html"
COMPRESSION = f"{PAGES}topics/compression.html"
VARIABLES = f"{PAGES}reference/variables.html"
SINCE_15_0 = dict.fromkeys(CALLERS, ">=15.0")
SINCE_17_0 = dict.fromkeys(CALLERS, ">=17.0")
REDIRECTS = {
    websockets_asyncio_client: ">=13.1",
    websockets_threading_client: ">=17.1",
    websockets_trio_client: ">=17.0",
    websockets_legacy_client: NEVER,
}
"""The releases whose `connect()` follows redirects."""

REJECTED = (
    *answers.server_rejects_with,
    *(
        odd.server_answers.member(end)
        for end in (
            "with_200",
            "with_204_without_body",
            "without_length",
            "without_phrase",
            "with_body_not_utf8",
        )
    ),
    redirected.server_redirects_to_a_refusal,
)
"""The response is one of HTTP/1.1, and its status is not 101."""
MALFORMED = (
    *(
        odd.server_answers.member(end)
        for end in ("with_bad_length", "with_negative_length", "before_body_ends")
    ),
    answers.server_refuses_with_body.member("of_two_lengths"),
)
"""The head of the response is well formed, and what it says of the body is not."""
PROXY_BREAKS = (failing.http_proxy_answers_garbage, failing.http_proxy_ends_mid_headers)
PROXY_SILENT = (failing.http_proxy_is_silent, failing.socks_proxy_is_silent)
SOCKS_FAILS = (failing.socks_proxy_refuses, failing.socks_proxy_ends)
