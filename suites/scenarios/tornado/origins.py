"""A browser's opening request says from which site it comes; the handler accepts it, or not.

The client ends TCP after the response, whatever it is: that depends on the release.
"""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
HANDLER = ("tornado_handler",)
HERE, ELSEWHERE = "http://127.0.0.1", "http://elsewhere.example"
"""The origin that fits the Host header of the requests, and another."""
SITE = "Sec-Fetch-Site"
Headers = Mapping[str, str | None]


def ask(client: Peer, headers: Headers) -> None:
    """Send an opening request with these headers, and end TCP after the response."""
    client.request_with(headers=headers)
    client.await_response()
    client.half_close()


# The handler decides as by default


@scenario_for_each(
    {
        "elsewhere": {"Origin": ELSEWHERE},
        "an_opaque_origin": {"Origin": "null"},
        "another_port": {"Origin": f"{HERE}:8080"},
        "elsewhere_and_a_cross_site": {"Origin": ELSEWHERE, SITE: "cross-site"},
        "elsewhere_and_the_same_site": {"Origin": ELSEWHERE, SITE: "same-site"},
    },
    rfc="10.2",
    surfaces=HANDLER,
    tags="not_opened",
)
def client_comes_from(client: Peer, headers: Headers) -> None:
    """The opening request says that it comes from {value}."""
    ask(client, headers)


@scenario_for_each(
    {
        "the_same_origin": {"Origin": HERE},
        "the_same_origin_twice_over": {"Origin": HERE, SITE: "same-origin"},
        "an_origin_that_it_does_not_say": {"Origin": None},
        "the_address_bar": {SITE: "none"},
    },
    rfc="10.2",
    surfaces=HANDLER,
    tags="lost",
)
def browser_opens_from(client: Peer, headers: Headers) -> None:
    """The opening request says that it comes from {value}, which opens the connection."""
    ask(client, headers)


@scenario_for_each(
    {
        "elsewhere_but_the_same_origin": {"Origin": ELSEWHERE, SITE: "same-origin"},
        "elsewhere_but_the_address_bar": {"Origin": ELSEWHERE, SITE: "none"},
        "the_same_origin_but_a_cross_site": {"Origin": HERE, SITE: "cross-site"},
        "a_cross_site_without_an_origin": {SITE: "cross-site"},
        "elsewhere_by_a_former_header": {"Sec-WebSocket-Origin": ELSEWHERE},
    },
    rfc="10.2",
    surfaces=HANDLER,
)
def browser_says_it_is_from(client: Peer, headers: Headers) -> None:
    """The opening request says that it comes from {value}."""
    ask(client, headers)


# The application decides


@scenario_for_each(
    {
        "elsewhere": {"Origin": ELSEWHERE},
        "an_opaque_origin": {"Origin": "null"},
        "elsewhere_and_a_cross_site": {"Origin": ELSEWHERE, SITE: "cross-site"},
    },
    rfc="10.2",
    settings=Settings(options={"check_origin": "returns True"}),
    surfaces=HANDLER,
    tags="lost",
)
def handler_accepts(client: Peer, headers: Headers) -> None:
    """`check_origin` returns True; the opening request says that it comes from {value}."""
    ask(client, headers)


@scenario(
    rfc="10.2",
    settings=Settings(options={"check_origin": "returns True"}),
    surfaces=HANDLER,
)
def handler_accepts_a_cross_site_without_an_origin(client: Peer) -> None:
    """`check_origin` returns True; the request comes from a cross site that it does not name."""
    ask(client, {SITE: "cross-site"})


@scenario_for_each(
    {
        "the_same_origin": {"Origin": HERE},
        "the_same_origin_twice_over": {"Origin": HERE, SITE: "same-origin"},
        "the_same_origin_but_a_cross_site": {"Origin": HERE, SITE: "cross-site"},
        "elsewhere": {"Origin": ELSEWHERE},
        "an_origin_that_it_does_not_say": {"Origin": None},
    },
    rfc="10.2",
    settings=Settings(options={"check_origin": "returns False"}),
    surfaces=HANDLER,
    further_tags={
        "the_same_origin_but_a_cross_site": "not_opened",
        "elsewhere": "not_opened",
        "an_origin_that_it_does_not_say": "lost",
    },
)
def handler_does_not_accept(client: Peer, headers: Headers) -> None:
    """`check_origin` returns False; the opening request says that it comes from {value}."""
    ask(client, headers)


@scenario_for_each(
    {"the_one": [ELSEWHERE], "another": ["http://another.example"]},
    rfc="10.2",
    settings=lambda origins: Settings(options={"trusted_origins": origins}),
    surfaces=HANDLER,
    further_tags={"another": "not_opened"},
)
def application_trusts(client: Peer, _: list[str]) -> None:
    """The application's setting names {value} from which the opening request comes."""
    ask(client, {"Origin": ELSEWHERE})
