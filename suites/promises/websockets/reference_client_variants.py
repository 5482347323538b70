"""What the reference pages promise of a client that iterates, and of one without a block."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_threading_client,
    websockets_threading_client_unmanaged,
)

from ...judging.expectations import both, delivered, fact, raised, reached, returned, warned
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from ...scenarios.websockets import without_a_block
from .connection_situations import (
    CLIENTS,
    CLOSED_WITH_ERROR,
    HAS_STATE,
    ITERATING_CLIENTS,
    OK,
    SINCE_11_0,
    UNMANAGED,
    promise_on_own_page,
)
from .reference_connection import MESSAGE_IS_READ

_ENDS = "the iterator ends normally after 1000, after 1001, and after a close without a code"
_PAGES = {
    one: CLIENTS[base] for one in UNMANAGED for base in CLIENTS if base.name == one.variant_of
}

# A client that iterates
promise_on_own_page(
    "iteration_ends_silently_after_a_normal_closure",
    ITERATING_CLIENTS,
    OK,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ClientConnection",
    _ENDS,
)
promise_on_own_page(
    "iteration_ends_silently_without_a_code",
    ITERATING_CLIENTS,
    close.peer_closes_with_empty_frame,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ClientConnection",
    _ENDS,
    SINCE_11_0,
    UNMANAGED,
)
promise_on_own_page(
    "iteration_raises_after_any_other_closure",
    ITERATING_CLIENTS,
    (*CLOSED_WITH_ERROR, failure.no_pong_comes),
    both(raised("iteration", "ConnectionClosedError").once(), reached("end of iteration").never()),
    "ClientConnection",
    "the iterator raises ConnectionClosedError after any other code",
)
promise_on_own_page(
    "iteration_yields_the_message",
    ITERATING_CLIENTS,
    MESSAGE_IS_READ,
    delivered("iteration", "hello"),
    "ClientConnection",
    "iterates over the messages",
)

# A client without a block
promise_on_own_page(
    "close_is_for_the_application",
    _PAGES,
    (close.application_leaves_on_message, opening.application_leaves_when_opened),
    returned("close", None).once(),
    "connect",
    "without a block, the connection has to be closed with close()",
)
promise_on_own_page(
    "state_is_closed_by_close",
    _PAGES,
    (close.application_leaves_on_message, opening.application_leaves_when_opened),
    fact("state", "CLOSED"),
    "connect; Connection.state",
    "without a block, the connection has to be closed with close(); state is as in RFC 6455",
    HAS_STATE,
)
promise_on_own_page(
    "connect_returns_only_when_connected",
    _PAGES,
    (
        failure.connection_is_refused,
        failure.server_ends_in_the_handshake,
        failure.server_is_silent_in_the_handshake,
        *failure.server_refuses_with,
    ),
    reached("connect").never(),
    "connect",
    "connect() can be used without a block: it returns the connection",
)
promise(
    "connect_without_a_block_is_deprecated",
    websockets_threading_client_unmanaged,
    (
        close.application_closes_on_message,
        close.peer_closes_first,
        close.peer_closes_with_code,
        failure.peer_ends,
    ),
    warned("DeprecationWarning"),
    source=doc(
        CLIENTS[websockets_threading_client],
        "connect, legacy",
        "without a block and without legacy=True, a deprecation warning is issued",
    ),
    versions=">=17.1",
)
promise(
    "legacy_connects_without_a_block",
    websockets_threading_client_unmanaged,
    without_a_block.connection_without_a_block_is_asked_for,
    both(warned("DeprecationWarning").never(), raised("recv", "ConnectionClosedOK").once()),
    source=doc(
        CLIENTS[websockets_threading_client],
        "connect, legacy",
        "True has connect() return a connection, without a deprecation warning",
    ),
    versions=">=17.1",
)
