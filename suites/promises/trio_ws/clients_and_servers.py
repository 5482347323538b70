"""What trio-websocket's pages on clients and servers, and on message queues, promise."""

from __future__ import annotations

from fixtures.drivers.trio_ws_surfaces import trio_ws_client, trio_ws_server
from fixtures.model.situations import tagged

from ...judging.expectations import answers, called, error, raised, reached, sends_close
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios import error as failing
from .trio_ws_documents import BOTH, OPENING, cite_site

OPEN = "open_websocket_url"

# The client
promise(
    "the_block_is_entered_when_it_is_open",
    trio_ws_client,
    [one for one in OPENING if "cancelled" not in one.tags or "on_message" in one.tags],
    reached("async with block").once(),
    source=cite_site("clients", "Client Tutorial", "the block is entered with an open connection"),
)
promise(
    "whatever_fails_is_a_handshake_error",
    trio_ws_client,
    tagged("not_opened"),
    raised("open_websocket_url", "HandshakeError").once(),
    source=cite_site(
        "clients",
        OPEN,
        "HandshakeError is raised for networking errors, timeouts and rejections",
    ),
)
for _one in failing.server_refuses_with:
    promise(
        f"a_rejection_has_its_status_{_one.end}",
        trio_ws_client,
        _one,
        raised("open_websocket_url", error("ConnectionRejected", status_code=int(_one.end))).once(),
        source=cite_site("api", "ConnectionRejected", "it has the status of the response"),
    )
promise(
    "a_failed_attempt_is_an_os_error",
    trio_ws_client,
    (failing.connection_is_refused, failing.name_is_not_resolved),
    raised("open_websocket_url", "OSError").once(),
    source=cite_site(
        "clients", "Client Tutorial", "the example catches OSError for a failed attempt"
    ),
)
promise(
    "leaving_the_block_closes",
    trio_ws_client,
    (close.application_leaves_on_message, open_time_close.application_leaves_when_opened),
    sends_close(1000),
    source=cite_site("clients", "Client Tutorial", "the connection is closed when it is left"),
)
promise(
    "too_big_a_message_closes_with_1009",
    BOTH,
    failing.message_is_too_big,
    sends_close(1009),
    source=cite_site("backpressure", "Message Queues", "the connection is closed with 1009"),
)

# The server
promise(
    "the_handler_is_called",
    trio_ws_server,
    OPENING,
    called("handler").once(),
    source=cite_site("servers", "Server Tutorial", "the handler receives a request"),
)
promise(
    "accept_finishes_the_handshake",
    trio_ws_server,
    OPENING,
    answers(101),
    source=cite_site("servers", "Server Tutorial", "accept() finishes the handshake"),
)
promise(
    "a_handler_that_exits_closes",
    trio_ws_server,
    (close.application_leaves_on_message, open_time_close.handler_returns_at_once),
    sends_close(1000),
    source=cite_site(
        "servers", "Server Tutorial", "the connection is closed when the handler exits"
    ),
)
