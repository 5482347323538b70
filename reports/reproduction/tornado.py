"""The idioms of tornado: a client that reads, a client that is called back, a handler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fixtures.model.actions import ASYNC_OPEN, MESSAGE

from .idiom import Idiom, Request, arguments

CLIENT = '''
class Left(Exception):  #: leaving
    """The application's coroutine returns here and now."""  #: leaving


def leave():  #: leave
    raise Left  #: leave


async def stop_reading():  #: stop_reading
    await asyncio.to_thread(thread.join)  #: stop_reading
    raise Left  #: stop_reading


async def main():
    global connection
    try:
        connection = await websocket_connect(TARGET, OPTIONS)
    except (Exception, asyncio.CancelledError) as error:
        say(f"websocket_connect raised {show(error)}")
        if isinstance(error, asyncio.CancelledError):  #: cancel
            raise  #: cancel
        await at("failed")
    else:
        say("websocket_connect -> WebSocketClientConnection")
        await at("opened")
        await receive()
    await at("after the end")
'''
READING = """
async def receive():
    while True:
        try:
            message = await connection.read_message()
        except (Exception, asyncio.CancelledError) as error:
            say(f"read_message raised {show(error)}")
            raise
        say(f"read_message -> {show(message)}")
        if message is None:
            await at("closed")
            return
        await at("message")
"""
CALLED_BACK = """
def on_message(message):
    say(f"on_message_callback({show(message)})")
    if message is None:
        closed.set()
        at("closed")
    else:  #: at_message
        at("message")


async def receive():
    await closed.wait()
"""
TELL_FACTS = """
def tell_facts():
    say(f"close_code: {show(connection.close_code)}")
    say(f"close_reason: {show(connection.close_reason)}")
"""
RUN = '''
async def run():
    """`main`, and time for what is still to come."""
    global loop, task  #: cancel
    loop, task = asyncio.get_running_loop(), asyncio.current_task()  #: cancel
    global closed  #: callback
    closed = asyncio.Event()  #: callback
    try:
        await main()
    except asyncio.CancelledError:
        say("the application's task reached")
    except Left:  #: leaving
        say("the application's coroutine reached")  #: leaving
    except ApplicationError as error:  #: raise
        say(f"the application's coroutine reached {show(error)}")  #: raise
    except WebSocketError as error:
        say(f"the application's coroutine reached {show(error)}")
    if connection is not None:
        tell_facts()
    for other in tasks:  #: second
        await asyncio.wait([other])  #: second
    await asyncio.to_thread(thread.join, PATIENCE)  #: peer


