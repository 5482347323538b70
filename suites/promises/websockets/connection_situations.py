"""What the promises of websockets share: pages, releases, situations, placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fixtures.drivers.surfaces import (
    SURFACES,
    Surface,
    websockets_asyncio_client,
    websockets_asyncio_client_awaited,
    websockets_asyncio_client_iterating,
    websockets_asyncio_reconnecting,
    websockets_asyncio_server,
    websockets_default_client,
    websockets_default_server,
    websockets_legacy_client,
    websockets_legacy_reconnecting,
    websockets_legacy_server,
    websockets_threading_client,
    websockets_threading_client_iterating,
    websockets_threading_client_unmanaged,
    websockets_threading_reconnecting,
    websockets_threading_server,
    websockets_trio_client,
    websockets_trio_reconnecting,
    websockets_trio_server,
)
from fixtures.model.description import Value
from fixtures.model.scenario import Family, Scenario
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import Expectation, Placeholder, close_frames
from ...judging.promise import Source, doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import limits_on_messages as limits

PAGES = "https://websockets.readthedocs.io/en/stable/"
EXCEPTIONS, CHANGELOG = f"{PAGES}reference/exceptions.html", f"{PAGES}project/changelog.html"
KEEPALIVE, FAQ = f"{PAGES}topics/keepalive.html", f"{PAGES}faq/connection.html"
FEATURES = f"{PAGES}reference/features.html"
CLIENTS = {
    websockets_asyncio_client: f"{PAGES}reference/asyncio/client.html",
    websockets_threading_client: f"{PAGES}reference/sync/client.html",
    websockets_trio_client: f"{PAGES}reference/trio/client.html",
    websockets_default_client: f"{PAGES}reference/asyncio/client.html",
    websockets_legacy_client: f"{PAGES}reference/legacy/client.html",
}
SERVERS = {
    websockets_asyncio_server: f"{PAGES}reference/asyncio/server.html",
    websockets_threading_server: f"{PAGES}reference/sync/server.html",
    websockets_trio_server: f"{PAGES}reference/trio/server.html",
    websockets_default_server: f"{PAGES}reference/asyncio/server.html",
    websockets_legacy_server: f"{PAGES}reference/legacy/server.html",
}
CONNECTIONS = CLIENTS | SERVERS
ITERATING_CLIENTS = {
    websockets_asyncio_client_iterating: CLIENTS[websockets_asyncio_client],
    websockets_threading_client_iterating: CLIENTS[websockets_threading_client],
}
ITERATING = SERVERS | ITERATING_CLIENTS
UNMANAGED = (websockets_asyncio_client_awaited, websockets_threading_client_unmanaged)
"""They have no block."""
RECONNECTING = (
    websockets_asyncio_reconnecting,
    websockets_legacy_reconnecting,
    websockets_threading_reconnecting,
    websockets_trio_reconnecting,
)
"""They have a loop, and more than one connection."""
LEGACY_CLIENT = (websockets_legacy_client, websockets_default_client)
LEGACY_SERVER = (websockets_legacy_server, websockets_default_server)
LEGACY = (websockets_legacy_client, websockets_legacy_server)
LEGACY_NAMES = {
    "ClientConnection": "WebSocketClientProtocol",
    "ServerConnection": "WebSocketServerProtocol",
    "Connection": "WebSocketCommonProtocol",
}
"""The classes of connections; the last name is a part of the others."""
DEFAULT = (websockets_default_client, websockets_default_server)
"""Their pages are those of the asyncio API since 14.0. Those of the legacy API say the same, unless
it has a promise of its own."""

# The releases whose documents make a promise, if not all of them do

NEVER = "never"
"""The documents of this API do not make the promise."""
WHILE_LEGACY = dict.fromkeys(DEFAULT, "<14.0")
NOT_LEGACY = dict.fromkeys(DEFAULT, ">=14.0") | dict.fromkeys(LEGACY, NEVER)
SINCE_10_0 = dict.fromkeys((*DEFAULT, *LEGACY), ">=10.0")
SINCE_11_0 = dict.fromkeys((*DEFAULT, *LEGACY), ">=11.0")
SINCE_13_1 = dict.fromkeys(CONNECTIONS, ">=13.1")
SINCE_14_0 = dict.fromkeys(CONNECTIONS, ">=14.0") | dict.fromkeys(LEGACY, NEVER)
SINCE_14_1 = dict.fromkeys(CONNECTIONS, ">=14.1") | dict.fromkeys(LEGACY, NEVER)
AS_IN_LEGACY = SINCE_14_1 | dict.fromkeys(DEFAULT, "!=14.0") | dict.fromkeys(LEGACY, "")
"""The documents of the legacy API said so long before."""
HAS_KEEPALIVE = {
    websockets_threading_client: ">=15.0",
    websockets_threading_server: ">=15.0",
}
"""The threading API sends pings of its own."""
SINCE_14_2 = dict.fromkeys(CONNECTIONS, ">=14.2") | dict.fromkeys(LEGACY, NEVER)
HAS_STATE = NOT_LEGACY | {
    websockets_threading_client: ">=14.1",
    websockets_threading_server: ">=14.1",
}
"""The attribute `state` is documented."""

AFTER_ONE_CLOSE_TIMEOUT = ("1 x close_timeout",)
AFTER_ONE_OPEN_TIMEOUT = ("1 x open_timeout",)


def promise_on_own_page(
    name: str,
    pages: Mapping[Surface, str],
    scenarios: Scenario | Family | Iterable[Scenario | Family],
    expectation: Expectation,
    place: str,
    says: str,
    versions: Mapping[Surface, str] | None = None,
    but: Iterable[Surface] = (),
) -> None:
    """Declare a promise for each surface, with the surface's own reference page as its source."""
    for surface, page in pages.items():
        here = name_in_legacy(place) if surface in LEGACY else place
        source = doc(page, here, says)
        promise_since(name, [surface], scenarios, expectation, source, versions, but)


