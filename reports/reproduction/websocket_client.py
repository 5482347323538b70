"""The idioms of websocket-client."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.application import ELSEWHERE

from .idiom import Idiom, Request, arguments

APP = """
def told(point, name, *args):
    say(f"{name}({', '.join(map(show, args))})")
    at(point)  #: acts


def main():
    global app
    app = websocket.WebSocketApp(
        url,
        on_open=lambda app: told("opened", "on_open"),
        on_message=lambda app, message: told("message", "on_message", message),
        on_error=lambda app, error: told("failed", "on_error", error),
        on_close=lambda app, code, reason: told("closed", "on_close", code, reason),
        on_ping=lambda app, data: told("ping", "on_ping", data),  #: on_ping
        on_pong=lambda app, data: told("pong", "on_pong", data),  #: on_pong
    )
    app.on_reconnect = lambda app: told("opened", "on_reconnect")  #: on_reconnect
    websocket.setdefaulttimeout(SECONDS)  #: open_timeout
    at("before connecting")
    with contextlib.suppress(Exception):
        call("run_forever", app.run_forever, OPTIONS)
    at("after the end")
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
    if request.settings.tls:
        found["sslopt"] = '{"ca_certs": trusted}'
    return {"OPTIONS": arguments(found), "SECONDS": repr(request.timeouts.open)}


def core_options(request: Request) -> Mapping[str, str]:
    """The arguments of `create_connection`, as the driver gives them."""
    found: dict[str, str] = {}
    if request.settings.open_timeout:
        found["timeout"] = repr(request.timeouts.open)
    if request.settings.tls:
        found["sslopt"] = '{"ca_certs": trusted}'
    return {"OPTIONS": arguments(found), "TIMEOUT": repr(request.timeouts.close)}


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
    silent=frozenset({"data"}),
)
_CORE = Idiom(
    "import websocket",
    CORE,
    RUN_CORE,
    "ws.close(ARGS)",
    "ws.send(ARGS)",
    core_options,
    close_args=close_args,
)


def idiom_of(surface: str, request: Request) -> Idiom:
    """The idiom of a surface; it is the same in every release."""
    return _APP if surface == "websocket_client_app" else _CORE