connection = None
asyncio.run(run())
'''
HANDLER = """
class Handler(WebSocketHandler):
    def prepare(self):  #: refuse
        raise HTTPError(403)  #: refuse

    def open(self):
        global handler
        handler = self
        say("open()")
        at("opened")

    def on_message(self, message):
        say(f"on_message({show(message)})")
        at("message")

    def on_ping(self, data):  #: on_ping
        say(f"on_ping({show(data)})")  #: on_ping
        at("ping")

    def on_pong(self, data):  #: on_pong
        say(f"on_pong({show(data)})")  #: on_pong
        at("pong")

    def on_close(self):
        say(f"on_close({show(self.close_code)}, {show(self.close_reason)})")
        at("closed")
        asyncio.get_running_loop().create_task(self.after_the_close())  #: task

    async def after_the_close(self):  #: task
        await asyncio.sleep(0)  #: task
        shown = f"{show(self.close_code)}, {show(self.close_reason)}"  #: task
        say(f"task of on_close reached {shown}")  #: task

    def log_exception(self, typ, value, tb):
        super().log_exception(typ, value, tb)
        say(f"log_exception({show(value)})")
        at("failed")


async def main():
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([("/", Handler)], SETTINGS), OPTIONS)
    server.add_sockets(sockets)
    start_peer(sockets[0].getsockname()[1])
    await asyncio.to_thread(thread.join)
    server.stop()
    await asyncio.sleep(0.1)  # for what is still to come
    at("after the end")
"""
RUN_HANDLER = """
asyncio.run(main())
"""


def client_options(request: Request) -> Mapping[str, str]:
    """The arguments of `websocket_connect`, as the driver gives them."""
    found: dict[str, str] = {}
    if request.settings.keepalive:
        found["ping_interval"] = repr(request.timeouts.ping_interval)
        found["ping_timeout"] = repr(request.timeouts.ping_timeout)
    if request.settings.max_size is not None:
        found["max_message_size"] = repr(request.settings.max_size)
    target = "url"
    if request.settings.tls:
        target = "HTTPRequest(url, ca_certs=trusted)"
    elif request.settings.open_timeout:
        target = f"HTTPRequest(url, request_timeout={request.timeouts.open!r})"
    return {"TARGET": target, "OPTIONS": arguments(found)}


def callback_options(request: Request) -> Mapping[str, str]:
    """The same, with the callback."""
    found = client_options(request)
    options = ", ".join(filter(None, ["on_message_callback=on_message", found["OPTIONS"]]))
    return {**found, "OPTIONS": options}


def handler_options(request: Request) -> Mapping[str, str]:
    """The application's settings and the server's arguments, as the driver gives them."""
    settings: dict[str, str] = {}
    if request.settings.keepalive:
        settings["websocket_ping_interval"] = repr(request.timeouts.ping_interval)
        settings["websocket_ping_timeout"] = repr(request.timeouts.ping_timeout)
    if request.settings.max_size is not None:
        settings["websocket_max_message_size"] = repr(request.settings.max_size)
    limit = request.timeouts.open if request.settings.open_timeout else None
    options = {} if limit is None else {"idle_connection_timeout": repr(limit)}
    return {"SETTINGS": arguments(settings), "OPTIONS": arguments(options)}


_CLIENT = Idiom(
    "from tornado.httpclient import HTTPRequest\n"
    "from tornado.websocket import WebSocketError, websocket_connect",
    CLIENT + READING + TELL_FACTS,
    RUN,
    "connection.close(ARGS)",
    "connection.write_message(ARGS)",
    client_options,
    cancel="task.cancel",
    is_async=True,
    told_leave=False,
)
_HANDLER = Idiom(
    "from tornado.httpserver import HTTPServer\n"
    "from tornado.netutil import bind_sockets\n"
    "from tornado.web import Application, HTTPError\n"
    "from tornado.websocket import WebSocketHandler",
    HANDLER,
    RUN_HANDLER,
    "handler.close(ARGS)",
    "handler.write_message(ARGS)",
    handler_options,
    cancel="asyncio.current_task().cancel",
    second_task=True,
    told_cancel=True,
    silent=frozenset({"request"}),
)


def idiom_of(surface: str, request: Request) -> Idiom:
    """The idiom of a surface in a scenario: what is to be a coroutine is one."""
    if surface == "tornado_client":
        return _CLIENT
    if surface == "tornado_client_callback":
        code = (CLIENT + CALLED_BACK + TELL_FACTS).replace("await at(", "at(")
        called_back = replace(_CLIENT, code=code, options=callback_options, is_async=False)
        return replace(called_back, second_task=True, told_cancel=True)
    coroutines = {
        "open": ASYNC_OPEN in request.needs,
        "on_message": f"pause when {MESSAGE}" in request.needs,
    }
    if request.settings.async_closed:
        code = HANDLER.replace("    def on_close(", "    async def on_close(")
        return replace(_HANDLER, code=code)
    if not any(coroutines.values()):
        return _HANDLER
    code = HANDLER.replace("at(", "await at(")
    for name, is_coroutine in coroutines.items():
        code = code.replace(f"    def {name}(", f"    {'async ' * is_coroutine}def {name}(")
    return replace(_HANDLER, code=code, is_async=True, second_task=False)
