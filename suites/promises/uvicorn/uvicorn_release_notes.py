"""What uvicorn's release notes promise."""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_legacy, asgi_uvicorn_sansio, asgi_uvicorn_wsproto
from fixtures.model.situations import tagged

from ...judging.expectations import PEER_CODE, PEER_REASON, called, ends, sends_close
from ...judging.promise import promise
from ...scenarios import close, open_time_close
from ...scenarios.asgi import server_exits as exits
from ..asgi.asgi_situations import OPENING
from .uvicorn_documents import OTHERS, cite_release_notes

promise(
    "the_version_announced_is_2_4",
    OTHERS,
    OPENING,
    called("application", "websocket", "2.4").once(),
    source=cite_release_notes("0.27.0", "the ASGI version for WebSocket is 2.4"),
    versions=">=0.27",
)
promise(
    "the_reason_is_received",
    asgi_uvicorn_sansio,
    tagged("with_reason"),
    called("websocket.disconnect", PEER_CODE, PEER_REASON).once(),
    source=cite_release_notes("0.30.2", "websocket.disconnect has the reason"),
    versions=">=0.30.2",
)
promise(
    "a_return_sends_a_close_frame",
    asgi_uvicorn_sansio,
    (open_time_close.handler_returns_at_once, close.application_leaves_on_message),
    sends_close(),
    source=cite_release_notes("0.39.0", "a close frame is sent when the application returns"),
    versions=">=0.39",
)
promise(
    "a_server_that_exits_closes_with_1012",
    asgi_uvicorn_sansio,
    (
        exits.server_exits_when_idle,
        exits.server_exits_and_no_answer_comes,
        exits.server_exits_and_nobody_receives,
    ),
    sends_close(1012),
    source=cite_release_notes("0.21.0", "the code is 1012 when the server shuts down"),
)
promise(
    "a_close_waits_ten_seconds_for_the_answer",
    (asgi_uvicorn_sansio, asgi_uvicorn_wsproto),
    (close.peer_never_answers, open_time_close.application_closes_when_opened_and_no_answer_comes),
    ends("1 x close_timeout"),
    source=cite_release_notes(
        "0.52.1", "a close by the server waits 10 seconds for the client's close frame"
    ),
    versions=">=0.52.1",
    but=[asgi_uvicorn_legacy],
)
