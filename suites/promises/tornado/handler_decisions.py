"""What the page on `tornado.websocket` promises about origins, subprotocols and headers."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import answers, both, called, reached, sends_header
from ...judging.promise import doc, promise
from ...scenarios.tornado import origins, subprotocols
from .tornado_documents import SITE, cite_handler

HERE = origins.HERE
NOT_ASKED = called("check_origin", ...).never()
ASKED = called("check_origin", ...).once()
FIELD = subprotocols.FIELD

# Which origins are accepted
promise(
    "other_origins_are_refused",
    tornado_handler,
    (
        *origins.client_comes_from,
        origins.handler_does_not_accept.member("elsewhere"),
        origins.application_trusts.member("another"),
    ),
    both(called("prepare").before("check_origin"), ASKED, answers(403)),
    source=cite_handler(
        "check_origin",
        "called after prepare; returns False for an origin that is not accepted, by default for "
        "others than one's own, and then the answer is 403",
    ),
)
promise(
    "other_origins_are_accepted_by_an_override",
    tornado_handler,
    (*origins.handler_accepts, origins.handler_accepts_a_cross_site_without_an_origin),
    both(answers(101), called("open").once()),
    source=cite_handler("check_origin", "always return True to accept all cross-origin traffic"),
)
promise(
    "trusted_origins_are_accepted",
    tornado_handler,
    origins.application_trusts.member("the_one"),
    both(ASKED, answers(101), called("open").once()),
    source=cite_handler(
        "check_origin", "accepts origins that the setting trusted_origins lists, by default"
    ),
    versions=">=6.6",
)
promise(
    "check_origin_is_not_called_for_the_same_origin",
    tornado_handler,
    (
        *(one for one in origins.browser_opens_from if one.end != "the_address_bar"),
        origins.browser_says_it_is_from.member("elsewhere_but_the_same_origin"),
        origins.handler_does_not_accept.member("the_same_origin"),
        origins.handler_does_not_accept.member("the_same_origin_twice_over"),
        origins.handler_does_not_accept.member("an_origin_that_it_does_not_say"),
    ),
    both(NOT_ASKED, answers(101), called("open").once()),
    source=cite_handler(
        "check_origin",
        "not called if Sec-Fetch-Site indicates the same origin, or, without it, Origin fits Host; "
        "nor for clients that send no Origin",
    ),
    versions=">=6.6",
)
promise(
    "check_origin_is_called_for_another_site",
    tornado_handler,
    (
        origins.browser_says_it_is_from.member("the_same_origin_but_a_cross_site"),
        origins.handler_does_not_accept.member("the_same_origin_but_a_cross_site"),
    ),
    called("check_origin", HERE).once(),
    source=cite_handler(
        "check_origin", "called for requests that appear to be cross-origin; Sec-Fetch-Site decides"
    ),
    versions=">=6.6",
)

BEFORE_6_6 = "https://www.tornadoweb.org/en/branch6.5/websocket.html"
"""The page as it was, when Sec-Fetch-Site did not count."""
promise(
    "check_origin_was_called_for_every_origin",
    tornado_handler,
    (
        *(one for one in origins.browser_opens_from if "the_same_origin" in one.end),
        *(one for one in origins.browser_says_it_is_from if "without" not in one.end),
        *(one for one in origins.handler_does_not_accept if "the_same_origin" in one.end),
    ),
    ASKED,
    source=doc(
        BEFORE_6_6,
        "WebSocketHandler.check_origin",
        "called for clients that send an Origin header, with its value",
    ),
    versions="<6.6",
)
promise(
    "clients_without_an_origin_were_accepted",
    tornado_handler,
    (
        *(one for one in origins.browser_opens_from if "the_same_origin" not in one.end),
        origins.browser_says_it_is_from.member("a_cross_site_without_an_origin"),
        origins.handler_does_not_accept.member("an_origin_that_it_does_not_say"),
    ),
    both(NOT_ASKED, answers(101), called("open").once()),
    source=doc(
        BEFORE_6_6,
        "WebSocketHandler.check_origin",
        "not called for clients that send no Origin header, which are always allowed",
    ),
    versions="<6.6",
)

# What the response has
promise(
    "select_subprotocol_gets_what_is_proposed",
    tornado_handler,
    (
        subprotocols.handler_selects_of.member("two"),
        subprotocols.handler_selects_none_of.member("two"),
    ),
    called("select_subprotocol", ["superchat", "chat"]).once(),
    source=cite_handler(
        "select_subprotocol", "called once, with the subprotocols that the client proposes"
    ),
)
promise(
    "a_subprotocol_is_selected",
    tornado_handler,
    subprotocols.handler_selects_of,
    both(sends_header(FIELD, "chat"), reached("selected_subprotocol", "chat").once()),
    source=cite_handler(
        "select_subprotocol and selected_subprotocol",
        "what select_subprotocol returns is selected, and then to be had as an attribute",
    ),
)
promise(
    "no_subprotocol_need_be_selected",
    tornado_handler,
    subprotocols.handler_selects_none_of,
    both(
        answers(101),
        sends_header(FIELD, None),
        reached("selected_subprotocol", None).once(),
    ),
    source=cite_handler(
        "select_subprotocol", "to select none, with None, does not abort the connection"
    ),
)
promise(
    "headers_of_the_response_can_be_added",
    tornado_handler,
    subprotocols.handler_adds_a_header,
    both(answers(101), sends_header("X-Own", "one")),
    source=doc(
        SITE + "websocket.html",
        "WebSocketHandler",
        "set_default_headers and prepare can add headers to the response that upgrades",
    ),
)
promise(
    "default_headers_are_in_a_refusal",
    tornado_handler,
    subprotocols.handler_adds_a_header_to_a_refusal.member("by_default"),
    sends_header("X-Own", "one"),
    source=doc(
        SITE + "web.html",
        "RequestHandler.set_default_headers",
        "sets headers at the beginning of the request",
    ),
)
