"""The promises of each library, with their sources; importing this declares them all."""

from . import (
    tornado,
    tornado_client,
    websocket_client,
    websocket_client_callbacks,
    websocket_client_closing,
    websocket_client_core,
    websocket_client_dispatcher,
    websocket_client_opening,
    websocket_client_run,
    websocket_client_running,
    websocket_client_socket,
    websockets,
    websockets_client,
    websockets_closing,
    websockets_server,
)

__all__ = [
    "tornado",
    "tornado_client",
    "websocket_client",
    "websocket_client_callbacks",
    "websocket_client_closing",
    "websocket_client_core",
    "websocket_client_dispatcher",
    "websocket_client_opening",
    "websocket_client_run",
    "websocket_client_running",
    "websocket_client_socket",
    "websockets",
    "websockets_client",
    "websockets_closing",
    "websockets_server",
]
