"""The scenarios, by group; importing this declares them all."""

from . import asgi, close, error, open_time_close, tornado, websocket_client, websockets

OF_ONE_LIBRARY = (
    *asgi.MODULES,
    *tornado.MODULES,
    *websocket_client.MODULES,
    *websockets.MODULES,
)
"""The modules of scenarios about what only one library, or one kind, has; each names its group."""
GROUPS = {module.__name__.rpartition(".")[2]: module for module in (close, error, open_time_close)}
"""The modules of scenarios, by the name of the group."""
