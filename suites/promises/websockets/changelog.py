"""What the changelog promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_asyncio_client, websockets_threading_client

from ...judging.expectations import delivered, raised, sends_close
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from .connection_situations import (
    BAD_FRAMES,
    CHANGELOG,
    CLIENTS,
    CONNECTIONS,
    ITERATING,
    NOT_A_RESPONSE,
    SINCE_14_0,
    SINCE_14_1,
    SINCE_14_2,
    promise_since,
)

for _call, _pages in (("recv", CLIENTS), ("iteration", ITERATING)):
    promise_since(
        "received_messages_stay_readable",
        _pages,
        (
            close.peer_closes_after_messages,
            close.application_closes_on_message_with_another_waiting,
        ),
        delivered(_call, "one", "two"),
        doc(CHANGELOG, "14.1", "buffered messages can be read after the close"),
        SINCE_14_1,
    )
    promise_since(
        "received_messages_stay_readable_before_the_peers_answer",
        _pages,
        close.peer_sends_data_before_it_answers,
        delivered(_call, "hello", "one more"),
        doc(CHANGELOG, "14.1", "buffered messages can be read after the close"),
        SINCE_14_1,
    )
promise_since(
    "invalid_utf8_is_answered_with_1007",
    CONNECTIONS,
    [s for s in BAD_FRAMES if s.name == "peer_breaks_the_protocol_text_not_utf8"],
    sends_close(1007),
    doc(
        CHANGELOG,
        "14.0, bug fixes",
        "a text frame with invalid UTF-8 closes the connection with 1007",
    ),
    SINCE_14_0,
)
for _release, _client in (
    ("13.1", websockets_asyncio_client),
    ("17.1", websockets_threading_client),
):
    promise(
        "connect_follows_redirects",
        _client,
        failure.server_redirects_to_nowhere,
        raised("connect", "OSError").once(),
        source=doc(CHANGELOG, f"{_release}, new features", "connect() follows redirects"),
        versions=f">={_release}",
    )
promise_since(
    "connect_raises_invalid_message_if_no_response_can_be_read",
    CLIENTS,
    NOT_A_RESPONSE,
    raised("connect", "InvalidMessage").once(),
    doc(
        CHANGELOG,
        "14.2, bug fixes",
        "errors while reading the response are wrapped in InvalidMessage",
    ),
    SINCE_14_2,
)
