"""What the reference pages on trio promise of deadlines, events, and servers that end."""

from __future__ import annotations

from fixtures.drivers.surfaces import websockets_trio_client, websockets_trio_server

from ...judging.expectations import (
    both,
    called,
    fact,
    returned,
    sends_close,
)
from ...judging.promise import doc, promise
from ...scenarios.websockets import on_trio
from .connection_situations import CLIENTS, SERVERS

CLIENT, SERVER = CLIENTS[websockets_trio_client], SERVERS[websockets_trio_server]

# A block is left
promise(
    "block_is_closed_by_what_leaves_it",
    websockets_trio_client,
    (on_trio.deadline_ends_the_block, on_trio.peer_closes_on_a_task_in_a_nursery),
    both(sends_close(), fact("state", "CLOSED")),
    source=doc(CLIENT, "connect", "the connection is closed automatically at the end of the block"),
)
promise(
    "wait_closed_returns_when_closed",
    websockets_trio_client,
    on_trio.block_is_cancelled_while_a_task_waits_for_the_end,
    returned("wait_closed", None).once(),
    source=doc(CLIENT, "Connection.wait_closed", "waits until the connection is closed"),
)

# The handshake is just over
promise(
    "handler_runs_for_a_connection_that_is_closed_at_once",
    websockets_trio_server,
    on_trio.client_closes_before_the_server_goes_on,
    called("handler").once(),
    source=doc(SERVER, "serve", "performs the opening handshake, then runs the handler"),
)
