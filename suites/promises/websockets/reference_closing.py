"""What the reference pages promise of a close while messages are on the way, and of timeouts."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_threading_client, websockets_threading_server

from ...judging.expectations import (
    both,
    delivered,
    ends,
    raised,
    reached,
    returned,
    sends_close,
)
from ...judging.promise import doc
from ...scenarios.websockets import closing_while_receiving as receiving
from ...scenarios.websockets import closing_while_sending as sending
from ...scenarios.websockets import closing_with_options as options
from .connection_situations import (
    AFTER_ONE_CLOSE_TIMEOUT,
    CLIENTS,
    CONNECTIONS,
    DEFAULT,
    HAS_KEEPALIVE,
    KEEPALIVE,
    LEGACY,
    SERVERS,
    promise_on_own_page,
    promise_since,
)

PAGES = {one: page for one, page in CONNECTIONS.items() if one not in DEFAULT}
STREAMERS = {one: page for one, page in PAGES.items() if one not in LEGACY}
"""The surfaces whose connections have `recv_streaming()`."""
STUCK_CLIENTS = {one: page for one, page in CLIENTS.items() if one in PAGES}
"""The clients that play what takes place behind a message that is stuck."""

# Something of the application is on the way
promise_on_own_page(
    "both_of_two_closes_return",
    PAGES,
    sending.application_closes_during_its_close,
    returned("close", None).times(2),
    "Connection.close",
    "is idempotent",
)
promise_on_own_page(
    "send_raises_during_the_close",
    PAGES,
    sending.application_sends_during_its_close,
    raised("send", "ConnectionClosedOK").once(),
    "Connection.send",
    "raises ConnectionClosedOK after a normal closure",
)
promise_on_own_page(
    "send_in_fragments_raises_if_closed",
    PAGES,
    sending.application_closes_between_its_fragments,
    raised("send", "ConnectionClosed").once(),
    "Connection.send, Raises",
    "raises ConnectionClosed when the connection is closed",
)
promise_on_own_page(
    "close_returns_beside_a_send",
    PAGES,
    sending.application_closes_before_its_message_is_read,
    both(returned("close", None).once(), returned("send", None).once()),
    "Connection.close; Connection.send",
    "close() waits for the handshake; nothing is raised unless the connection is closed",
)
promise_on_own_page(
    "fragments_of_two_types_raise_type_error",
    PAGES,
    sending.application_mixes_fragments_of_two_types,
    both(raised("send", "TypeError").once(), sends_close()),
    "Connection.send",
    "fragments of different types raise TypeError, and the connection is closed",
)
promise_on_own_page(
    "close_times_out_if_the_write_buffer_is_full",
    {one: page for one, page in STUCK_CLIENTS.items() if one.api in ("asyncio", "trio")},
    sending.application_closes_while_its_message_is_stuck,
    both(returned("close", None).once(), ends(*AFTER_ONE_CLOSE_TIMEOUT)),
    "Connection.send; close_timeout",
    "if a send() waits since the write buffer is full, close() times out and aborts",
)
promise_on_own_page(
    "close_timeout_limits_a_close_beside_a_send",
    {websockets_threading_client: PAGES[websockets_threading_client]},
    sending.application_closes_while_its_message_is_stuck,
    both(returned("close", None).once(), ends(*AFTER_ONE_CLOSE_TIMEOUT)),
    "connect, close_timeout",
    "the timeout for closing the connection, 10 seconds by default",
)
promise_since(
    "keepalive_drops_a_peer_that_does_not_read",
    STUCK_CLIENTS,
    sending.keepalive_is_stuck_behind_a_message,
    raised("recv", "ConnectionClosedError").once(),
    doc(
        KEEPALIVE,
        "Keepalive in websockets",
        "a ping is sent every 20 seconds; without a pong within 20 seconds the connection closes",
    ),
    {websockets_threading_client: ">=15.0"},
)
promise_on_own_page(
    "send_raises_if_the_connection_is_lost",
    {one: page for one, page in PAGES.items() if one is not websockets_threading_server},
    (
        sending.peer_resets_while_a_message_is_stuck,
        sending.server_resets_while_a_thread_is_stuck,
        sending.peer_resets_while_two_tasks_wait,
    ),
    raised("send", "ConnectionClosedError").once(),
    "Connection.send",
    "raises ConnectionClosedError after a network failure",
)

# A message of the peer is on the way
promise_on_own_page(
    "recv_raises_at_the_end_of_its_close",
    {one: page for one, page in CLIENTS.items() if one in PAGES},
    receiving.application_closes_between_fragments,
    raised("recv", "ConnectionClosedOK").once(),
    "ClientConnection.recv",
    "raises ConnectionClosedOK after a normal closure",
)
promise_on_own_page(
    "iteration_ends_at_the_end_of_its_close",
    {one: page for one, page in SERVERS.items() if one in PAGES},
    receiving.application_closes_between_fragments,
    both(reached("end of iteration").once(), raised("iteration", "Exception").never()),
    "ServerConnection",
    "the iterator ends normally after 1000, after 1001, and after a close without a code",
)
for _call, _pages in (("recv", CLIENTS), ("iteration", SERVERS)):
    promise_on_own_page(
        f"{_call}_reassembles_a_message_during_the_close",
        {one: page for one, page in _pages.items() if one in STREAMERS},
        receiving.application_closes_between_fragments,
        delivered(_call, "hello", "first half, second half"),
        "Connection.recv",
        "waits for all fragments of a message and returns the whole",
    )
promise_on_own_page(
    "recv_streaming_raises_as_recv_does",
    STREAMERS,
    (receiving.application_closes_on_the_first_fragment, receiving.peer_closes_after_fragments),
    raised("recv_streaming", "ConnectionClosedOK").once(),
    "Connection.recv_streaming",
    "raises what recv() raises",
)

# Timeouts that are switched off
promise_on_own_page(
    "close_waits_without_a_close_timeout",
    STREAMERS,
    options.peer_answers_after_any_timeout,
    both(returned("close", None).once(), ends("3 x close_timeout")),
    "connect and serve, close_timeout",
    "None disables the timeout",
)
for _call, _pages in (("recv", CLIENTS), ("iteration", SERVERS)):
    promise_since(
        f"{_call}_waits_without_a_ping_timeout",
        [one for one in _pages if one in PAGES],
        options.peer_closes_without_a_ping,
        raised(_call, "ConnectionClosedError").never(),
        doc(
            KEEPALIVE,
            "Keepalive in websockets",
            "ping_interval=None turns the keepalive off, ping_timeout=None its timeout only",
        ),
        HAS_KEEPALIVE,
    )
