"""What the guides to keepalive and to logging promise."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    websockets_asyncio_client,
    websockets_asyncio_server,
    websockets_trio_client,
    websockets_trio_server,
)
from fixtures.model.situations import tagged

from ...judging.expectations import ends, logged
from ...judging.promise import doc, promise, untestable
from ...scenarios import error as failure
from .connection_situations import (
    CLOSED_WRONGLY,
    CONNECTIONS,
    DEFAULT,
    KEEPALIVE,
    LEGACY,
    PAGES,
    SERVERS,
)

promise(
    "keepalive_waits_twenty_and_twenty_seconds",
    (
        websockets_asyncio_client,
        websockets_asyncio_server,
        websockets_trio_client,
        websockets_trio_server,
        *DEFAULT,
        *LEGACY,
    ),
    failure.no_pong_comes,
    ends("ping_interval + ping_timeout"),
    source=doc(
        KEEPALIVE,
        "Keepalive in websockets",
        "a ping is sent every 20 seconds; its pong has to arrive within 20 seconds",
    ),
)
promise(
    "unhandled_exceptions_are_logged",
    SERVERS,
    (*tagged("raises", without="not_opened"), *CLOSED_WRONGLY),
    logged("ERROR"),
    source=doc(
        f"{PAGES}topics/logging.html",
        "Log levels, ERROR",
        "exceptions in connection handlers are logged at level ERROR",
    ),
)

# What no run can show
NEW = {one: page for one, page in CONNECTIONS.items() if one.api in {"asyncio", "sync", "trio"}}
untestable(
    NEW,
    source=doc(
        NEW[websockets_asyncio_client],
        "Connection.close_code and close_reason",
        "both are the state of the connection, as RFC 6455 has it",
    ),
    because="the text is that of `state`, by mistake: the pages on Sans-I/O and on the legacy API "
    "say what the two are, and that is tested",
    versions=">=14.1",
)
untestable(
    NEW,
    source=doc(
        f"{PAGES}topics/memory.html", "Connection; Buffers", "what a connection needs of memory"
    ),
    because="a trace says nothing of memory",
)
