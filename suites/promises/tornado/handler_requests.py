"""What the documents promise about opening requests: which are accepted, and what is answered."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_handler

from ...judging.expectations import answers, both, called, delivered, either
from ...judging.promise import doc, promise
from ...scenarios.tornado import deflated, origins, subprotocols
from ...scenarios.tornado import odd_requests as odd
from ...scenarios.websockets import opening_odd_requests as common
from .tornado_documents import SITE, cite_handler, cite_release_notes

NO_OPEN = called("open", ...).never()
MALFORMED = "if a client sends a malformed request, the server responds with 400"
HTTP_SERVER = "tornado.httpserver"
HTTP_UTILITIES = "tornado.httputil"
REFUSED = (
    *odd.client_asks_for_a_page_with,
    *odd.client_upgrades_with,
    odd.client_upgrades_with_head,
    *(one for one in odd.client_leaves_out if one.end != "its_host"),
    *(one for one in odd.client_asks_for if one.end not in {"version_7", "version_8"}),
    *origins.client_comes_from,
    *subprotocols.handler_adds_a_header_to_a_refusal[:1],
    *subprotocols.handler_selects_its_own_of,
)
"""A handler has the request, and answers it with a status that opens no connection."""

promise(
    "a_refused_request_is_prepared_and_finished",
    tornado_handler,
    REFUSED,
    both(called("prepare").once().before("on_finish"), called("on_finish").once(), NO_OPEN),
    source=doc(
        SITE + "web.html",
        "RequestHandler.prepare and on_finish",
        "called at the beginning of a request, whatever its method is, and after its end",
    ),
)
promise(
    "invalid_headers_are_answered_with_400",
    tornado_handler,
    (
        odd.client_asks_for_a_page_with.member("get"),
        *(one for one in odd.client_leaves_out if one.end != "its_version"),
        *(one for one in odd.client_asks_for if "version" not in one.end),
    ),
    both(answers(400), NO_OPEN),
    source=cite_release_notes("5.0.0", "invalid WebSocket headers are answered with 400"),
)
promise(
    "malformed_parameters_of_deflate_are_declined",
    tornado_handler,
    deflated.client_offers_deflate_with,
    either(answers(101), answers(400)),
    source=doc(
        "https://www.rfc-editor.org/rfc/rfc7692.html",
        "7, and 7.1 for each parameter",
        "an offer with a parameter that is not defined, or has no valid value, is declined",
    ),
)
promise(
    "what_is_not_http_is_answered_with_400",
    tornado_handler,
    common.client_sends_what_is_not_http,
    both(answers(400), NO_OPEN),
    source=cite_release_notes("5.0.0", MALFORMED, HTTP_SERVER),
)
promise(
    "malformed_requests_are_answered_with_400",
    tornado_handler,
    [one for one in odd.client_sends_a_malformed if one.end not in {"host", "folded_field"}],
    both(answers(400), NO_OPEN),
    source=cite_release_notes(
        "6.5.0",
        "start lines, names of fields and their values may have no other characters than HTTP "
        "allows; 400 is the answer to another method",
        HTTP_UTILITIES,
    ),
    versions=">=6.5",
)
promise(
    "a_request_has_one_host",
    tornado_handler,
    (
        odd.client_leaves_out.member("its_host"),
        odd.client_sends_a_malformed.member("host"),
        odd.client_sends_two_hosts,
    ),
    both(answers(400), NO_OPEN),
    source=cite_release_notes(
        "6.5.0", "a missing, a second or a malformed Host header is an error", HTTP_UTILITIES
    ),
    versions=">=6.5",
)
promise(
    "folded_fields_are_refused",
    tornado_handler,
    odd.client_sends_a_malformed.member("folded_field"),
    NO_OPEN,
    source=cite_release_notes(
        "6.6.0", "line folding in HTTP headers is no longer supported", "tornado.http1connection"
    ),
    versions=">=6.6",
)
promise(
    "versions_7_and_8_are_supported",
    tornado_handler,
    [one for one in odd.client_asks_for if one.end in {"version_7", "version_8"}],
    both(answers(101), called("open").once()),
    source=doc(
        "https://github.com/tornadoweb/tornado/blob/v6.5.2/tornado/websocket.py",
        "WebSocketProtocol13",
        "supports versions 7 and 8 besides 13",
    ),
    versions="<6.6",
)
promise(
    "version_13_alone_is_supported",
    tornado_handler,
    [one for one in odd.client_asks_for if "version_" in one.end],
    NO_OPEN,
    source=doc(
        "https://github.com/tornadoweb/tornado/blob/v6.6.0/tornado/websocket.py",
        "WebSocketProtocol13",
        "supports version 13; before 6.6, versions 7 and 8 as well",
    ),
    versions=">=6.6",
)
promise(
    "there_is_a_page_for_404",
    tornado_handler,
    odd.client_asks_where_there_is,
    both(answers(404), called("prepare").never(), NO_OPEN),
    source=doc(
        SITE + "web.html",
        "Application.settings, default_handler_class",
        "if no other handler matches, a default one answers, with a page for 404",
    ),
)
promise(
    "open_has_the_groups_of_the_url",
    tornado_handler,
    odd.client_enters_a_room,
    called("open", "lobby").once(),
    source=cite_handler("open", "its arguments are the groups of the regular expression"),
)
promise(
    "a_message_behind_the_request_is_handled",
    tornado_handler,
    common.message_behind_the_request,
    delivered("on_message", "hello"),
    source=cite_handler("on_message", "handles incoming messages"),
)
promise(
    "a_subprotocol_that_is_not_offered_is_answered_with_500",
    tornado_handler,
    subprotocols.handler_selects_its_own_of,
    answers(500),
    source=doc(
        SITE + "guide/structure.html",
        "Error Handling",
        "an exception that is no HTTPError, such as an AssertionError, is answered with 500",
    ),
)
