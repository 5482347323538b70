"""What the release notes promise."""

from __future__ import annotations

from fixtures.drivers.httpx_ws_surfaces import httpx_ws_async_client

from ...judging.expectations import both, ends, raised, reached
from ...judging.promise import promise
from ...scenarios import error as failing
from ...scenarios.httpx_ws import calls_of_a_session, sessions_that_end
from .httpx_ws_documents import BOTH, cite_release

promise(
    "a_timeout_is_a_timeout_error",
    httpx_ws_async_client,
    calls_of_a_session.server_is_silent_for_the_timeout,
    raised("receive_text", "TimeoutError").once(),
    source=cite_release("0.5.0", "TimeoutError is raised, and no longer that of asyncio"),
    versions=">=0.5.0",
)
promise(
    "a_broken_stream_is_handled_gracefully",
    BOTH,
    (failing.peer_ends, failing.peer_resets, failing.peer_ends_after_a_message),
    both(raised("receive_text", "WebSocketNetworkError").once(), ends("at once")),
    source=cite_release("0.7.2", "broken and disconnected streams are handled gracefully"),
    versions=">=0.7.2",
)
promise(
    "a_cancelled_scope_ends",
    httpx_ws_async_client,
    sessions_that_end.scope_of_the_session_is_cancelled,
    both(reached("end of the scope").once(), ends("at once")),
    source=cite_release("0.9.0", "leaving the block after a cancellation no longer hangs"),
    versions=">=0.9.0",
)
