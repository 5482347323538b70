"""What the promises of autobahn share: the documents, and what they are about."""

from __future__ import annotations

from fixtures.drivers.autobahn_surfaces import (
    autobahn_asyncio_client,
    autobahn_asyncio_server,
    autobahn_twisted_client,
    autobahn_twisted_server,
)
from fixtures.model.situations import tagged

from ...judging.promise import Source, doc
from ...scenarios import close, open_time_close
from ...scenarios.autobahn import calls_of_a_protocol as calling
from ...scenarios.autobahn import closing_by_options as closing
from ...scenarios.autobahn import deciding_in_on_connect as deciding
from ...scenarios.autobahn import failing_by_options as options

SITE = "https://autobahn.readthedocs.io/en/latest/"
CLIENTS = (autobahn_asyncio_client, autobahn_twisted_client)
SERVERS = (autobahn_asyncio_server, autobahn_twisted_server)
BOTH = (*CLIENTS, *SERVERS)
ON_ASYNCIO = (autobahn_asyncio_client, autobahn_asyncio_server)


def cite_channel(method: str, says: str) -> Source:
    """What the docstring of a method of `IWebSocketChannel` says."""
    page = f"{SITE}autoapi/autobahn/websocket/interfaces/index.html"
    return doc(page, f"IWebSocketChannel.{method}", says)


def cite_option(name: str, says: str) -> Source:
    """What the docstrings of `setProtocolOptions`, of clients and of servers, say of an option."""
    page = f"{SITE}autoapi/autobahn/websocket/interfaces/index.html"
    return doc(page, f"setProtocolOptions, {name}", says)


def cite_class(place: str, says: str) -> Source:
    """What a docstring of the classes of protocols says."""
    return doc(f"{SITE}autoapi/autobahn/websocket/protocol/index.html", place, says)


def cite_guide(section: str, says: str) -> Source:
    """What the guide to programming with WebSocket says."""
    return doc(f"{SITE}websocket/programming.html", section, says)


def cite_changelog(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc(f"{SITE}changelog.html", release, says)


# Situations

DENIED = (*deciding.client_denies_in_on_connect, *deciding.server_denies_in_on_connect)
UNDECIDED = (
    deciding.server_decides_once_the_client_has_gone,
    deciding.server_decides_after_the_open_timeout,
)
"""Whoever asked for the connection has gone when `onConnect` accepts, or has been left."""
AFTER_SIX_SECONDS = (
    options.server_takes_six_seconds_to_answer,
    options.client_takes_six_seconds_to_ask,
)
OPENED = tagged(
    without="not_opened",
    but=(
        open_time_close.request_hook_refuses,
        close.close_callback_is_a_coroutine_five_times,
        *DENIED,
        *UNDECIDED,
        *AFTER_SIX_SECONDS,
    ),
)
"""The scenarios in which one connection opens."""
ECHOED = (*closing.peer_closes_and_is_echoed,)
TOLD = (
    *options.peer_breaks_the_protocol_and_is_told,
    options.message_is_too_big_and_peer_is_told,
)
"""The library fails the connection, and is to do a closing handshake."""
FAILED = [one for one in tagged("bad_frame") if one not in TOLD]
"""The library fails the connection, and is to drop it."""
PEER_CLOSES = [
    one for one in tagged("peer_closes") if one not in (*ECHOED, close.peer_closes_then_ends)
]
"""The peer closes, can be answered, and is not to be echoed."""
RAISING_ONCE_IT_CLOSES = calling.application_has_begun_to_close_and_calls.member("sendMessage")
OWN_CLOSE = [
    one
    for one in tagged("answered", without="both_close")
    if one
    not in (
        close.peer_answers_with_empty_frame,
        closing.server_answers_and_keeps_tcp_open,
        RAISING_ONCE_IT_CLOSES,
    )
]
"""The application closes, the answer has a code, and nothing else happens."""
