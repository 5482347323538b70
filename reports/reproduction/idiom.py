"""The idiom of each surface: its template, and what the application does there, as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from fixtures.model import actions as points
from fixtures.model.actions import AFTER_THE_END, CLOSED, FAILED, MESSAGE, OPENED, PING, PONG
from fixtures.model.settings import Settings

from .callbacks import FORMS, METHOD, METHODS, OVERRIDDEN, POINTS, find_callbacks

ALWAYS = frozenset({OPENED, MESSAGE, CLOSED, AFTER_THE_END})


@dataclass(frozen=True, slots=True)
class Idiom:
    """How a script uses one surface.

    `connection` is the object that closes, and sends with `send`; `cancel` a function.
    `is_async`: points are awaited. `has_tasks`: what another does is a task. `calls`: actions that
    are shown like calls, with what comes back. `points` are those it comes to, `silent` the kinds
    of events that it does not show. `module` is where `connect` and `serve` are.
    A scenario may call `methods` of the connection by name, set its `attributes`, and have these
    `settings` in the library's own words.
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
    settings: Set[str] = frozenset()


APP = Idiom(
    "websocket_client_app",
    "app",
    methods={"close", "send", "send_text", "send_bytes"},
    attributes={"keep_running"},
    settings={"options", "object_options", "callbacks", "proxied"},
)
CORE = Idiom(
    "websocket_client_core",
    "ws",
    points=ALWAYS | {FAILED},
    methods={"abort", "close", "fileno", "getstatus", "gettimeout", "ping", "pong", "recv"}
    | {"send", "send_binary", "send_close", "settimeout", "shutdown"},
    settings={"options", "proxied"},
)
CLIENT = Idiom("websockets", "websocket", module="websockets.sync.client")
SERVER = replace(CLIENT, module="websockets.sync.server")
ASYNC = replace(CLIENT, cancel="task.cancel", is_async=True, has_tasks=True, module="websockets")
TORNADO = replace(
    ASYNC,
    template="tornado_client",
    connection="connection",
    send="write_message",
    calls=frozenset(),
    points=ALWAYS | {FAILED},
)
CALLBACK = replace(TORNADO, is_async=False, calls={"cancel"})
IDIOMS: Mapping[str, Idiom] = {
    "websocket_client_app": APP,
    "websocket_client_app_tls": APP,
    "websocket_client_core": CORE,
    "websockets_asyncio_client": replace(ASYNC, module="websockets.asyncio.client"),
    "websockets_asyncio_server": replace(ASYNC, module="websockets.asyncio.server"),
    "websockets_default_client": ASYNC,
    "websockets_default_server": ASYNC,
    "websockets_threading_client": CLIENT,
    "websockets_threading_server": SERVER,
    "tornado_client": TORNADO,
    "tornado_client_callback": CALLBACK,
    "tornado_handler": replace(
        CALLBACK,
        template="tornado_handler",
        connection="handler",
        cancel="cancel",
        points=CALLBACK.points | {PING, PONG},
        silent={"request"},
    ),
}


def adapt(
    idiom: Idiom, settings: Settings, needs: Set[str], names: Set[str]
) -> tuple[Idiom, dict[str, Any]]:
    """The idiom in one scenario, and values of its own for the template."""
    if idiom.template == "websocket_client_app":
        found = find_callbacks(settings.callbacks, needs, names)
        here = {POINTS[one.name][0] for one in found}
        here |= {points.BEFORE_CONNECTING, points.AFTER_THE_END}
        given = {one.name: one.write(FORMS) for one in found}
        return replace(idiom, points=here, silent={points.DATA} - here), {
            "on_reconnect": given.pop("on_reconnect", ""),
            "given": [f"{name}={code}" for name, code in given.items() if code],
            "methods": [one.write(METHODS) for one in found if one.form == METHOD],
            "overridden": [one.write(METHODS) for one in found if one.form == OVERRIDDEN],
        }
    pauses = {f"pause when {MESSAGE}": "on_message", points.ASYNC_OPEN: "open"}
    coroutines = {} if settings.async_closed else {pauses[one] for one in needs & {*pauses}}
    is_async = bool(coroutines) if idiom.template == "tornado_handler" else idiom.is_async
    return replace(idiom, is_async=is_async), {"coroutines": coroutines}
