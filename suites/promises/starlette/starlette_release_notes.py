"""What starlette's release notes promise."""

from __future__ import annotations

from fixtures.drivers.starlette_surfaces import starlette_websocket
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, answers, error, raised
from ...judging.promise import promise
from ...scenarios.starlette import before_the_endpoint_accepts as before
from .starlette_documents import CLOSING_TOO_LATE, SENDING_TOO_LATE, cite_release_notes

FAILING = cite_release_notes("0.36.0", "WebSocketDisconnect is raised where send() has an IOError")

promise(
    "the_exception_has_code_and_reason",
    starlette_websocket,
    tagged("with_reason"),
    raised("receive_text", error("WebSocketDisconnect", code=PEER_CODE, reason=PEER_REASON)),
    source=cite_release_notes("0.32.0", "WebSocketDisconnect has the reason"),
)
promise(
    "send_raises_websocket_disconnect_once_the_client_has_left",
    starlette_websocket,
    SENDING_TOO_LATE,
    raised("send", "WebSocketDisconnect").once(),
    source=FAILING,
    versions=">=0.36",
)
promise(
    "close_raises_websocket_disconnect_once_the_client_has_left",
    starlette_websocket,
    CLOSING_TOO_LATE,
    raised("close", "WebSocketDisconnect").once(),
    source=FAILING,
    versions=">=0.36",
)
promise(
    "accept_raises_websocket_disconnect_once_the_client_has_left",
    starlette_websocket,
    before.endpoint_accepts_once_the_client,
    raised("accept", "WebSocketDisconnect").once(),
    source=FAILING,
    versions=">=0.36",
)
promise(
    "a_denial_response_may_come_in_parts",
    starlette_websocket,
    before.endpoint_denies_with_a_response_in_parts,
    answers(401),
    source=cite_release_notes("1.0.0", "StreamingResponse may be a denial response"),
    versions=">=1.0.0",
)
