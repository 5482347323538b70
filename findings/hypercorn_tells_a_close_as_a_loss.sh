#!/usr/bin/env bash
# hypercorn 0.18.0 (every release since 0.15.0): an application is told 1006 whenever the client
# closes, and 1000 whenever it has closed itself, whatever the codes are.
#
# Behaviour. A client closes with 1000 and "bye"; hypercorn answers that frame with the same code, and
# tells the application 1006, as if the connection had been lost. An application that closes with 4003
# is told 1000, although the client answers 4003. Nothing in the event tells a close from a loss.
#
# A good engineer would guess: 1000 for the client's close, and 4003 for the application's.
#
# The document that says something: the ASGI specification, Disconnect: code is the close code, as per
# the WebSocket specification.
#
# Seen:
#   the client closes with 1000, and gets 1000: the application is told 1006
#   the application closes with 4003, and the client answers it: the application is told 1000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/codes.py" <<'SCRIPT'
import asyncio, logging, socket, struct
from hypercorn.asyncio import serve
from hypercorn.config import Config

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
told = []


def close_frame(code, reason=b""):
    payload = struct.pack("!H", code) + reason
    return bytes([0x88, 0x80 | len(payload)]) + bytes(4) + payload


def application(closes):
    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            raise RuntimeError("no lifespan")
        await receive()
        await send({"type": "websocket.accept"})
        if closes:
            await send({"type": "websocket.close", "code": 4003})
        told.append((await receive())["code"])

    return app


async def talk(port, closes):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    await reader.readuntil(b"\r\n\r\n")
    if not closes:
        writer.write(close_frame(1000, b"bye"))
    _, length = await reader.readexactly(2)
    code = struct.unpack("!H", (await reader.readexactly(length))[:2])[0]
    if closes:
        writer.write(close_frame(code))
    await reader.read()
    writer.close()
    return code


async def run(closes):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.errorlog = logging.getLogger("quiet")
    config.errorlog.setLevel(logging.CRITICAL)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(application(closes), config, shutdown_trigger=stop.wait))
    code = await talk(port, closes)
    stop.set()
    await serving
    who = (
        f"the application closes with {code}, and the client answers it"
        if closes
        else f"the client closes with 1000, and gets {code}"
    )
    print(f"{who}: the application is told {told[-1]}")


asyncio.run(run(False))
asyncio.run(run(True))
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  hypercorn==0.18.0 wsproto==1.3.2 h11==0.16.0
found=$(timeout 60 "$folder/env/bin/python" "$folder/codes.py")
echo "$found"
expected="the client closes with 1000, and gets 1000: the application is told 1006
the application closes with 4003, and the client answers it: the application is told 1000"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
