"""The promises of each library, with their sources; importing this package declares them all."""

from . import tornado, uvicorn, websocket_client, websockets

__all__ = ["tornado", "uvicorn", "websocket_client", "websockets"]
