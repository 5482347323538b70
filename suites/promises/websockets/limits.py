"""What the reference pages promise of the limits on a message, and on the queue of messages."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_client,
    websockets_asyncio_server,
    websockets_threading_client,
    websockets_threading_server,
)

from ...judging.expectations import both, delivered, ends, error, raised, returned
from ...scenarios.websockets import limits_on_messages as limits
from ...scenarios.websockets import queue_without_a_limit as unlimited
from .connection_situations import CLIENTS, DEFAULT, LEGACY, SERVERS, promise_on_own_page
from .reference_sansio import SANSIO

WITHOUT_A_LIMIT = dict.fromkeys(
    (
        websockets_asyncio_client,
        websockets_asyncio_server,
        websockets_threading_client,
        websockets_threading_server,
    ),
    ">=14.1",
)
"""Older releases take a number, or have no such option."""
FORTY = tuple(map(str, range(40)))
NO_FLOW_CONTROL = "None disables flow control, or the limit, of the messages that nobody has read"

for _function, _call, _pages in (("connect", "recv", CLIENTS), ("serve", "iteration", SERVERS)):
    _pages = {one: page for one, page in _pages.items() if one not in DEFAULT}
    _new = {one: page for one, page in _pages.items() if one not in LEGACY}
    promise_on_own_page(
        "max_size_limits_messages_in_fragments",
        _pages,
        limits.fragments_are_too_big_together,
        both(raised(_call, "ConnectionClosedError").once(), delivered(_call)),
        f"{_function}, max_size",
        "the limit on the size of a message, in bytes",
    )
    promise_on_own_page(
        "max_size_limits_fragments_too",
        _new,
        limits.limit_is_exceeded_by,
        both(raised(_call, "ConnectionClosedError").once(), delivered(_call)),
        f"{_function}, max_size",
        "a pair sets different limits for messages and for fragments",
        dict.fromkeys(_new, ">=16.0"),
    )
    promise_on_own_page(
        "messages_within_both_limits_are_delivered",
        _new,
        limits.fragments_are_within_both_limits,
        delivered(_call, "one two "),
        f"{_function}, max_size",
        "a pair sets different limits for messages and for fragments",
        dict.fromkeys(_new, ">=16.0"),
    )
    promise_on_own_page(
        "messages_stay_readable_without_a_limit",
        _pages,
        (
            unlimited.application_closes_before_forty_messages,
            unlimited.peer_closes_behind_forty_messages,
        ),
        delivered(_call, *FORTY),
        f"{_function}, max_queue",
        NO_FLOW_CONTROL,
        WITHOUT_A_LIMIT,
    )
    promise_on_own_page(
        "nothing_holds_up_the_close_without_a_limit",
        _pages,
        (
            unlimited.application_closes_before_forty_messages,
            unlimited.application_leaves_before_forty_messages,
        ),
        ends("at once"),
        f"{_function}, max_queue",
        NO_FLOW_CONTROL,
        WITHOUT_A_LIMIT,
    )

promise_on_own_page(
    "max_size_limits_messages_in_fragments",
    SANSIO,
    (limits.fragments_are_too_big_together, *limits.limit_is_exceeded_by),
    returned("close_exc", error("ConnectionClosedError")).once(),
    "Protocol, max_size",
    "the limit on the size of a message, in bytes; a pair has one for fragments as well",
)
