"""The idiom of each surface: its template, and what the application does there, as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from fixtures.model.actions import AFTER_THE_END, CLOSED, FAILED, MESSAGE, OPENED, PING, PONG

ALWAYS = frozenset({OPENED, MESSAGE, CLOSED, AFTER_THE_END})


@dataclass(frozen=True, slots=True)
class Idiom:
    """How a script uses one surface.

    `connection` is the object that closes, and sends with `send`; `cancel` a function.
    `is_async`: points are awaited. `has_tasks`: what another does is a task. `calls`: actions that
    are told like calls, with what comes back. `points` are those it comes to, `silent` the kinds
    of events that it does not show. `module` is where `connect` and `serve` are.
    A scenario may call `methods` of the connection by name, and set its `attributes`.
    """

    template: str
    connection: str
    send: str = "send"
    cancel: str = ""
    is_async: bool = False
    has_tasks: bool = False
    calls: Set[str] = frozenset({"leave", "stop reading"})
    points: Set[str] = ALWAYS
    silent: Set[str] = frozenset()
    module: str = ""
    methods: Set[str] = frozenset()
    attributes: Set[str] = frozenset()


APP = Idiom(
    "websocket_client_app",
    "app",
    methods={"close", "send", "send_text", "send_bytes"},
    attributes={"keep_running"},
)
CORE = Idiom(
    "websocket_client_core",
    "ws",
    points=ALWAYS | {FAILED},
    methods={"abort", "close", "fileno", "getstatus", "gettimeout", "ping", "pong", "recv"}
    | {"send", "send_binary", "send_close", "settimeout", "shutdown"},
)
CLIENT = Idiom("websockets_client", "websocket", module="websockets.sync.client")
SERVER = Idiom("websockets_server", "websocket", module="websockets.sync.server")
ASYNC_CLIENT = replace(CLIENT, cancel="task.cancel", is_async=True, has_tasks=True)
ASYNC_SERVER = replace(SERVER, cancel="task.cancel", is_async=True, has_tasks=True)
TORNADO = replace(
    ASYNC_CLIENT,
    template="tornado_client",
    connection="connection",
    send="write_message",
    calls=frozenset(),
    points=ALWAYS | {FAILED},
)
IDIOMS: Mapping[str, Idiom] = {
    "websocket_client_app": APP,
    "websocket_client_app_tls": APP,
    "websocket_client_core": CORE,
    "websockets_asyncio_client": replace(ASYNC_CLIENT, module="websockets.asyncio.client"),
    "websockets_asyncio_server": replace(ASYNC_SERVER, module="websockets.asyncio.server"),
    "websockets_default_client": replace(ASYNC_CLIENT, module="websockets"),
    "websockets_default_server": replace(ASYNC_SERVER, module="websockets"),
    "websockets_threading_client": CLIENT,
    "websockets_threading_server": SERVER,
    "tornado_client": TORNADO,
    "tornado_client_callback": replace(TORNADO, is_async=False, calls={"cancel"}),
    "tornado_handler": Idiom(
        "tornado_handler",
        "handler",
        "write_message",
        "cancel",
        has_tasks=True,
        calls={"cancel"},
        points=ALWAYS | {FAILED, PING, PONG},
        silent={"request"},
    ),
}
