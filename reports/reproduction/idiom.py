"""The idiom of each surface: its template, and what the application does there, as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from fixtures.model import actions
from fixtures.model.actions import (
    AFTER_THE_END,
    BEFORE_CONNECTING,
    CLOSED,
    DATA,
    FAILED,
    MESSAGE,
    OPENED,
    PING,
    PONG,
)
from fixtures.model.settings import Settings

from .literals import NotWritten

ALWAYS = frozenset({OPENED, MESSAGE, CLOSED, AFTER_THE_END})


@dataclass(frozen=True, slots=True)
class Idiom:
    """How a script uses one surface.

    `connection` is the object that closes with `close`, and sends with `send`; `cancel` a function;
    `dispatcher` a loop of the program's own, if it has one.
    `is_async`: hook points are awaited. `has_tasks`: what another does is a task. `calls`: actions
    that are shown like calls, with what comes back. `hook_points` are those that it reaches,
    `silent` the kinds of events that it does not show. `module` is where `connect` and `serve` are.
    A scenario may call `methods` of the connection by name, set its `attributes`, and have these
    `settings` in the library's own words. `way` tells idioms of one template from each other.
    `in_thread` awaits a call in a thread of its own. `has_lifespan`: the server tells the
    application of its own life; `is_apart`: that is in another process than the far end.
    """

    template: str
    connection: str
    send: str = "send"
    cancel: str = ""
    is_async: bool = False
    has_tasks: bool = False
    calls: Set[str] = frozenset({"leave", "stop reading"})
    hook_points: Set[str] = ALWAYS
    silent: Set[str] = frozenset()
    module: str = ""
    dispatcher: str = ""
    methods: Set[str] = frozenset()
    attributes: Set[str] = frozenset()
    settings: Set[str] = frozenset()
    way: str = ""
    in_thread: str = "asyncio.to_thread"
    close: str = "close"
    has_lifespan: bool = False
    is_apart: bool = False


APP = Idiom(
    "websocket_client_app",
    "app",
    methods={"close", "send", "send_text", "send_bytes"},
    attributes={"keep_running"},
    settings={"options", "object_options", "callbacks", "proxied"},
)
IN_A_LOOP = replace(APP, methods=APP.methods | {"abort"})
CORE = Idiom(
    "websocket_client_core",
    "ws",
    hook_points=ALWAYS | {FAILED},
    methods={"abort", "close", "fileno", "getstatus", "gettimeout", "ping", "pong", "recv"}
    | {"send", "send_binary", "send_close", "settimeout", "shutdown"},
    settings={"options", "object_options", "proxied"},
)
THREADING = Idiom(
    "websockets",
    "websocket",
    methods={"close", "ping", "recv"},
    settings={"idiom", "options", "proxied", "serving"},
)
ASYNC = replace(THREADING, cancel="task.cancel", is_async=True, has_tasks=True, module="websockets")
SANSIO = Idiom(
    "websockets_sansio",
    "connection",
    send="send_text",
    hook_points=ALWAYS | {BEFORE_CONNECTING, PING, PONG},
    methods={"close_code", "close_exc", "close_expected", "fail", "receive_data", "receive_eof"}
    | {"send_close", "send_continuation", "send_ping", "send_text"},
)
TRIO = replace(ASYNC, cancel="scope.cancel", in_thread="trio.to_thread.run_sync", close="aclose")
IN_ASYNCIO, IN_LEGACY, IN_THREADS, ON_TRIO = (
    replace(one, template="websockets_variants", module=f"websockets.{api}.client")
    for one, api in ((ASYNC, "asyncio"), (ASYNC, "legacy"), (THREADING, "sync"), (TRIO, "trio"))
)
TORNADO = replace(
    ASYNC,
    template="tornado_client",
    connection="connection",
    send="write_message",
    calls=frozenset(),
    hook_points=ALWAYS | {FAILED},
    methods={"close", "ping", "read_message", "write_message"},
    settings=ASYNC.settings | {"object_options"},
)
CALLBACK = replace(TORNADO, is_async=False, calls={"cancel"})
HANDLER = replace(
    CALLBACK,
    template="tornado_handler",
    connection="handler",
    cancel="cancel",
    hook_points=CALLBACK.hook_points | {PING, PONG},
    methods={"close", "ping", "set_nodelay", "write_message"},
    silent={"request"},
)
ASGI = replace(
    ASYNC,
    template="asgi_uvicorn",
    connection="connection",
    send="send_text",
    cancel="cancel",
    methods={"receive", "send"},
    settings=frozenset(),
    silent={"request"},
)
CORN = replace(ASGI, template="asgi_corn", has_lifespan=True)
STARLETTE = replace(
    ASGI,
    template="starlette",
    methods={"accept", "close", "receive", "receive_bytes", "receive_text"}
    | {"send", "send_bytes", "send_text"},
)
AIOHTTP = replace(
    ASYNC,
    template="aiohttp",
    connection="ws",
    send="send_str",
    hook_points=ALWAYS | {FAILED},
    methods={"ping", "pong", "receive", "receive_bytes", "receive_str"}
    | {"send_bytes", "send_json", "send_str"},
    settings={"options", "serving"},
    silent={"request"},
)
IDIOMS: Mapping[str, Idiom] = {
    "aiohttp_client": AIOHTTP,
    "aiohttp_client_iterating": replace(AIOHTTP, way="iterating"),
    "aiohttp_client_manual": replace(
        AIOHTTP, way="manual", hook_points=AIOHTTP.hook_points | {PING, PONG}
    ),
    "aiohttp_client_tls": AIOHTTP,
    "aiohttp_server": AIOHTTP,
    "aiohttp_server_iterating": replace(AIOHTTP, way="iterating"),
    "websocket_client_app": APP,
    "websocket_client_app_dispatcher": replace(IN_A_LOOP, dispatcher="dispatcher"),
    "websocket_client_app_rel": replace(IN_A_LOOP, dispatcher="rel"),
    "websocket_client_app_tls": APP,
    "websocket_client_core": CORE,
    "websockets_asyncio_client": replace(ASYNC, module="websockets.asyncio.client"),
    "websockets_asyncio_router": replace(ASYNC, module="websockets.asyncio.router", way="routing"),
    "websockets_asyncio_server": replace(ASYNC, module="websockets.asyncio.server"),
    "websockets_default_client": ASYNC,
    "websockets_default_server": ASYNC,
    "websockets_legacy_client": replace(ASYNC, module="websockets.legacy.client"),
    "websockets_legacy_server": replace(ASYNC, module="websockets.legacy.server"),
    "websockets_sansio_client": SANSIO,
    "websockets_sansio_server": SANSIO,
    "websockets_threading_client": replace(THREADING, module="websockets.sync.client"),
    "websockets_threading_router": replace(
        THREADING, module="websockets.sync.router", way="routing"
    ),
    "websockets_threading_server": replace(THREADING, module="websockets.sync.server"),
    "websockets_asyncio_client_iterating": replace(IN_ASYNCIO, way="iterating"),
    "websockets_asyncio_client_awaited": replace(IN_ASYNCIO, way="unmanaged"),
    "websockets_asyncio_reconnecting": replace(IN_ASYNCIO, way="reconnecting"),
    "websockets_threading_client_iterating": replace(IN_THREADS, way="iterating"),
    "websockets_threading_client_unmanaged": replace(IN_THREADS, way="unmanaged"),
    "websockets_threading_reconnecting": replace(IN_THREADS, way="reconnecting"),
    "websockets_trio_reconnecting": replace(ON_TRIO, way="reconnecting"),
    "websockets_legacy_reconnecting": replace(IN_LEGACY, way="reconnecting"),
    "websockets_trio_client": replace(TRIO, module="websockets.trio.client"),
    "websockets_trio_server": replace(TRIO, module="websockets.trio.server"),
    "tornado_client": TORNADO,
    "tornado_client_callback": CALLBACK,
    "tornado_handler": HANDLER,
    "tornado_handler_coroutines": replace(HANDLER, way="coroutines"),
    "asgi_anycorn": CORN,
    "asgi_daphne": replace(ASGI, template="asgi_daphne"),
    "asgi_granian": replace(CORN, template="asgi_granian", is_apart=True),
    "asgi_hypercorn": CORN,
    "asgi_uvicorn_legacy": ASGI,
    "asgi_uvicorn_sansio": ASGI,
    "asgi_uvicorn_wsproto": ASGI,
    "starlette_websocket": STARLETTE,
    "starlette_websocket_iterating": replace(STARLETTE, way="iterating"),
}
RAISED = {
    "CancelledError": "asyncio.CancelledError",
    "RuntimeError": "RuntimeError",
    "ValueError": "ValueError",
}
"""What a handler of tornado can raise in a script, by its name."""
COROUTINES = {"open", "on_message", "on_ping", "on_pong"}
"""The methods of a handler that are coroutines where all are that may be."""
SERVED = frozenset({"", "leaves its block", "closes all on shutdown"})
"""The ways to stop a server that a template has a place for."""
CALLBACKS = {
    "on_open": (OPENED, ""),
    "on_message": (MESSAGE, ", message"),
    "on_error": (FAILED, ", error"),
    "on_close": (CLOSED, ", code, reason"),
    "on_ping": (PING, ", data"),
    "on_pong": (PONG, ", data"),
    "on_data": (DATA, ", data, kind, fin"),
    "on_cont_message": (actions.CONTINUED, ", raw, fin"),
    "on_reconnect": (OPENED, ""),
}
"""Those of websocket-client's app: their hook points, and their parameters besides the app."""
HANDLE = 'handle("{point}", "{name}", '
FORMS = {
    "a function": f"lambda app{{parameters}}: {HANDLE}app{{parameters}})",
    "a method": "client.{name}",
    "overridden in a subclass": "",
    "a partial": 'functools.partial(handle, "{point}", "{name}")',
    "takes the app alone": f"lambda app: {HANDLE}app)",
    "*args": f"lambda *args: {HANDLE}*args)",
    "none": "",
}
"""What the app is given for a callback, in each form that a scenario may ask for."""
METHODS = {
    "a method": f"{{name}}(self, app{{parameters}}):\n        {HANDLE}app{{parameters}})",
    "overridden in a subclass": "{name}(self{parameters}):\n        "
    f"{HANDLE}self{{parameters}})",
}
"""The callback itself, in the forms in which it is a method."""


