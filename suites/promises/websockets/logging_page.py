"""What the guide to logging promises of servers. Texts of records are not compared: they count."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_server,
    websockets_legacy_server,
    websockets_threading_server,
    websockets_trio_server,
)

from ...judging.expectations import logged, logged_often
from ...judging.promise import doc
from ...scenarios import close
from ...scenarios.websockets import opening_hooks as hooks
from ...scenarios.websockets import opening_odd_requests as odd
from .connection_situations import CHANGELOG, PAGES, promise_since
from .reference_server_opening import members

SERVERS = (
    websockets_asyncio_server,
    websockets_legacy_server,
    websockets_threading_server,
    websockets_trio_server,
)
OF_THE_SERVER, OF_A_CONNECTION = 3, 2
"""INFO records: it listens, closes, is closed; a connection opens, and is closed."""
BY_THE_CLIENT = (
    *odd.client_asks_with,
    *odd.client_gives,
    *members(odd.client_repeats, "its_key", "its_version"),
    odd.client_sends_what_is_not_http,
    odd.client_connects_and_leaves,
    odd.client_connects_and_resets,
    *odd.origin,
    *odd.pattern_of_origins_and_one_that,
    odd.pattern_of_origins_and_none,
)
"""What the client does is why no connection opens; a failure of TLS comes before the handshake."""
BY_HOOKS = (
    *members(hooks.request_hook, "answers", "builds_a_response"),
    *members(hooks.response_hook, "answers", "builds_a_response"),
    hooks.application_refuses_subprotocols.member("as_documented"),
)
"""What the application answers is why."""
LOGGING = f"{PAGES}topics/logging.html"
SINCE_17_0 = {one: ">=17.0" for one in SERVERS if one is not websockets_legacy_server}

promise_since(
    "connections_and_the_server_are_logged",
    SERVERS,
    (close.peer_closes_first, hooks.hook_lets_pass),
    logged_often(OF_THE_SERVER + OF_A_CONNECTION, "INFO"),
    doc(
        LOGGING,
        "Logs contents; Log levels, INFO",
        "the server that starts and stops, and each connection that opens and closes, are logged",
    ),
)
promise_since(
    "opening_failures_are_logged",
    SERVERS,
    (*BY_THE_CLIENT, *BY_HOOKS),
    logged_often(OF_THE_SERVER + 1),
    doc(LOGGING, "Logs contents", "logs tell about errors in the opening handshake"),
    {**SINCE_17_0, websockets_asyncio_server: ""},
)
promise_since(
    "failures_of_clients_are_no_errors",
    SERVERS,
    BY_THE_CLIENT,
    logged("ERROR").never(),
    doc(
        f"{LOGGING}, and {CHANGELOG}",
        "Log levels, ERROR; 17.0, improvements",
        "ERROR is for exceptions of the application's code and bugs; a client that fails to "
        "connect makes less noise",
    ),
    SINCE_17_0,
)
