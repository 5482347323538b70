"""The promises of each library, with their sources; importing this declares them all."""

from . import (
    tornado,
    tornado_client,
    websocket_client,
    websocket_client_core,
    websocket_client_dispatcher,
    websocket_client_run,
    websockets,
    websockets_client,
    websockets_closing,
    websockets_server,
)

__all__ = [
    "tornado",
    "tornado_client",
    "websocket_client",
    "websocket_client_core",
    "websocket_client_dispatcher",
    "websocket_client_run",
    "websockets",
    "websockets_client",
    "websockets_closing",
    "websockets_server",
]
