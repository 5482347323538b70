"""The arguments with which a script calls into a library, as the drivers give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any

from fixtures.drivers.surfaces import AIOHTTP, TORNADO, WEBSOCKET_CLIENT, Surface
from fixtures.drivers.websockets_hooks import is_hook
from fixtures.model.actions import ELSEWHERE
from fixtures.model.scenario import Settings

from .literals import NotWritten, express, quote

ADDRESS = {"{host}": '"127.0.0.1"', "{port}": "port"}
"""What stands for the peer's address in a scenario's own arguments."""
ENGINES = {
    "asgi_uvicorn_legacy": "websockets",
    "asgi_uvicorn_sansio": "websockets-sansio",
    "asgi_uvicorn_wsproto": "wsproto",
    "starlette_websocket": "websockets-sansio",
    "starlette_websocket_iterating": "websockets-sansio",
}
"""What uvicorn calls the engine of a surface."""
SERVERS = {
    "anycorn": {"max_size": "websocket_max_message_size"},
    "daphne": {
        "max_size": "websocket_max_message_size",
        "interval": "ping_interval",
        "timeout": "ping_timeout",
    },
    "granian": {},
    "hypercorn": {"max_size": "websocket_max_message_size"},
}
"""What other servers call the limit of a message, and the settings of their keepalive."""


def find_arguments(
    surface: Surface, version: tuple[int, ...], settings: Settings, needs: Set[str]
) -> dict[str, Any]:
    """The arguments, by what a template calls them. Raises `NotWritten`."""
    if surface.library == WEBSOCKET_CLIENT:
        made = to_keywords(_fill_in(settings.object_options))
        options = to_keywords(_of_websocket_client(surface, settings, needs))
        return {"options": options, "made_with": ["url", *made]}
    if surface.library == TORNADO:
        return _of_tornado(surface, settings)
    if surface.library.name in SERVERS:
        return {"options": to_keywords(_of_server(surface, settings))}
    if surface.name in ENGINES:
        return {"options": to_keywords(_of_uvicorn(surface, settings))}
    if surface.library == AIOHTTP:
        return {"options": to_keywords(_of_aiohttp(surface, settings))}
    return {"options": to_keywords(_of_websockets(surface, version, settings))}


def to_keywords(values: Mapping[str, object]) -> list[str]:
    """Keyword arguments, without those that have no value."""
    return [f"{name}={value}" for name, value in values.items() if value is not None]


def _of_websocket_client(
    surface: Surface, settings: Settings, needs: Set[str]
) -> Mapping[str, object]:
    """Of `run_forever`, or of `create_connection`."""
    timeouts, found = surface.timeouts, dict[str, object]()
    if surface.name == "websocket_client_core":
        if ELSEWHERE in needs:
            raise NotWritten("a second thread beside the blocking socket is not supported")
        if settings.options.get("timeout", 0) is None:
            raise NotWritten("a timeout that is the library's default is not supported")
        found["timeout"] = timeouts.open if settings.open_timeout else None
    elif settings.keepalive:
        found = {"ping_interval": timeouts.ping_interval, "ping_timeout": timeouts.ping_timeout}
    found |= _fill_in(settings.options)
    if surface.name == "websocket_client_core":  # it makes the object and connects in one call
        found |= _fill_in(settings.object_options)
    if settings.tls:
        asked = express(settings.options.get("sslopt", {}))[1:]
        found["sslopt"] = '{"ca_certs": trusted' + (", " if len(asked) > 1 else "") + asked
    return found


def _fill_in(options: Mapping[str, Any]) -> dict[str, str]:
    """A scenario's own arguments; some stand for the peer's address."""
    found = {}
    for name, value in options.items():
        if isinstance(value, str) and re.fullmatch(r"{\w+}", value):
            if value not in ADDRESS:
                raise NotWritten(f"{value} of the options is not supported")
            found[name] = ADDRESS[value]
        else:
            found[name] = express(value)
    return found


def _of_websockets(
    surface: Surface, version: tuple[int, ...], settings: Settings
) -> Mapping[str, object]:
    """Of `connect` or `serve`: the library's own timeouts hold.

    Raises `NotWritten` for a function of the application's, which a scenario only describes.
    """
    for name, value in settings.options.items():
        if isinstance(value, str) and is_hook(name, value):
            raise NotWritten(f"a {name} that {value} is not supported")
    tls = "ssl" if surface.is_async or version >= (13,) else "ssl_context"
    return {
        "max_size": settings.max_size,
        "process_request": "process_request" if settings.hook_refuses else None,
        tls: "client_context" if settings.tls else None,
        **{name: _fill_in_text(value) for name, value in settings.options.items()},
    }


def _of_uvicorn(surface: Surface, settings: Settings) -> Mapping[str, object]:
    """Of `Config`."""
    timeouts, pings = surface.timeouts, settings.keepalive
    return {
        "ws": quote(ENGINES[surface.name]),
        "http": quote("h11"),
        "lifespan": quote("off"),
        "log_config": "None",
        "ws_max_size": settings.max_size,
        "ws_ping_interval": timeouts.ping_interval if pings else None,
        "ws_ping_timeout": timeouts.ping_timeout if pings else None,
    }


def _of_server(surface: Surface, settings: Settings) -> Mapping[str, object]:
    """Of another server of ASGI. Raises `NotWritten` for what it has no name for."""
    timeouts, names = surface.timeouts, SERVERS[surface.library.name]
    asked = {
        "max_size": settings.max_size,
        "interval": timeouts.ping_interval if settings.keepalive else None,
        "timeout": timeouts.ping_timeout if settings.keepalive else None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    if given.keys() - names.keys():
        raise NotWritten(f"a setting of {surface.library} that is none is not supported")
    return {names[name]: value for name, value in given.items()}


def _fill_in_text(value: object) -> str:
    """An option; in a text, what stands for the peer's address."""
    if isinstance(value, str) and "{port}" in value:
        return "f" + quote(value.replace("{host}", "127.0.0.1"))
    return express(value)