def adapt(
    idiom: Idiom, settings: Settings, needs: Set[str], names: Set[str]
) -> tuple[Idiom, dict[str, Any]]:
    """The idiom in one scenario, and values of its own for the template. Raises `NotWritten`."""
    if idiom.template == "websocket_client_app":
        if settings.connections > 1:
            raise NotWritten("a second app in the loop is not supported")
        forms = _choose_forms(settings.callbacks, needs, names)
        here = {CALLBACKS[one][0] for one in forms}
        here |= {actions.BEFORE_CONNECTING, AFTER_THE_END}
        given = {name: _write(FORMS[form], name) for name, form in forms.items()}
        return replace(idiom, hook_points=here, silent={DATA} - here), {
            "on_reconnect": given.pop("on_reconnect", ""),
            "given": [f"{name}={code}" for name, code in given.items() if code],
            "methods": {
                form: [_write(text, name) for name, one in forms.items() if one == form]
                for form, text in METHODS.items()
            },
        }
    raising = _list_raising(settings.options) if idiom.template.startswith("tornado") else {}
    if settings.serving not in SERVED:
        raise NotWritten(f"a server that {settings.serving} is not supported")
    if idiom.way == "reconnecting" and settings.tls not in (None, "valid"):
        raise NotWritten("a far end that goes on when its certificate is refused is not supported")
    pauses = {f"pause when {MESSAGE}": "on_message", actions.ASYNC_OPEN: "open"}
    coroutines = {} if settings.async_closed else {pauses[one] for one in needs & {*pauses}}
    coroutines = COROUTINES if idiom.way == "coroutines" else coroutines
    if idiom.template == "tornado_handler" and coroutines and actions.FAILED in needs:
        raise NotWritten("a log_exception that acts, beside coroutines, is not supported")
    is_async = bool(coroutines) if idiom.template == "tornado_handler" else idiom.is_async
    return replace(idiom, is_async=is_async), {"coroutines": coroutines, "raising": raising}


