"""The idioms of websocket-client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fixtures.model.actions import AFTER_THE_END, BEFORE_CONNECTING, ELSEWHERE
from fixtures.model.scenario import Settings

from .callbacks import Callbacks
from .idiom import Idiom, Request, arguments
from .literals import NotWritten, plain, quoted

APP = """
def told(point, name, *args):
    say(f"{name}({', '.join(map(show, args))})")
    at(point)  #: acts


DEFINITIONS
def main():
    global app
    app = KIND(
        URL,
CALLBACKS
        MORE,
    )
ASSIGNED
    websocket.setdefaulttimeout(SECONDS)  #: open_timeout
    with contextlib.suppress(Exception):  #: before
        at("before connecting")
    with contextlib.suppress(Exception):  #: not_interrupts
        call("run_forever", app.run_forever, OPTIONS)  #: not_interrupts
    try:  #: interrupts
        call("run_forever", app.run_forever, OPTIONS)  #: interrupts
    except Exception:  #: interrupts
        pass  # it is told  #: interrupts
    except BaseException as error:  #: interrupts
        say(f"run_forever raised {show(error)}")  #: interrupts
    with contextlib.suppress(Exception):  #: after
        at("after the end")


def run_again():  #: again
    return app.run_forever(OPTIONS)  #: again
"""
RUN_APP = """
main()
"""
CORE = """
receiving = True  #: leaving


def leave():  #: leaving
    global receiving  #: leaving
    receiving = False  #: leaving


def main():
    global ws
    ws = call("create_connection", websocket.create_connection, url, OPTIONS)
    with contextlib.suppress(Exception):
        receive_all()
    with contextlib.suppress(Exception):
        call("close", ws.close, timeout=TIMEOUT)
    at("after the end")


def receive_all():
    at("opened")
    while receiving:  #: leaving
    while True:  #: not_leaving
        try:
            opcode, data = call("recv_data", ws.recv_data)
        except Exception as error:
            is_closed = isinstance(error, websocket.WebSocketConnectionClosedException)  #: acts
            at("closed" if is_closed else "failed")  #: acts
            return
        at("closed" if opcode == websocket.ABNF.OPCODE_CLOSE else "message")  #: acts
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return
"""
RUN_CORE = """
with contextlib.suppress(Exception):
    main()
"""


def app_options(request: Request) -> Mapping[str, str]:
    """The arguments of `run_forever`, as the driver gives them."""
    found: dict[str, str] = {}
    if request.settings.keepalive:
        found["ping_interval"] = repr(request.timeouts.ping_interval)
        found["ping_timeout"] = repr(request.timeouts.ping_timeout)
    elif ELSEWHERE in request.needs:
        found["ping_timeout"] = repr(request.timeouts.close)
    found |= _given(request.settings.options) | _trusted(request.settings)
    return {"OPTIONS": arguments(found), "SECONDS": repr(request.timeouts.open)}


def core_options(request: Request) -> Mapping[str, str]:
    """The arguments of `create_connection`, as the driver gives them."""
    found: dict[str, str] = {}
    if BEFORE_CONNECTING in request.needs:
        raise NotWritten("a socket that is used before it connects is new here")
    if request.settings.object_options:
        raise NotWritten("the setting object_options is new here")
    if request.settings.tls and "sslopt" in request.settings.options:
        raise NotWritten("sslopt over TLS is new here")
    if request.settings.options.get("timeout", 0) is None:
        raise NotWritten("a timeout that is the library's default is new here")
    if request.settings.open_timeout:
        found["timeout"] = repr(request.timeouts.open)
    found |= _given(request.settings.options) | _trusted(request.settings)
    return {"OPTIONS": arguments(found), "TIMEOUT": repr(request.timeouts.close)}


def _trusted(settings: Settings) -> dict[str, str]:
    if not settings.tls:
        return {}
    asked = {name: plain(value) for name, value in settings.options.get("sslopt", {}).items()}
    given = {"ca_certs": "trusted", **asked}
    return {"sslopt": f"{{{', '.join(f'{quoted(name)}: {text}' for name, text in given.items())}}}"}


def _given(options: Mapping[str, Any]) -> dict[str, str]:
    """A scenario's own arguments; some stand for the peer's address."""
    peer = {"{host}": '"127.0.0.1"', "{port}": "port"}
    found = {}
    for name, value in options.items():
        if isinstance(value, str) and value in peer:
            found[name] = peer[value]
        elif isinstance(value, str) and re.fullmatch(r"{\w+}", value):
            raise NotWritten(f"{value} of the options is new here")
        else:
            found[name] = plain(value)
    return found


def close_args(args: tuple[object, ...]) -> str:
    """`close()` takes a status, a reason in bytes and a timeout, by name; `send` a text."""
    if args and isinstance(args[0], str):
        return repr(args[0])
    names = dict(zip(("status", "reason"), args, strict=False))
    shown = {n: repr(v.encode() if isinstance(v, str) else v) for n, v in names.items()}
    return arguments({"timeout": "0.3"} | shown)


_APP = Idiom(
    "import websocket",
    APP,
    RUN_APP,
    "app.close(ARGS)",
    "app.send(ARGS)",
    app_options,
    close_args=close_args,
    object="app",
    methods=frozenset({"close", "send", "send_text", "send_bytes"}),
    attributes=frozenset({"keep_running"}),
    run_again="run_again",
    interrupts=True,
)
_CORE = Idiom(
    "import websocket",
    CORE,
    RUN_CORE,
    "ws.close(ARGS)",
    "ws.send(ARGS)",
    core_options,
    close_args=close_args,
    apart=frozenset({AFTER_THE_END}),
    object="ws",
    methods=frozenset(
        {"abort", "close", "fileno", "getstatus", "gettimeout", "ping", "pong", "recv"}
        | {"send", "send_binary", "send_close", "settimeout", "shutdown"}
    ),
)


def idiom_of(surface: str, request: Request) -> Idiom:
    """The idiom of a surface; it is the same in every release. Raises `NotWritten`."""
    if surface == "websocket_client_core":
        if request.settings.callbacks:
            raise NotWritten("the setting callbacks is new here")
        if ELSEWHERE in request.needs:
            raise NotWritten("a second thread beside the blocking socket is new here")
        return _CORE
    if surface not in {"websocket_client_app", "websocket_client_app_tls"}:
        raise NotWritten(f"the idiom of {surface} is new here")
    callbacks = Callbacks(request.settings.callbacks, request.needs)
    more = {"url": "url"} | _given(request.settings.object_options)
    parts = {
        "DEFINITIONS\n": callbacks.definitions() + "\n\n\n" * bool(callbacks.definitions()),
        "KIND": callbacks.kind,
        "        URL,\n": f"        {more.pop('url')},\n",
        "CALLBACKS\n": callbacks.arguments() + "\n" * bool(callbacks.arguments()),
        "        MORE,\n": "".join(f"        {name}={text},\n" for name, text in more.items()),
        "ASSIGNED\n": callbacks.assigned() + "\n" * bool(callbacks.assigned()),
    }
    code = APP
    for name, text in parts.items():
        code = code.replace(name, text)
    return replace(_APP, code=code, silent=callbacks.silent)
