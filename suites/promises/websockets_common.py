"""What the promises of websockets' surfaces share: pages, situations, placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fixtures.drivers.surfaces import (
    Surface,
    websockets_asyncio_client,
    websockets_asyncio_server,
    websockets_default_client,
    websockets_default_server,
    websockets_threading_client,
    websockets_threading_server,
)
from fixtures.model.description import Value
from fixtures.model.scenario import Family, Scenario
from fixtures.model.trace import Trace

from ..judging.expectations import Expectation, Placeholder, close_frames
from ..judging.promise import Source, doc, promise
from ..scenarios import close
from ..scenarios import error as failure
from ..scenarios import open_time_close as opening

PAGES = "https://websockets.readthedocs.io/en/stable/"
EXCEPTIONS, CHANGELOG = f"{PAGES}reference/exceptions.html", f"{PAGES}project/changelog.html"
KEEPALIVE, FAQ = f"{PAGES}topics/keepalive.html", f"{PAGES}faq/connection.html"
FEATURES = f"{PAGES}reference/features.html"
CLIENTS = {
    websockets_asyncio_client: f"{PAGES}reference/asyncio/client.html",
    websockets_threading_client: f"{PAGES}reference/sync/client.html",
    websockets_default_client: f"{PAGES}reference/asyncio/client.html",
}
SERVERS = {
    websockets_asyncio_server: f"{PAGES}reference/asyncio/server.html",
    websockets_threading_server: f"{PAGES}reference/sync/server.html",
    websockets_default_server: f"{PAGES}reference/asyncio/server.html",
}
CONNECTIONS = CLIENTS | SERVERS
LEGACY_CLIENT = {websockets_default_client: f"{PAGES}reference/legacy/client.html"}
LEGACY_SERVER = {websockets_default_server: f"{PAGES}reference/legacy/server.html"}
DEFAULT = (websockets_default_client, websockets_default_server)
"""Their pages are those of the asyncio API since 14.0; those of the legacy API say the same
unless there is a promise for it."""

# The releases whose documents say so, where not all do

LEGACY, NOT_LEGACY = "<14.0", dict.fromkeys(DEFAULT, ">=14.0")
SINCE_11_0 = dict.fromkeys(DEFAULT, ">=11.0")
SINCE_13_1 = dict.fromkeys(CONNECTIONS, ">=13.1")
SINCE_14_0 = dict.fromkeys(CONNECTIONS, ">=14.0")
SINCE_14_1 = dict.fromkeys(CONNECTIONS, ">=14.1") | dict.fromkeys(DEFAULT, "!=14.0")
"""Of the legacy API it was said long before."""
SINCE_14_2 = dict.fromkeys(CONNECTIONS, ">=14.2")
REDIRECTS = {websockets_asyncio_client: ">=13.1", websockets_threading_client: ">=17.1"}
HAS_STATE = NOT_LEGACY | {
    websockets_threading_client: ">=14.1",
    websockets_threading_server: ">=14.1",
}
"""The attribute `state` is documented."""

AFTER_ONE_CLOSE_TIMEOUT = ("1 x close_timeout", "1 x timeout", "2 x timeout", "3 x timeout")
"""Exactly one close timeout on the virtual clock; in real time, that and a load."""
AFTER_ONE_OPEN_TIMEOUT = ("1 x open_timeout", "1 x timeout", "2 x timeout", "3 x timeout")
"""Exactly one open timeout on the virtual clock; in real time, that and a load."""


def promised(
    name: str,
    pages: Mapping[Surface, str],
    scenarios: Scenario | Family | Iterable[Scenario | Family],
    expectation: Expectation,
    place: str,
    says: str,
    versions: Mapping[Surface, str] | None = None,
) -> None:
    """Declare a promise for each surface, with the surface's own reference page as its source."""
    for surface, page in pages.items():
        stated(name, [surface], scenarios, expectation, doc(page, place, says), versions)


def stated(
    name: str,
    surfaces: Iterable[Surface],
    scenarios: Scenario | Family | Iterable[Scenario | Family],
    expectation: Expectation,
    source: Source,
    versions: Mapping[Surface, str] | None = None,
) -> None:
    """Declare a promise for each surface, each with the releases whose documents make it."""
    for surface in surfaces:
        said = (versions or {}).get(surface, "")
        promise(name, surface, scenarios, expectation, source=source, versions=said)


def _sent(index: int) -> Placeholder:
    def find(trace: Trace) -> Value:
        frames = close_frames(trace, "received")
        return frames[0].args[index] if frames and frames[0].args else "no close frame"

    return Placeholder(f"the {('code', 'reason')[index]} on the wire", find)