def name_in_legacy(place: str) -> str:
    """A place on a reference page, with the names that the legacy API has for the classes."""
    for name, here in LEGACY_NAMES.items():
        place = place.replace(name, here)
    return place


def promise_since(
    name: str,
    surfaces: Iterable[Surface],
    scenarios: Scenario | Family | Iterable[Scenario | Family],
    expectation: Expectation,
    source: Source,
    versions: Mapping[Surface, str] | None = None,
    but: Iterable[Surface] = (),
) -> None:
    """Declare a promise for each surface, each with the releases whose documents make it.

    Those of a surface are those of its variants, `but` for those that have no part in it.
    """
    ranges = versions or {}
    for surface in surfaces:
        since = ranges.get(surface) or ranges.get(SURFACES.get(surface.variant_of, surface), "")
        if since == NEVER:
            continue
        promise(name, surface, scenarios, expectation, source=source, versions=since, but=but)


def _find_in_sent_close(index: int) -> Placeholder:
    def find(trace: Trace) -> Value:
        frames = close_frames(trace, "received")
        return frames[0].args[index] if frames and frames[0].args else "no close frame"

    return Placeholder(f"the {('code', 'reason')[index]} on the wire", find)


SENT_CODE, SENT_REASON = _find_in_sent_close(0), _find_in_sent_close(1)

# The peer closes

PEER_CLOSES_NORMALLY = tagged(
    "with_code",
    without="other_code",
    but=(close.peer_closes_and_keeps_tcp_open, close.peer_closes_in_a_fragmented_message),
)
"""The peer closes with 1000 or 1001 and ends TCP, for which a client waits."""
PEER_CLOSES_WITH_ANOTHER_CODE = tagged("other_code")

# The application closes

WE_CLOSE_NORMALLY = tagged("answered", without="own_code")
WE_CLOSE_WITH_CODE = tagged(
    "answered", "own_code", without="both_close", but=close.peer_answers_with_empty_frame
)
BOTH_CLOSE = tagged("both_close")
NOT_ANSWERED = tagged("unanswered")
NO_ANSWER = tagged("unanswered", but=close.peer_answers_with_fin)
CLOSED_WRONGLY = tagged("illegal_close")
CLOSED_TWICE = (close.application_closes_twice, opening.application_closes_twice_when_opened)
APPLICATION_IS_DONE = (
    *tagged("leaves", without="not_opened"),
    close.application_is_cancelled_on_message,
    *tagged("raises", without=("own_close", "when_closed", "not_opened")),
    *CLOSED_WRONGLY,
)
"""A block or a handler ends while the connection is open."""

# The connection fails

LOST = tagged("lost", without="races")
BAD_FRAMES = tagged("bad_frame", without="bad_close_frame")
TOO_BIG = (
    failure.message_is_too_big,
    limits.fragments_are_too_big_together,
    *limits.limit_is_exceeded_by,
)
BROKEN = (*tagged("bad_frame"), *TOO_BIG)

CLOSED_OK = (*PEER_CLOSES_NORMALLY, *WE_CLOSE_NORMALLY)
CLOSED_WITH_ERROR = (
    *PEER_CLOSES_WITH_ANOTHER_CODE,
    *WE_CLOSE_WITH_CODE,
    close.peer_answers_with_empty_frame,
    *BOTH_CLOSE,
    *NOT_ANSWERED,
    *LOST,
    *BROKEN,
)

# The connection does not open

NOT_CONNECTED = tagged("no_tcp")
NOT_SECURED = tagged("no_tls")
NOT_A_RESPONSE = tagged("no_response")
NOT_ACCEPTED = tagged("not_accepted")

OK = (*CLOSED_OK, close.peer_closes_and_keeps_tcp_open)
ALL = (
    *OK,
    close.peer_closes_with_empty_frame,
    *CLOSED_WITH_ERROR,
    close.peer_closes_in_a_fragmented_message,
    close.peer_closes_and_nobody_reads,
    failure.no_pong_comes,
    *APPLICATION_IS_DONE,
    opening.application_closes_and_raises_when_opened,
)
