"""What the reference promises of the exceptions that end a session."""

from __future__ import annotations

from fixtures.drivers.httpx_ws_surfaces import httpx_ws_async_client
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, error, raised
from ...judging.promise import promise
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.httpx_ws import sessions_that_end
from .httpx_ws_documents import (
    BEFORE_GROUPS,
    BOTH,
    LOST,
    SINCE_GROUPS,
    cite_exception,
)

CLOSED_BY_SERVER = cite_exception("WebSocketDisconnect", "the server closed the session")
GROUPED = cite_exception("AsyncWebSocketSession", "what leaves the block is in an ExceptionGroup")
LEAVES_THE_BLOCK = (
    sessions_that_end.server_closes_and_it_is_handled_outside,
    failing.application_raises_on_message,
    failing.application_raises_when_opened,
    failing.no_pong_comes,
    failing.peer_ends,
    failing.peer_resets,
)

promise(
    "a_close_of_the_server_has_its_code_and_reason",
    BOTH,
    tagged("with_code", without=("races",)),
    raised("receive_text", error("WebSocketDisconnect", code=PEER_CODE, reason=PEER_REASON)).once(),
    source=CLOSED_BY_SERVER,
)
promise(
    "an_empty_close_frame_is_a_close_of_the_server",
    BOTH,
    close.peer_closes_with_empty_frame,
    raised("receive_text", "WebSocketDisconnect").once(),
    source=CLOSED_BY_SERVER,
)
promise(
    "only_a_close_of_the_server_is_told_as_one",
    BOTH,
    tagged("bad_frame"),
    raised("receive_text", "WebSocketDisconnect").never(),
    source=CLOSED_BY_SERVER,
)
promise(
    "a_lost_connection_is_a_network_error",
    BOTH,
    LOST,
    raised("receive_text", "WebSocketNetworkError").once(),
    source=cite_exception("WebSocketNetworkError", "the underlying stream has closed"),
)
promise(
    "what_leaves_the_block_is_in_a_group",
    httpx_ws_async_client,
    LEAVES_THE_BLOCK,
    raised("async with block", "ExceptionGroup").once(),
    source=GROUPED,
    versions=SINCE_GROUPS,
)
promise(
    "a_close_of_the_server_leaves_the_block_as_it_is",
    httpx_ws_async_client,
    sessions_that_end.server_closes_and_it_is_handled_outside,
    raised("async with block", "WebSocketDisconnect").once(),
    source=CLOSED_BY_SERVER,
    versions=BEFORE_GROUPS,
)
