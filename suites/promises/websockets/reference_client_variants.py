"""What the reference pages promise of a client that iterates, and of one without a block."""

from __future__ import annotations

from ...judging.expectations import both, delivered, fact, raised, reached, returned
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    AWAITED,
    CLIENTS,
    CLOSED_WITH_ERROR,
    ITERATING_CLIENTS,
    OK,
    SINCE_11_0,
    promise_on_own_page,
)
from .reference_connection import MESSAGE_IS_READ

_ENDS = "the iterator ends normally after 1000, after 1001, and after a close without a code"
_PAGES = {one: CLIENTS[base] for one in AWAITED for base in CLIENTS if base.name == one.variant_of}

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

# A client that awaits connect()
promise_on_own_page(
    "close_is_for_the_application",
    _PAGES,
    (close.application_leaves_on_message, opening.application_leaves_when_opened),
    both(returned("close", None).once(), fact("state", "CLOSED")),
    "connect",
    "if connect() is awaited, the connection has to be closed with close()",
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
    "connect() can be awaited: it returns the connection",
)
