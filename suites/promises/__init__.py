"""The promises of each library, with their sources; importing this package declares them all."""

from . import (
    aiohttp,
    anycorn,
    daphne,
    hypercorn,
    starlette,
    tornado,
    uvicorn,
    websocket_client,
    websockets,
)

__all__ = [
    "aiohttp",
    "anycorn",
    "daphne",
    "hypercorn",
    "starlette",
    "tornado",
    "uvicorn",
    "websocket_client",
    "websockets",
]
from . import aiohttp, granian, tornado, uvicorn, websocket_client, websockets

__all__ = ["aiohttp", "granian", "tornado", "uvicorn", "websocket_client", "websockets"]
