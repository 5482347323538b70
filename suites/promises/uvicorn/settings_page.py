"""What uvicorn's page on its settings promises."""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_sansio

from ...judging.expectations import both, called, ends
from ...judging.promise import promise
from ...scenarios import error as failing
from .uvicorn_documents import cite_site

promise(
    "too_big_a_message_is_not_received",
    asgi_uvicorn_sansio,
    failing.message_is_too_big,
    both(called("websocket.receive", ...).never(), called("websocket.disconnect", ...).once()),
    source=cite_site("settings", "--ws-max-size", "the most bytes that a message may have"),
)
promise(
    "a_missing_pong_ends_the_connection",
    asgi_uvicorn_sansio,
    failing.no_pong_comes,
    both(
        called("websocket.disconnect", ...).once(),
        ends("ping_interval + ping_timeout"),
    ),
    source=cite_site(
        "settings",
        "--ws-ping-interval, --ws-ping-timeout",
        "the interval between pings, and the time for the pong",
    ),
)
