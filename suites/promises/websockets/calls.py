"""What the documents promise of calls that are given up, or made twice at the same time."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_client,
    websockets_legacy_client,
    websockets_threading_client,
    websockets_trio_client,
)

from ...judging.expectations import both, delivered, ends, fact, raised, reached, returned
from ...judging.promise import doc, promise
from ...scenarios.websockets import dropped_connections as dropping
from ...scenarios.websockets import giving_up as given_up
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    CHANGELOG,
    CLIENTS,
    SINCE_13_1,
    promise_on_own_page,
    promise_since,
)
from .opening_situations import NEW_CALLERS

ASYNCIO, THREADING = websockets_asyncio_client, websockets_threading_client
LEGACY = websockets_legacy_client
ON_ASYNCIO = {one: CLIENTS[one] for one in (ASYNCIO, LEGACY)}
ON_TASKS = ON_ASYNCIO | {websockets_trio_client: CLIENTS[websockets_trio_client]}

# Receiving
promise_on_own_page(
    "recv_can_be_cancelled",
    ON_TASKS,
    given_up.application_gives_up_a_recv,
    delivered("recv", "hello"),
    "ClientConnection.recv",
    "to cancel it is safe: no data is lost, and the next call returns the next message",
)
promise_on_own_page(
    "recv_can_be_cancelled_in_a_message",
    ON_TASKS,
    given_up.application_gives_up_a_recv_in_a_message,
    delivered("recv", "first half, second half", "hello"),
    "ClientConnection.recv",
    "to cancel it is safe: no data is lost, and the next call returns the next message",
)
promise(
    "recv_raises_timeout_error",
    THREADING,
    (given_up.application_gives_up_a_recv, given_up.application_gives_up_a_recv_in_a_message),
    both(raised("recv", "TimeoutError"), raised("recv", "ConnectionClosedOK")),
    source=doc(
        CLIENTS[THREADING],
        "ClientConnection.recv, timeout",
        "raises TimeoutError if no message comes in time",
    ),
)
promise(
    "recv_returns_the_message_after_a_timeout",
    THREADING,
    given_up.application_gives_up_a_recv,
    delivered("recv", "hello"),
    source=doc(CLIENTS[THREADING], "ClientConnection.recv", "receives the next message"),
)
promise(
    "recv_reassembles_the_message_after_a_timeout",
    THREADING,
    given_up.application_gives_up_a_recv_in_a_message,
    delivered("recv", "first half, second half", "hello"),
    source=doc(
        CLIENTS[THREADING],
        "ClientConnection.recv",
        "waits for all fragments of a message and returns the whole",
    ),
)
promise_on_own_page(
    "two_receivers_are_refused",
    NEW_CALLERS,
    given_up.application_receives_twice_at_once,
    both(raised("recv", "ConcurrencyError"), delivered("recv", "hello")),
    "ClientConnection.recv, Raises",
    "raises ConcurrencyError if it is called while another call is under way",
    SINCE_13_1,
)
promise_on_own_page(
    "two_receivers_raise_runtime_error",
    {LEGACY: CLIENTS[LEGACY]},
    given_up.application_receives_twice_at_once,
    both(raised("recv", "RuntimeError"), delivered("recv", "hello")),
    "ClientConnection.recv, Raises",
    "raises RuntimeError if it is called while another call is under way",
)
promise_on_own_page(
    "half_a_stream_is_in_the_way",
    NEW_CALLERS,
    given_up.application_leaves_half_a_message,
    raised("recv", "ConcurrencyError").once(),
    "ClientConnection.recv_streaming",
    "must be consumed to its end, or else calls of recv() raise ConcurrencyError",
    SINCE_13_1,
)

# Other calls
promise_on_own_page(
    "two_pings_alike_are_refused",
    NEW_CALLERS,
    given_up.application_pings_twice_alike,
    both(raised("ping", "ConcurrencyError").once(), delivered("recv", "hello")),
    "ClientConnection.ping, Raises",
    "raises ConcurrencyError while a ping of the same payload waits for its pong",
    SINCE_13_1,
)
promise(
    "two_pings_alike_raise_runtime_error",
    LEGACY,
    given_up.application_pings_twice_alike,
    both(raised("ping", "RuntimeError").once(), delivered("recv", "hello")),
    source=doc(
        CLIENTS[LEGACY],
        "WebSocketClientProtocol.ping, Raises",
        "raises RuntimeError while a ping of the same payload waits for its pong",
    ),
)
promise(
    "to_cancel_the_wait_for_a_pong_has_no_effect",
    LEGACY,
    given_up.application_gives_up_a_pong,
    both(delivered("recv", "hello"), raised("recv", "ConnectionClosedOK").once()),
    source=doc(
        CLIENTS[LEGACY],
        "WebSocketClientProtocol.ping",
        "to cancel the future that it returns has no effect",
    ),
)
promise(
    "a_pong_nobody_waits_for_does_no_harm",
    ASYNCIO,
    given_up.application_gives_up_a_pong,
    both(delivered("recv", "hello"), raised("recv", "ConnectionClosedOK").once()),
    source=doc(
        CHANGELOG, "14.2, bug fixes", "a ping that is cancelled and then answered is no crash"
    ),
    versions=">=14.2",
)
promise_on_own_page(
    "a_send_that_is_given_up_closes",
    ON_TASKS,
    given_up.application_gives_up_a_send,
    raised("send", "ConnectionClosed"),
    "ClientConnection.send",
    "to stop in the middle of a fragmented message is a protocol error that closes",
)
promise(
    "close_timeout_limits_a_close_that_is_given_up",
    ASYNCIO,
    (
        given_up.application_gives_up_its_close_in_vain,
        given_up.application_gives_up_its_close_then_repeats_it,
    ),
    ends(*AFTER_ONE_CLOSE_TIMEOUT),
    source=doc(
        CLIENTS[ASYNCIO], "connect, close_timeout", "the timeout for closing the connection"
    ),
)
promise(
    "a_close_that_is_given_up_ends_the_connection",
    websockets_trio_client,
    (
        given_up.application_gives_up_its_close,
        given_up.application_gives_up_its_close_in_vain,
        given_up.application_gives_up_its_close_then_repeats_it,
    ),
    both(fact("state", "CLOSED"), raised("recv", "ConnectionClosedError").once()),
    source=doc(
        "https://trio.readthedocs.io/en/stable/reference-io.html",
        "trio.abc.AsyncResource.aclose",
        "if it is cancelled, the resource is closed at once, and not gracefully",
    ),
)
promise_on_own_page(
    "a_close_that_is_given_up_can_be_repeated",
    ON_TASKS,
    given_up.application_gives_up_its_close_then_repeats_it,
    returned("close", None),
    "ClientConnection.close",
    "is idempotent",
)
promise_since(
    "concurrency_error_is_a_runtime_error",
    NEW_CALLERS,
    (given_up.application_receives_twice_at_once, given_up.application_leaves_half_a_message),
    raised("recv", "RuntimeError"),
    doc(CHANGELOG, "13.1, improvements", "ConcurrencyError is derived from RuntimeError"),
    SINCE_13_1,
)
promise(
    "a_closed_connection_is_freed",
    ASYNCIO,
    dropping.application_drops_a_closed_connection,
    reached("dropped", "freed"),
    source=doc(CHANGELOG, "17.1, improvements", "connections are freed as soon as they are closed"),
    versions=">=17.1",
)