def _of_tornado(surface: Surface, settings: Settings) -> dict[str, Any]:
    """Of `websocket_connect`, or of the application and its server."""
    timeouts = surface.timeouts
    limit = timeouts.open if settings.open_timeout else None
    found: dict[str, object] = {
        "ping_interval": timeouts.ping_interval if settings.keepalive else None,
        "ping_timeout": timeouts.ping_timeout if settings.keepalive else None,
        "max_message_size": settings.max_size,
    }
    own = {name: express(x) for name, x in settings.options.items() if not isinstance(x, str)}
    others = {name: express(value) for name, value in settings.object_options.items()}
    if surface.role == "server":
        of_server = to_keywords({"idle_connection_timeout": limit, **others})
        compression = own.pop("compression_options", None)
        served = {f"websocket_{name}": value for name, value in found.items()}
        served |= {f"websocket_{name}" if name in found else name: x for name, x in own.items()}
        return {
            "application_settings": to_keywords(served),
            "compression": compression,
            "options": of_server,
        }
    certificates = "trusted" if settings.tls else None
    asked = to_keywords({"request_timeout": limit, "ca_certs": certificates, **others})
    calls_back = surface.name == "tornado_client_callback"
    callback = {"on_message_callback": "on_message"} if calls_back else {}
    options = to_keywords(callback | found | own)
    return {"asked": asked, "calls_back": calls_back, "options": options}


def _of_aiohttp(surface: Surface, settings: Settings) -> Mapping[str, object]:
    """Of `ws_connect`, or of `WebSocketResponse`."""
    manual = "False" if surface.name == "aiohttp_client_manual" else None
    return {
        "autoclose": manual,
        "autoping": manual,
        "heartbeat": surface.timeouts.ping_interval if settings.keepalive else None,
        "max_msg_size": settings.max_size,
        **{name: express(value) for name, value in settings.options.items()},
        "ssl": "client_context" if settings.tls else None,
    }
