"""What the documents promise of opening requests that are odd or broken off: whom they reach."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_asyncio_server

from ...judging.expectations import answers, both, called, delivered, returned
from ...judging.promise import doc
from ...scenarios.websockets import opening_odd_requests as odd
from ...scenarios.websockets import server_programs as programs
from .connection_situations import FEATURES, LEGACY_SERVER, promise_on_own_page, promise_since
from .connection_situations import PAGES as DOCUMENTS
from .reference_server_opening import LEGACY, NO_HANDLER, PAGES, members

EVERY = PAGES | LEGACY
NO_VALID_KEY = (
    *members(
        odd.client_gives,
        "no_key",
        "a_key_that_is_not_base64",
        "a_key_that_is_too_short",
        "no_version",
        "version_eight",
    ),
    *members(odd.client_repeats, "its_key", "its_version"),
)
NO_UPGRADE = members(odd.client_gives, "no_upgrade", "another_upgrade", "no_connection")
NO_REQUEST = (
    odd.client_sends_what_is_not_http,
    odd.client_connects_and_leaves,
    odd.client_connects_and_resets,
    odd.client_asks_a_tls_server_without_tls,
    odd.client_leaves_a_tls_server_at_once,
)

promise_on_own_page(
    "handler_does_not_run_without_a_handshake",
    EVERY,
    (*NO_VALID_KEY, *NO_UPGRADE, *NO_REQUEST),
    NO_HANDLER,
    "serve",
    "for each client, performs the opening handshake, then runs the handler",
)
promise_since(
    "invalid_requests_are_answered_with_400",
    PAGES,
    NO_VALID_KEY,
    answers(400),
    doc(
        f"{DOCUMENTS}reference/sansio/server.html",
        "ServerProtocol.process_request, Raises",
        "400 is the answer to a request that is not valid",
    ),
)
promise_since(
    "host_is_not_checked",
    EVERY,
    odd.client_gives_no_host,
    both(answers(101), called("handler").once()),
    doc(FEATURES, "Known limitations", "a server does not check the Host header"),
    dict.fromkeys(EVERY, ">=12.0"),
)
promise_on_own_page(
    "message_behind_the_request_is_delivered",
    EVERY,
    odd.message_behind_the_request,
    delivered("iteration", "hello"),
    "ServerConnection",
    "iterates over the messages",
)
promise_since(
    "subprotocols_of_others_are_refused",
    [websockets_asyncio_server],
    odd.server_lists_subprotocols_and_client_offers.member("another"),
    NO_HANDLER,
    doc(
        f"{DOCUMENTS}howto/upgrade.html",
        "select_subprotocol",
        "a server with subprotocols refuses connections that support none of them",
    ),
)
promise_since(
    "handlers_are_not_cancelled",
    [one for one in LEGACY_SERVER if one in LEGACY],
    programs.server_ends_while_a_handler_sleeps,
    returned("sleep", None).once(),
    doc(
        f"{DOCUMENTS}topics/design.html",
        "Cancellation, User code",
        "a handler is never cancelled, not even when the server ends: it is waited for",
    ),
)
