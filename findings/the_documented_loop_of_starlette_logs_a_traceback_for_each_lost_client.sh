#!/usr/bin/env bash
# starlette 1.10.0 (since 0.36.0 with WebSocketDisconnect): the documented loop over iter_text() ends
# in a traceback for every client that is lost.
#
# Behaviour. The page on WebSockets has a loop over `websocket.iter_text()`, and `await
# websocket.close()` behind it. When a client closes in good order, the loop ends, close() does
# nothing, and all is quiet. When a client is gone without a close frame (a closed laptop, a killed
# tab, a proxy), the loop ends just as quietly, and then close() raises WebSocketDisconnect with
# 1006, which nothing in the example catches: uvicorn logs "Exception in ASGI application".
#
# A good engineer would guess: a loop that swallows WebSocketDisconnect, as documented, is over
# without an error, and closing what is closed does no harm.
#
# The documents that say something: https://starlette.dev/websockets/, Iterating data; and the
# release notes of 0.36.0: WebSocketDisconnect is raised where send() has an IOError.
#
# Seen, with uvicorn 0.54.0:
#   a client that closes: the loop ended, close() returned, 0 errors logged
#   a client that is lost: the loop ended, close() raised WebSocketDisconnect(1006), 1 error logged
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/loop.py" <<'SCRIPT'
import asyncio, logging, socket
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
CLOSE = bytes([0x88, 0x82]) + bytes(4) + (1000).to_bytes(2, "big")


class Errors(logging.Handler):
    count = 0

    def emit(self, record):
        Errors.count += record.levelno >= logging.ERROR


async def endpoint(websocket):
    await websocket.accept()
    async for message in websocket.iter_text():
        await websocket.send_text(f"Message text was: {message}")
    told = ["the loop ended"]
    try:
        await websocket.close()
        told.append("close() returned")
    except Exception as error:
        told.append(f"close() raised {type(error).__name__}({getattr(error, 'code', '')})")
        raise
    finally:
        seen.put_nowait(", ".join(told))


async def main():
    global seen
    seen = asyncio.Queue()
    logging.getLogger("uvicorn").addHandler(Errors())
    logging.getLogger("uvicorn").propagate = False
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    for name, last in (("closes", CLOSE), ("is lost", b"")):
        Errors.count = 0
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(REQUEST)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(last)
        if not last:
            writer.close()
        told = await seen.get()
        await asyncio.sleep(0.2)
        errors = f"{Errors.count} error{'s' * (Errors.count != 1)}"
        print(f"a client that {name}: {told}, {errors} logged")
        writer.close()
    server.should_exit = True
    await serving


asyncio.run(main())
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
found=$(timeout 60 "$folder/env/bin/python" "$folder/loop.py")
echo "$found"
expected="a client that closes: the loop ended, close() returned, 0 errors logged
a client that is lost: the loop ended, close() raised WebSocketDisconnect(1006), 1 error logged"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
