"""The promises of each library, with their sources; importing this package declares them all."""

from . import (
    aiohttp,
    anycorn,
    autobahn,
    daphne,
    flask_sock,
    granian,
    httpx_ws,
    hypercorn,
    picows,
    simple_websocket,
    starlette,
    tornado,
    trio_ws,
    uvicorn,
    websocket_client,
    websockets,
)

__all__ = [
    "aiohttp",
    "anycorn",
    "autobahn",
    "daphne",
    "flask_sock",
    "granian",
    "httpx_ws",
    "hypercorn",
    "picows",
    "simple_websocket",
    "starlette",
    "tornado",
    "trio_ws",
    "uvicorn",
    "websocket_client",
    "websockets",
]