def _list_raising(options: Mapping[str, Any]) -> dict[str, str]:
    """The methods of a handler that do nothing but raise, and what; `NotWritten` for others."""
    overrides = {name: does for name, does in options.items() if isinstance(does, str)}
    found = {name: RAISED.get(does.removeprefix("raises "), "") for name, does in overrides.items()}
    for name, exception in found.items():
        if not exception:
            raise NotWritten(f"{name} that {overrides[name]} is not supported")
    return found


def _choose_forms(asked: Mapping[str, str], needs: Set[str], called: Set[str]) -> dict[str, str]:
    """The form of each callback of a script: what is `asked` for, or else a function.

    Rare ones are given only if they are called or anything is asked for, `on_data` if something
    happens in it. Raises `NotWritten` for a name or a form that is unknown here.
    """
    unknown = {*asked, *asked.values()} - {*CALLBACKS, "*", *FORMS}
    if unknown:
        raise NotWritten(f"{', '.join(sorted(unknown))} of the callbacks is not supported")
    rare = {one for one in ("on_ping", "on_pong") if CALLBACKS[one][0] not in needs}
    left_out = set() if asked else (rare | {"on_reconnect"}) - called
    left_out |= {"on_data"} if DATA not in needs and "*" not in asked else set()
    left_out = (left_out | {"on_cont_message"}) - {*asked}
    forms = {one: asked.get(one, asked.get("*", "a function")) for one in CALLBACKS}
    return {name: form for name, form in forms.items() if name not in left_out and form != "none"}


def _write(text: str, name: str) -> str:
    """The code of a callback."""
    point, parameters = CALLBACKS[name]
    return text.format(name=name, point=point, parameters=parameters)
