"""What the guide to programming with WebSocket promises."""

from __future__ import annotations

from fixtures.model.situations import tagged

from ...judging.expectations import called
from ...judging.promise import promise
from ...scenarios import open_time_close
from .autobahn_documents import BOTH, ON_ASYNCIO, OPENED, cite_guide

LIFE = "Connection Lifecycle"

promise(
    "on_close_fires_after_send_close",
    BOTH,
    [one for one in tagged("own_close", without="illegal_close") if one in OPENED],
    called("onClose", ...).once(),
    source=cite_guide(LIFE, "sendClose starts a closing handshake; eventually onClose fires"),
)
promise(
    "async_on_open_is_called",
    ON_ASYNCIO,
    (
        open_time_close.peer_closes_while_open_runs,
        open_time_close.peer_ends_while_open_runs,
        open_time_close.peer_sends_while_open_runs,
    ),
    called("onOpen").once(),
    source=cite_guide(LIFE, "onOpen fires when the opening handshake is complete"),
)
