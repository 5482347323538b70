"""The promises of each library, with their sources; importing this package declares them all."""

from . import aiohttp, daphne, tornado, uvicorn, websocket_client, websockets

__all__ = ["aiohttp", "daphne", "tornado", "uvicorn", "websocket_client", "websockets"]
from . import aiohttp, starlette, tornado, uvicorn, websocket_client, websockets

__all__ = ["aiohttp", "starlette", "tornado", "uvicorn", "websocket_client", "websockets"]
from . import aiohttp, anycorn, hypercorn, tornado, uvicorn, websocket_client, websockets

__all__ = [
    "aiohttp",
    "anycorn",
    "hypercorn",
    "tornado",
    "uvicorn",
    "websocket_client",
    "websockets",
]