SENT_CODE, SENT_REASON = _sent(0), _sent(1)

# The peer closes

_NORMAL = ("_1000", "_1001")
NORMAL_CODES = tuple(s for s in close.peer_closes_with_code if s.name.endswith(_NORMAL))
OTHER_CODES = tuple(s for s in close.peer_closes_with_code if not s.name.endswith(_NORMAL))
PEER_CLOSES_NORMALLY = (
    close.peer_closes_first,
    close.peer_closes_without_reason,
    close.peer_closes_with_unicode_reason,
    *NORMAL_CODES,
    close.peer_closes_after_messages,
    close.peer_closes_byte_by_byte,
    close.peer_closes_then_ends,
    close.peer_sends_data_after_its_close,
    close.peer_sends_two_close_frames,
    close.application_closes_when_told_of_the_close,
    close.application_closes_after_the_end,
    close.application_sends_after_the_close,
    close.peer_closes_while_the_handler_iterates,
    close.client_goes_away_while_the_handler_iterates,
    failure.application_raises_at_the_end,
    opening.in_the_same_write_after_a_message,
    opening.right_after_the_handshake,
    opening.right_after_the_handshake_over_tls,
)
"""With 1000 or 1001, and the connection ends: a client waits for the server to end TCP."""
PEER_CLOSES_WITH_ANOTHER_CODE = (
    *OTHER_CODES,
    close.client_closes_with_4000_while_the_handler_iterates,
    opening.in_the_same_write,
)

# The application closes

WE_CLOSE_NORMALLY = (
    close.application_closes_on_message,
    close.application_closes_on_message_with_another_waiting,
    close.application_closes_twice,
    close.application_closes_from_elsewhere,
    close.application_closes_from_elsewhere_when_idle,
    close.application_closes_from_elsewhere_during_a_message,
    close.peer_answers_late,
    close.peer_sends_data_before_it_answers,
    opening.application_closes_when_opened,
    opening.application_closes_twice_when_opened,
    opening.application_closes_from_elsewhere_when_opened,
)
WE_CLOSE_WITH_CODE = (
    close.application_closes_with_code_on_message,
    close.application_closes_from_elsewhere_with_code,
    close.peer_answers_with_another_code,
    opening.application_closes_with_code_when_opened,
)
BOTH_CLOSE = (close.both_close_at_once, opening.both_close_when_opened)
NO_ANSWER = (close.peer_never_answers, opening.application_closes_when_opened_and_no_answer_comes)
NOT_ANSWERED = (*NO_ANSWER, close.peer_answers_with_fin)
CLOSED_WRONGLY = (*failure.application_uses_illegal_code, failure.application_uses_too_long_reason)
CLOSED_TWICE = (close.application_closes_twice, opening.application_closes_twice_when_opened)

# The connection fails

LOST = (
    failure.peer_ends,
    failure.peer_resets,
    failure.peer_ends_after_a_message,
    failure.peer_resets_after_a_message,
    failure.peer_ends_mid_frame,
    failure.peer_resets_mid_frame,
    failure.peer_ends_in_a_fragmented_message,
    failure.peer_resets_in_a_fragmented_message,
    failure.client_ends_while_the_handler_iterates,
    failure.client_resets_while_the_handler_iterates,
    failure.tls_ends_without_alert,
    opening.peer_ends_right_after_the_handshake,
)
BAD_FRAMES = (
    *failure.peer_breaks_the_protocol,
    failure.server_masks_a_frame,
    failure.client_does_not_mask_a_frame,
    failure.peer_breaks_the_protocol_after_a_message,
)
BROKEN = (
    *BAD_FRAMES,
    *failure.peer_ends_with_illegal_code,
    *failure.peer_ends_with_illegal_payload,
    failure.message_is_too_big,
)

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

NOT_CONNECTED = (failure.connection_is_refused, failure.name_is_not_resolved)
NOT_SECURED = (
    *failure.certificate_is,
    failure.tls_handshake_fails,
    failure.server_ends_in_the_tls_handshake,
)
NOT_A_RESPONSE = (
    failure.server_answers_garbage,
    failure.server_ends_in_the_handshake,
    failure.server_resets_in_the_handshake,
    opening.server_ends_before_the_handshake,
)
NOT_ACCEPTED = (
    *failure.server_refuses_with,
    failure.server_redirects_without_location,
    failure.accept_value_is_wrong,
    failure.upgrade_header_is_missing,
)
