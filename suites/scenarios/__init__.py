"""The scenarios, by group; importing this declares them all."""

from . import close, error, open_time_close

# isort: split
from . import tornado, websocket_client, websockets  # reports begin with those above

# isort: split
from . import aiohttp, autobahn, flask_sock, httpx_ws, picows, simple_websocket, starlette, trio_ws
from .asgi import MODULES as OF_ASGI

OF_ONE_LIBRARY = (
    *tornado.MODULES,
    *websocket_client.MODULES,
    *websockets.MODULES,
    *OF_ASGI,
    *aiohttp.MODULES,
    *starlette.MODULES,
    *simple_websocket.MODULES,
    *httpx_ws.MODULES,
    *trio_ws.MODULES,
    *autobahn.MODULES,
    *picows.MODULES,
    *flask_sock.MODULES,
)
"""The modules of scenarios about what only one library, or one kind, has; each names its group."""
GROUPS = {module.__name__.rpartition(".")[2]: module for module in (close, error, open_time_close)}
"""The modules of scenarios, by the name of the group."""
