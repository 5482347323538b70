"""The arguments with which a script calls into a library, as the drivers give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from fixtures.drivers.surfaces import TORNADO, WEBSOCKET_CLIENT, Surface
from fixtures.model.actions import BEFORE_CONNECTING, ELSEWHERE
from fixtures.model.scenario import Settings

from .literals import NotWritten, expression

ADDRESS = {"{host}": '"127.0.0.1"', "{port}": "port"}
"""What stands for the peer's address in a scenario's own arguments."""


@dataclass(frozen=True, slots=True)
class Request:
    """What arguments depend on: the surface, its release, the scenario's settings and needs."""

    surface: Surface
    version: tuple[int, ...]
    settings: Settings
    needs: Set[str]


def library_arguments(request: Request) -> dict[str, Any]:
    """The arguments, by what a template calls them. Raises `NotWritten`."""
    library = request.surface.library
    if library == WEBSOCKET_CLIENT:
        return _of_websocket_client(request)
    return _of_tornado(request) if library == TORNADO else _of_websockets(request)


def named(values: Mapping[str, object]) -> list[str]:
    """Keyword arguments, without those that have no value."""
    return [f"{name}={value}" for name, value in values.items() if value is not None]


def _of_websocket_client(request: Request) -> dict[str, Any]:
    """Of `run_forever`, or of `create_connection`; and of the app's constructor."""
    settings, timeouts = request.settings, request.surface.timeouts
    found: dict[str, object] = {}
    if request.surface.name == "websocket_client_core":
        _check_core(request)
        found["timeout"] = timeouts.open if settings.open_timeout else None
    elif settings.keepalive:
        found = {"ping_interval": timeouts.ping_interval, "ping_timeout": timeouts.ping_timeout}
    elif ELSEWHERE in request.needs:
        found["ping_timeout"] = timeouts.close
    found |= _given(settings.options)
    if settings.tls:
        asked = expression(settings.options.get("sslopt", {}))[1:]
        found["sslopt"] = '{"ca_certs": trusted' + (", " if len(asked) > 1 else "") + asked
    made = {"url": "url", **_given(settings.object_options)}
    return {"options": named(found), "made_with": [made.pop("url"), *named(made)]}


def _check_core(request: Request) -> None:
    """Raise `NotWritten` for what only the app has a place for."""
    settings = request.settings
    reasons = {
        "a second thread beside the blocking socket": ELSEWHERE in request.needs,
        "a socket that is used before it connects": BEFORE_CONNECTING in request.needs,
        "sslopt over TLS": settings.tls and "sslopt" in settings.options,
        "a timeout that is the library's default": settings.options.get("timeout", 0) is None,
    }
    for reason, holds in reasons.items():
        if holds:
            raise NotWritten(f"{reason} is new here")


def _given(options: Mapping[str, Any]) -> dict[str, str]:
    """A scenario's own arguments; some stand for the peer's address."""
    found = {}
    for name, value in options.items():
        if isinstance(value, str) and re.fullmatch(r"{\w+}", value):
            if value not in ADDRESS:
                raise NotWritten(f"{value} of the options is new here")
            found[name] = ADDRESS[value]
        else:
            found[name] = expression(value)
    return found


def _of_websockets(request: Request) -> dict[str, Any]:
    """Of `connect` or `serve`: on the virtual clock the library's timeouts, else small ones."""
    surface, settings = request.surface, request.settings
    given = None if surface.virtual else surface.timeouts
    has_pings = request.version >= ((7,) if surface.virtual else (15,))
    tls = "ssl" if surface.virtual or request.version >= (13,) else "ssl_context"
    found = {
        "open_timeout": given and given.open,
        "close_timeout": given and given.close,
        "max_size": settings.max_size,
        "process_request": "process_request" if settings.hook_refuses else None,
        tls: "client_context" if settings.tls else None,
    }
    if has_pings and not settings.keepalive:
        found["ping_interval"] = "None"
    elif has_pings and given:
        found |= {"ping_interval": given.ping_interval, "ping_timeout": given.ping_timeout}
    return {"options": named(found)}


def _of_tornado(request: Request) -> dict[str, Any]:
    """Of `websocket_connect`, or of the application and its server."""
    surface, settings = request.surface, request.settings
    timeouts = surface.timeouts
    limit = timeouts.open if settings.open_timeout else None
    found = {
        "ping_interval": timeouts.ping_interval if settings.keepalive else None,
        "ping_timeout": timeouts.ping_timeout if settings.keepalive else None,
        "max_message_size": settings.max_size,
    }
    if surface.role == "server":
        of_server = named({"idle_connection_timeout": limit})
        served = {f"websocket_{name}": value for name, value in found.items()}
        return {"application_settings": named(served), "options": of_server}
    asked = named({"request_timeout": limit, "ca_certs": "trusted" if settings.tls else None})
    calls_back = surface.name == "tornado_client_callback"
    callback: dict[str, object] = {"on_message_callback": "on_message" if calls_back else None}
    return {"asked": asked, "calls_back": calls_back, "options": named({**callback, **found})}
