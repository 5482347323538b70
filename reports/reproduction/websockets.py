"""The idioms of websockets: on asyncio, under the top-level names, in threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .idiom import Idiom, Request, arguments

TELL_FACTS = """
def tell_facts():
    for name in ("close_code", "close_reason"):
        say(f"{name}: {show(getattr(websocket, name, None))}")
"""
CLIENT = """
websocket = None
leaving = False  #: leaving


async def main():
    global websocket
    try:
        async with connect(url, OPTIONS) as websocket:
            say("async with block reached")
            await at("opened")
            await receive()
    except Exception as error:
        name = "connect" if websocket is None else "async with block"
        say(f"{name} raised {show(error)}")
    await at("after the end")


async def receive():
    while not leaving:  #: leaving
    while True:  #: not_leaving
        try:
            message = await websocket.recv()
        except ConnectionClosed as error:
            say(f"recv raised {show(error)}")
            await at("closed")
            return
        say(f"recv -> {show(message)}")
        await at("message")
"""
LEAVE = """
def leave():  #: leave
    global leaving  #: leave
    leaving = True  #: leave


async def stop_reading():  #: stop_reading
    global leaving  #: stop_reading
    await asyncio.to_thread(thread.join)  #: stop_reading
    leaving = True  #: stop_reading
"""
SERVE_IN_THREADS = """
def main():
    before = set(threading.enumerate())
    with serve(handler, "127.0.0.1", 0, OPTIONS) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        start_peer(server.socket.getsockname()[1])
        thread.join()
        for other in set(threading.enumerate()) - before - {serving, thread}:
            other.join(1)
    at("after the end")
"""
RUN = """
asyncio.run(run())
if websocket is not None:
    tell_facts()
"""
SERVER = """
websocket = None
handlers = []  #: asyncio
leaving = False  #: leaving


async def handler(connection):
    global websocket, task
    websocket = connection
    task = asyncio.current_task()  #: asyncio
    handlers.append(task)  #: asyncio
    say("handler()")
    try:
        await at("opened")
        await iterate()
    except asyncio.CancelledError:  #: asyncio
        say("cancellation reached")  #: asyncio
        raise  #: asyncio
    finally:
        say("finally reached")


async def iterate():
    if leaving:  #: leaving
        return  #: leaving
    try:
        async for message in websocket:
            say(f"iteration -> {show(message)}")
            await at("message")
            if leaving:  #: leaving
                return  #: leaving
    except ConnectionClosed as error:
        say(f"iteration raised {show(error)}")
        await at("closed")
        raise
    say("end of iteration reached")
    await at("closed")
"""
SERVE = """
async def main():
    async with serve(handler, "127.0.0.1", 0, OPTIONS) as server:
        start_peer(list(server.sockets)[0].getsockname()[1])
        await asyncio.to_thread(thread.join)
        if handlers:
            await asyncio.wait(handlers)
    await at("after the end")
"""
REFUSE = """
def process_request(connection, request):  #: refuse
    say(f"process_request({request.path!r})")  #: refuse
    return connection.respond(403, "not here\\n")  #: refuse
"""
REFUSE_BEFORE_14 = """
async def process_request(path, headers):  #: refuse
    say(f"process_request({path!r})")  #: refuse
    return http.HTTPStatus.FORBIDDEN, [], b"not here\\n"  #: refuse
"""
SETTLE = '''
async def run():
    """`main`, and time for what is still to come."""
    global loop, task  #: cancel
    loop, task = asyncio.get_running_loop(), asyncio.current_task()  #: cancel
    try:
        await main()
    except asyncio.CancelledError:
        say("the application's task reached")
    for other in tasks:  #: second
        await asyncio.wait([other])  #: second
    await asyncio.to_thread(thread.join, PATIENCE)  #: peer
'''


def _blocking(text: str) -> str:
    """The same code without coroutines."""
    for word in ("async ", "await "):
        text = text.replace(word, "")
    return text.replace("asyncio.to_thread(thread.join)", "thread.join()")


def _options(request: Request, *, virtual: bool, since_ping: tuple[int, ...]) -> dict[str, str]:
    """What the drivers give: on the virtual clock the library's timeouts, else small ones."""
    found: dict[str, str] = {}
    timeouts, settings = request.timeouts, request.settings
    if not virtual:
        found |= {"open_timeout": repr(timeouts.open), "close_timeout": repr(timeouts.close)}
    if request.version >= since_ping:
        if not settings.keepalive:
            found["ping_interval"] = "None"
        elif not virtual:
            found["ping_interval"] = repr(timeouts.ping_interval)
            found["ping_timeout"] = repr(timeouts.ping_timeout)
    if settings.max_size is not None:
        found["max_size"] = repr(settings.max_size)
    if settings.hook_refuses:
        found["process_request"] = "process_request"
    if settings.tls:
        found["ssl" if virtual or request.version >= (13,) else "ssl_context"] = "client_context"
    return found


def coroutine_options(request: Request) -> Mapping[str, str]:
    """The arguments of `connect` and `serve` on asyncio."""
    return {"OPTIONS": arguments(_options(request, virtual=True, since_ping=(7,)))}


def threading_options(request: Request) -> Mapping[str, str]:
    """The arguments of `connect` and `serve` in threads, which have pings since 15.0."""
    return {"OPTIONS": arguments(_options(request, virtual=False, since_ping=(15,)))}


_CLIENT = Idiom(
    "",
    CLIENT + LEAVE + TELL_FACTS + SETTLE,
    RUN,
    "websocket.close(ARGS)",
    "websocket.send(ARGS)",
    coroutine_options,
    cancel="task.cancel",
    is_async=True,
)
_SERVER = replace(_CLIENT, code=SERVER + LEAVE + REFUSE + TELL_FACTS + SERVE + SETTLE)


def idiom_of(surface: str, request: Request) -> Idiom:
    """The idiom of a surface in a release."""
    _, api, role = surface.split("_")
    verb, base = ("connect", _CLIENT) if role == "client" else ("serve", _SERVER)
    error = "from websockets.exceptions import ConnectionClosed"
    if api == "threading":
        texts = CLIENT + LEAVE if role == "client" else SERVER + LEAVE + REFUSE
        code = _blocking(texts + TELL_FACTS)
        code += SERVE_IN_THREADS if role == "server" else ""
        found = replace(
            base,
            code=code,
            run=RUN.replace("asyncio.run(run())", "main()"),
            options=threading_options,
            is_async=False,
        )
        return replace(found, imports=f"{error}\nfrom websockets.sync.{role} import {verb}")
    if api == "asyncio":
        return replace(base, imports=f"from websockets.asyncio.{role} import {verb}\n{error}")
    found = replace(base, imports=f"from websockets import {verb}\n{error}")
    if request.version < (14,):
        found = replace(found, code=found.code.replace(REFUSE, REFUSE_BEFORE_14))
    if request.version < (10, 1):
        code = found.code.replace("handler(connection)", "handler(connection, path)")
        found = replace(found, code=code)
    return found
