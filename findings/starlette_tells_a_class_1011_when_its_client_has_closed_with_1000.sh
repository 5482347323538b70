#!/usr/bin/env bash
# starlette 1.10.0: on_disconnect() is told 1011 about a client that has closed with 1000, if
# on_receive() sends to it meanwhile.
#
# Behaviour. A class derived from WebSocketEndpoint works on a message; the client closes with 1000.
# Then the class sends. send_text() raises WebSocketDisconnect(1006); it is an exception like any
# other to the class that called on_receive(): on_disconnect() gets 1011, internal error, which
# nobody has sent, and the exception goes on to the server, which logs a traceback. Without that
# send, the same client is told as 1000, and nothing is logged.
#
# A good engineer would guess: on_disconnect() gets the code of the client, and WebSocketDisconnect,
# which says that the client has left, ends the class as quietly as websocket.disconnect does.
#
# The document that says something: https://starlette.dev/endpoints/, WebSocketEndpoint:
# on_disconnect(websocket, close_code) is for the type of message websocket.disconnect.
#
# Seen, with uvicorn 0.54.0:
#   on_receive() is silent: on_disconnect(1000), 0 errors logged
#   on_receive() sends late: on_disconnect(1011), 1 error logged
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/late.py" <<'SCRIPT'
import asyncio, logging, socket
import uvicorn
from starlette.applications import Starlette
from starlette.endpoints import WebSocketEndpoint
from starlette.routing import WebSocketRoute

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT = bytes([0x81, 0x85]) + bytes(4) + b"hello"
CLOSE = bytes([0x88, 0x82]) + bytes(4) + (1000).to_bytes(2, "big")


class Errors(logging.Handler):
    count = 0

    def emit(self, record):
        Errors.count += record.levelno >= logging.ERROR


class Echo(WebSocketEndpoint):
    encoding = "text"
    sends = False

    async def on_receive(self, websocket, data):
        await asyncio.sleep(0.3)  # the client closes meanwhile
        if Echo.sends:
            await websocket.send_text("late")

    async def on_disconnect(self, websocket, close_code):
        seen.put_nowait(close_code)


async def main():
    global seen
    seen = asyncio.Queue()
    logging.getLogger("uvicorn").addHandler(Errors())
    logging.getLogger("uvicorn").propagate = False
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[WebSocketRoute("/", Echo)])
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    for Echo.sends in (False, True):
        Errors.count = 0
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(REQUEST)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(TEXT + CLOSE)
        code = await seen.get()
        await asyncio.sleep(0.2)
        does = "sends late" if Echo.sends else "is silent"
        errors = f"{Errors.count} error{'s' * (Errors.count != 1)}"
        print(f"on_receive() {does}: on_disconnect({code}), {errors} logged")
        writer.close()
    server.should_exit = True
    await serving


asyncio.run(main())
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
found=$(timeout 60 "$folder/env/bin/python" "$folder/late.py")
echo "$found"
expected="on_receive() is silent: on_disconnect(1000), 0 errors logged
on_receive() sends late: on_disconnect(1011), 1 error logged"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
