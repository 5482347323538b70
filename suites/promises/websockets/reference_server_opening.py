"""What the documents promise of a server's answer to the opening request, and of the hooks."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_server,
    websockets_legacy_server,
)
from fixtures.model.scenario import Family, Scenario

from ...judging.expectations import answers, both, called, logged, reached
from ...judging.promise import doc
from ...scenarios.websockets import opening_hooks as hooks
from ...scenarios.websockets import opening_odd_requests as odd
from .connection_situations import (
    CHANGELOG,
    SERVERS,
    SINCE_11_0,
    promise_on_own_page,
    promise_since,
)
from .connection_situations import PAGES as DOCUMENTS

PAGES = {one: page for one, page in SERVERS.items() if one.api in {"asyncio", "sync", "trio"}}
"""The surfaces whose servers play these scenarios, and whose pages say so."""
LEGACY = {websockets_legacy_server: SERVERS[websockets_legacy_server]}
SINCE_13_1, SINCE_14_0, SINCE_17_0 = (
    dict.fromkeys(PAGES, since) for since in (">=13.1", ">=14.0", ">=17.0")
)
NO_HANDLER = called("handler", ...).never()


def members(family: Family, *ends: str) -> list[Scenario]:
    """Those of a family whose names end so."""
    return [family.member(end) for end in ends]


# The hooks
for _option, _family, _status in (
    ("process_request", hooks.request_hook, 200),
    ("process_response", hooks.response_hook, 503),
):
    promise_on_own_page(
        f"{_option}_forces_a_response",
        PAGES,
        members(_family, "answers", "builds_a_response"),
        both(called(_option, ...).once(), answers(_status), NO_HANDLER),
        f"serve, {_option}",
        "an HTTP response that it returns is forced; any other than 101 aborts the connection",
    )
    promise_on_own_page(
        f"{_option}_lets_the_handshake_go_on",
        PAGES | (LEGACY if _option == "process_request" else {}),
        hooks.hook_lets_pass.member(_option),
        both(called(_option, ...).once(), answers(101), called("handler").once()),
        f"serve, {_option}",
        "the handshake goes on normally if it returns None",
    )
promise_on_own_page(
    "process_request_forces_a_response",
    LEGACY,
    hooks.request_hook.member("builds_a_response"),
    both(called("process_request", ...).once(), answers(200), NO_HANDLER),
    "WebSocketServerProtocol.process_request",
    "status, headers and body that it returns are the response, and abort the handshake",
)
promise_on_own_page(
    "open_timeout_limits_the_request_hook",
    PAGES | LEGACY,
    hooks.request_hook_waits_too_long,
    NO_HANDLER,
    "serve, open_timeout",
    "the timeout for opening a connection, 10 seconds by default",
    SINCE_11_0,
)
promise_on_own_page(
    "basic_auth_answers_401",
    PAGES,
    members(
        hooks.client_authorizes_itself,
        "with_a_wrong_password",
        "with_another_scheme",
        "without_credentials",
    ),
    both(answers(401), NO_HANDLER),
    "basic_auth",
    "the server answers 401 if authentication fails",
    SINCE_13_1,
)
promise_on_own_page(
    "basic_auth_lets_those_in_who_have_the_password",
    PAGES,
    hooks.client_authorizes_itself.member("with_credentials"),
    both(answers(101), called("handler").once()),
    "basic_auth",
    "authentication with the credentials succeeds",
    SINCE_13_1,
)

promise_since(
    "exceptions_of_hooks_are_logged",
    PAGES,
    (
        hooks.request_hook.member("raises"),
        hooks.response_hook.member("raises"),
        hooks.application_refuses_subprotocols.member("in_its_own_way"),
    ),
    logged("ERROR"),
    doc(
        f"{DOCUMENTS}topics/logging.html",
        "Log levels, ERROR",
        "exceptions in process_request, process_response, select_subprotocol are logged as ERROR",
    ),
    SINCE_14_0,
)

_FACTORY = hooks.client_authorizes_itself_for_a_protocol
promise_on_own_page(
    "basic_auth_answers_401",
    LEGACY,
    members(_FACTORY, "with_a_wrong_password", "with_another_scheme", "without_credentials"),
    both(answers(401), NO_HANDLER),
    "basic_auth_protocol_factory; BasicAuthWebSocketServerProtocol.process_request",
    "HTTP Basic Auth is enforced: the answer is 401 if need be",
)
promise_on_own_page(
    "basic_auth_lets_those_in_who_have_the_password",
    LEGACY,
    _FACTORY.member("with_credentials"),
    both(answers(101), called("handler").once()),
    "basic_auth_protocol_factory",
    "the credentials are a pair of a username and a password, which authenticate a client",
)

# Subprotocols and origins
_SELECT = f"{SERVERS[websockets_asyncio_server]}, and reference/sansio/server.html"
_PLACE = "serve, select_subprotocol; ServerProtocol.select_subprotocol"
promise_since(
    "select_subprotocol_decides",
    PAGES,
    (
        *hooks.application_selects,
        odd.server_lists_subprotocols_and_client_offers.member("its_own"),
    ),
    both(answers(101), called("handler").once()),
    doc(_SELECT, _PLACE, "a common subprotocol is selected; None goes on without one"),
)
promise_since(
    "negotiation_error_aborts_with_400",
    PAGES,
    hooks.application_refuses_subprotocols.member("as_documented"),
    both(answers(400), NO_HANDLER),
    doc(_SELECT, _PLACE, "NegotiationError aborts the handshake with 400"),
)
promise_since(
    "subprotocols_are_required",
    PAGES,
    odd.server_lists_subprotocols_and_client_offers.member("none"),
    both(answers(400), NO_HANDLER),
    doc(_SELECT, _PLACE, "a server with subprotocols refuses a client that offers none, with 400"),
)
promise_on_own_page(
    "select_subprotocol_decides",
    LEGACY,
    hooks.application_selects,
    both(called("select_subprotocol", ...).once(), answers(101), called("handler").once()),
    "WebSocketServerProtocol.select_subprotocol",
    "the argument overrides the choice: a subprotocol, or None to go on without one",
)
promise_on_own_page(
    "subprotocols_are_not_required",
    LEGACY,
    odd.server_lists_subprotocols_and_client_offers,
    both(answers(101), called("handler").once()),
    "WebSocketServerProtocol.select_subprotocol",
    "a common subprotocol is selected; if there is none, the handshake goes on without one",
)
promise_on_own_page(
    "origins_that_are_not_listed_are_refused",
    PAGES | LEGACY,
    odd.origin,
    NO_HANDLER,
    "serve, origins",
    "the values of the Origin header that are acceptable; None, if it may be missing",
)
promise_on_own_page(
    "origins_that_are_listed_are_accepted",
    PAGES | LEGACY,
    odd.origin_may_be,
    both(answers(101), called("handler").once()),
    "serve, origins",
    "the values of the Origin header that are acceptable; None, if it may be missing",
)

SINCE_14_2 = dict.fromkeys(PAGES, ">=14.2")
_PATTERNS = "a value may be a regular expression, to test against a pattern; None has to be listed"
promise_on_own_page(
    "origins_that_match_a_pattern_are_accepted",
    PAGES,
    odd.origin_matches_a_pattern,
    both(answers(101), called("handler").once()),
    "serve, origins",
    _PATTERNS,
    SINCE_14_2,
)
promise_on_own_page(
    "origins_that_match_no_pattern_are_refused",
    PAGES,
    (
        odd.pattern_of_origins_and_one_that.member("does_not_match"),
        odd.pattern_of_origins_and_none,
    ),
    NO_HANDLER,
    "serve, origins",
    _PATTERNS,
    SINCE_14_2,
)
promise_since(
    "headers_are_decoded_as_latin_1",
    PAGES,
    odd.client_sends_a_header_beyond_ascii,
    reached("X-Odd header", "caf\xe9"),
    doc(CHANGELOG, "17.0, improvements", "headers beyond ASCII are ISO-8859-1"),
    SINCE_17_0,
)

# What the changelog says of odd requests
for _name, _scenarios, _status, _says in (
    (
        "other_methods_are_answered_with_405",
        members(odd.client_asks_with, "the_method_head", "the_method_post", "the_method_options"),
        405,
        "405 is the answer to a request that is no GET",
    ),
    (
        "other_versions_are_answered_with_505",
        members(odd.client_asks_with, "an_older_http"),
        505,
        "505 is the answer to a request that is not one of HTTP/1.1",
    ),
    (
        "long_request_lines_are_answered_with_414",
        members(odd.client_asks_with, "a_long_path"),
        414,
        "414 is the answer to a request line beyond the limit",
    ),
    (
        "long_headers_are_answered_with_431",
        (
            odd.client_gives.member("a_long_field"),
            odd.client_repeats.member("a_field_two_hundred_times"),
        ),
        431,
        "431 is the answer to headers beyond the limits",
    ),
):
    promise_since(
        _name,
        PAGES,
        _scenarios,
        both(answers(_status), NO_HANDLER),
        doc(CHANGELOG, "17.0, improvements", _says),
        SINCE_17_0,
    )
