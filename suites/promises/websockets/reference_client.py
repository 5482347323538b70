"""What the reference pages on clients promise: `connect()`, its block, `recv()`."""

from __future__ import annotations

from ...judging.expectations import both, either, ends, fact, raised, reached, sends_close
from ...judging.promise import doc, promise
from ...scenarios import close
from ...scenarios import error as failure
from ...scenarios import open_time_close as opening
from .connection_situations import (
    AFTER_ONE_OPEN_TIMEOUT,
    ALL,
    APPLICATION_IS_DONE,
    CLIENTS,
    CLOSED_OK,
    CLOSED_WITH_ERROR,
    HAS_STATE,
    NOT_A_RESPONSE,
    NOT_ACCEPTED,
    NOT_CONNECTED,
    NOT_SECURED,
    RECONNECTING,
    SINCE_10_0,
    SINCE_11_0,
    UNMANAGED,
    promise_on_own_page,
)

# What recv() raises
promise_on_own_page(
    "recv_raises_ok_after_a_normal_closure",
    CLIENTS,
    CLOSED_OK,
    raised("recv", "ConnectionClosedOK").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedOK after a normal closure",
)
promise_on_own_page(
    "recv_raises_ok_without_a_code",
    CLIENTS,
    close.peer_closes_with_empty_frame,
    raised("recv", "ConnectionClosedOK").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedOK after a normal closure, which includes a close without a code",
    SINCE_11_0,
)
promise_on_own_page(
    "recv_raises_error_after_any_other_closure",
    CLIENTS,
    (
        *CLOSED_WITH_ERROR,
        opening.peer_resets_right_after_the_handshake,
        failure.tls_breaks_after_the_handshake,
    ),
    raised("recv", "ConnectionClosedError").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedError after a protocol error or a network failure",
)

# What connect() raises
promise_on_own_page(
    "connect_raises_what_it_lists",
    CLIENTS,
    (
        *NOT_CONNECTED,
        *NOT_SECURED,
        *NOT_A_RESPONSE,
        *NOT_ACCEPTED,
        failure.server_redirects_to_nowhere,
        failure.server_is_silent_in_the_handshake,
        failure.server_is_silent_then_ends,
    ),
    either(
        raised("connect", "OSError").once(),
        raised("connect", "InvalidHandshake").once(),
        raised("connect", "TimeoutError").once(),
    ),
    "connect, Raises",
    "raises OSError, InvalidHandshake or TimeoutError (or an error about the arguments)",
    SINCE_11_0,
)
promise_on_own_page(
    "connect_raises_os_error_if_tcp_fails",
    CLIENTS,
    NOT_CONNECTED,
    raised("connect", "OSError").once(),
    "connect, Raises",
    "raises OSError if the TCP connection fails",
    SINCE_11_0,
)
promise_on_own_page(
    "connect_raises_invalid_handshake",
    CLIENTS,
    (*NOT_A_RESPONSE, *NOT_ACCEPTED),
    raised("connect", "InvalidHandshake").once(),
    "connect, Raises",
    "raises InvalidHandshake if the opening handshake fails",
)
promise_on_own_page(
    "open_timeout_limits_the_opening_handshake",
    CLIENTS,
    (failure.server_is_silent_in_the_handshake, failure.server_is_silent_then_ends),
    both(raised("connect", "TimeoutError").once(), ends(*AFTER_ONE_OPEN_TIMEOUT)),
    "connect, open_timeout and Raises",
    "raises TimeoutError if the opening handshake takes too long; the default is 10 seconds",
    SINCE_10_0,
)

# The block of connect()
for _surface, _page in CLIENTS.items():
    _block = "with block" if _surface.api == "sync" else "async with block"
    promise(
        "block_is_entered_only_when_connected",
        _surface,
        (*NOT_CONNECTED, *NOT_SECURED, *NOT_A_RESPONSE, *NOT_ACCEPTED),
        reached(_block).never(),
        source=doc(_page, "connect", "a context manager that yields a connection"),
    )
promise_on_own_page(
    "block_is_closed_on_the_way_out",
    CLIENTS,
    APPLICATION_IS_DONE,
    sends_close(),
    "connect",
    "the connection is closed automatically at the end of the block",
    but=(*UNMANAGED, *RECONNECTING),
)
promise_on_own_page(
    "state_is_closed_after_the_block",
    CLIENTS,
    [one for one in ALL if one is not close.peer_closes_and_keeps_tcp_open],
    fact("state", "CLOSED"),
    "connect; Connection.state",
    "the connection is closed automatically at the end of the block; state is as in RFC 6455",
    HAS_STATE,
    but=(*UNMANAGED, *RECONNECTING),
)
