#!/usr/bin/env bash
# tornado 6.5.2 to 6.5.10, mended in 6.6: a coroutine on_message that raises closes nothing.
#
# Behaviour. If a plain on_message of a WebSocketHandler raises, the exception is logged, the
# connection is aborted, and on_close is called. If `async def on_message` raised, its exception
# ended the loop that reads, and get() with it. It was logged, and that was all: the connection
# stayed open, what the client sent was never read, its close frame included, and on_close did not
# come, not even once the client was gone. A handler that open() puts into a set, as the chat demo
# does, stayed in it for ever. A ValueError was taken for a malformed request as well: that closed
# the connection, but did not call on_close either. Since 6.6 all of them end alike.
#
# A good engineer would guess: `async def` changes when the handler may wait, not what becomes of
# its exceptions; the connection is closed and on_close called, as for a plain on_message.
#
# The documents: the reference of WebSocketHandler says that on_message can be a coroutine, and that
# on_close is invoked when the WebSocket is closed. The docstring of WebSocketProtocol._run_callback
# in 6.5.2 says that the connection is aborted on error. A draft of the notes of release 6.6.0 tells
# of asyncio.CancelledError alone.
#
# Seen:
#   6.5.2: plain, RuntimeError: closed, on_close called, 0 handlers left
#   6.5.2: coroutine, RuntimeError: open, on_close not called, 1 handlers left
#   6.5.2: coroutine, ValueError: closed, on_close not called, 1 handlers left
#   6.6.1: plain, RuntimeError: closed, on_close called, 0 handlers left
#   6.6.1: coroutine, RuntimeError: closed, on_close called, 0 handlers left
#   6.6.1: coroutine, ValueError: closed, on_close called, 0 handlers left
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/raise.py" <<'SCRIPT'
import asyncio, logging
import tornado
from tornado import httpserver, netutil, web, websocket

logging.disable()
handlers, closed = set(), []


class Handler(websocket.WebSocketHandler):
    def open(self):
        handlers.add(self)

    def on_close(self):
        handlers.discard(self)
        closed.append(self)


class Plain(Handler):
    def on_message(self, message):
        raise {"RuntimeError": RuntimeError, "ValueError": ValueError}[message]


class Coroutine(Handler):
    async def on_message(self, message):
        raise {"RuntimeError": RuntimeError, "ValueError": ValueError}[message]


async def try_out(url, way, error):
    handlers.clear(), closed.clear()
    client = await websocket.websocket_connect(f"{url}/{way}")
    await client.write_message(error)
    try:
        await asyncio.wait_for(client.read_message(), 1)
        end = "closed"
    except asyncio.TimeoutError:
        end = "open"
        client.close()  # to this the handler does not react; the client gives up after 5 s
        await asyncio.sleep(6)
    told = "called" if closed else "not called"
    held = f"{len(handlers)} handlers left"
    print(f"{tornado.version}: {way}, {error}: {end}, on_close {told}, {held}")


async def main():
    sockets = netutil.bind_sockets(0, "127.0.0.1")
    routes = [("/plain", Plain), ("/coroutine", Coroutine)]
    httpserver.HTTPServer(web.Application(routes)).add_sockets(sockets)
    url = f"ws://127.0.0.1:{sockets[0].getsockname()[1]}"
    await try_out(url, "plain", "RuntimeError")
    await try_out(url, "coroutine", "RuntimeError")
    await try_out(url, "coroutine", "ValueError")


asyncio.run(main())
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "tornado==$1"
    timeout 60 "$folder/$1/bin/python" "$folder/raise.py"
}
found="$(run 6.5.2)
$(run 6.6.1)"
echo "$found"
expected="6.5.2: plain, RuntimeError: closed, on_close called, 0 handlers left
6.5.2: coroutine, RuntimeError: open, on_close not called, 1 handlers left
6.5.2: coroutine, ValueError: closed, on_close not called, 1 handlers left
6.6.1: plain, RuntimeError: closed, on_close called, 0 handlers left
6.6.1: coroutine, RuntimeError: closed, on_close called, 0 handlers left
6.6.1: coroutine, ValueError: closed, on_close called, 0 handlers left"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
