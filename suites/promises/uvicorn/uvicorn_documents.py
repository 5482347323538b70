"""What the promises of uvicorn share: the documents, and the situations that they are about.

Uvicorn's documents refer to the ASGI specification for what an application receives and sends. A
release is held to the version of it that it announces in the scope.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.drivers.surfaces import (
    asgi_uvicorn_legacy,
    asgi_uvicorn_sansio,
    asgi_uvicorn_wsproto,
)
from fixtures.model.scenario import Scenario
from fixtures.model.situations import tagged

from ...judging.expectations import Expectation
from ...judging.promise import Source, doc, promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from ...scenarios.asgi import before_the_accept as before
from ...scenarios.asgi import busy_application as busy
from ...scenarios.asgi import sending_and_closing as acting
from ...scenarios.asgi import server_exits as exits

SPECIFICATION = "https://asgi.readthedocs.io/en/latest/specs/www.html"
SITE = "https://uvicorn.dev/"
OTHERS = (asgi_uvicorn_legacy, asgi_uvicorn_wsproto)
ANNOUNCES_2_4 = {asgi_uvicorn_sansio: ">=0.42", **dict.fromkeys(OTHERS, ">=0.27")}
"""The releases in which a surface announces version 2.4 in the scope; earlier, it is 2.3."""


def cite_specification(section: str, says: str, since: str = "") -> Source:
    """What a section of the specification says, and since which version, if not the first."""
    place = f"{section} (since version {since})" if since else section
    return doc(SPECIFICATION, place, says)


def cite_site(page: str, place: str, says: str) -> Source:
    """What a page of uvicorn's documentation says."""
    return doc(f"{SITE}{page}/", place, says)


def cite_release_notes(release: str, says: str) -> Source:
    """What the release notes say of a release."""
    return doc(f"{SITE}release-notes/", release, says)


def promise_of_2_4(
    name: str, scenarios: Iterable[Scenario], expectation: Expectation, source: Source
) -> None:
    """Declare what version 2.4 says, for each surface in the releases that announce it."""
    for surface, versions in ANNOUNCES_2_4.items():
        others = [one for one in OTHERS if one is not surface]
        promise(name, surface, scenarios, expectation, source=source, versions=versions, but=others)


# Situations

NOT_ACCEPTED = (
    before.application_returns_before_the_accept,
    before.application_raises_before_the_accept,
    before.application_closes_before_the_accept,
    before.application_sends_before_the_accept,
    *before.application_accepts_once_the_client,
    *before.application_refuses_once_the_client,
    exits.server_exits_before_the_accept,
    open_time_close.request_hook_refuses,
)
"""A client asks for a connection, and none opens."""
OPENING = tagged(without="not_opened", but=open_time_close.request_hook_refuses)
"""The scenarios in which a connection opens."""
REFUSED = (open_time_close.request_hook_refuses, before.application_closes_before_the_accept)
"""The application closes, and has not accepted."""

LEAVING = (
    *tagged("leaves"),
    *tagged("raises"),
    *tagged("cancelled"),
    *tagged("stops_reading"),
)
"""The application ends, or receives no more, before it could know of the end."""
ENDED_BY_ITS_CALL = (
    *tagged("illegal_close"),
    *tagged("both_close"),
    close.application_closes_twice,
    open_time_close.application_closes_twice_when_opened,
    before.application_accepts_twice,
    acting.application_sends_an_unknown_event,
    acting.application_sends_after_its_own_close,
    *acting.application_sends_once_the_client,
    *acting.application_closes_once_the_client,
)
"""What the application sends is wrong or too late; if that raises, the application ends."""
RECEIVING = [one for one in OPENING if one not in (*LEAVING, *ENDED_BY_ITS_CALL)]
"""A connection opens, and the application receives until it knows of the end."""

SAYING_HELLO = (
    *tagged(
        "on_message",
        but=(
            close.application_closes_on_message_with_another_waiting,
            close.peer_sends_data_before_it_answers,
            acting.client_closes_behind_a_waiting_message,
            busy.client_answers_pings_of_a_busy_application,
            busy.client_answers_pings_while_a_message_waits,
        ),
    ),
    failing.peer_ends_after_a_message,
    failing.peer_resets_after_a_message,
)
"""The client sends "hello", and no other message."""

SENDING_TOO_LATE = (
    close.application_sends_after_the_close,
    *acting.application_sends_once_the_client,
)
"""The application sends a message on a connection that the client has closed, or left."""
CLOSING_TOO_LATE = (
    close.application_closes_when_told_of_the_close,
    close.application_closes_after_the_end,
    *acting.application_closes_once_the_client,
)
"""The application closes a connection that the client has closed, or left."""
UNSEEMLY = (
    before.application_accepts_twice,
    before.application_sends_before_the_accept,
    acting.application_sends_an_unknown_event,
    acting.application_sends_after_its_own_close,
)
"""The application sends what may not come now."""
