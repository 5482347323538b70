#!/usr/bin/env bash
# tornado 6.6.1 (6.5.2 as well): a coroutine on_ping begins after the message that follows the ping.
#
# Behaviour. If on_message or on_pong of a WebSocketHandler is a coroutine, the next frame waits
# until it has ended. on_ping is called in the same way, but nobody awaits it: `async def on_ping`
# runs as a task of its own, which begins after the frames that have already arrived. So a client
# that pings, and then asks something, is answered before on_ping has run a single line. Of the four
# calls of a callback for a frame, that of on_ping is the one without `return` before it.
#
# A good engineer would guess: frames are handled in their order, whichever callback it is; a
# coroutine on_ping ends before on_message begins, as a coroutine on_pong does.
#
# The document that says something: the notes of release 4.5, by which a new message is not
# processed until a coroutine on_message has finished. The reference says of on_ping and of on_pong
# when they are invoked, and of neither whether it can be a coroutine.
#
# Seen, a frame and a text, "next", which the client sends after it, in one write:
#   message: on_message begins, on_message ends, next
#   pong: on_pong begins, on_pong ends, next
#   ping: next, on_ping begins, on_ping ends
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/order.py" <<'SCRIPT'
import asyncio
from tornado import httpserver, netutil, web, websocket

happened = []


async def callback(name):
    happened.append(f"{name} begins")
    await asyncio.sleep(0)
    happened.append(f"{name} ends")


class Handler(websocket.WebSocketHandler):
    async def on_ping(self, data):
        await callback("on_ping")

    async def on_pong(self, data):
        await callback("on_pong")

    def on_message(self, message):
        if message != "next":
            return callback("on_message")
        happened.append("next")


REQUEST = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def frame(opcode, payload=b""):
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + bytes(4) + payload  # masked with zeros


async def send_one_and_next(port, opcode):
    happened.clear()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    await reader.readuntil(b"\r\n\r\n")
    writer.write(frame(opcode) + frame(0x1, b"next") + frame(0x8))
    await reader.read()
    while len(happened) < 3:
        await asyncio.sleep(0)
    writer.close()
    return ", ".join(happened)


async def main():
    sockets = netutil.bind_sockets(0, "127.0.0.1")
    httpserver.HTTPServer(web.Application([("/", Handler)])).add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    for name, opcode in {"message": 0x1, "pong": 0xA, "ping": 0x9}.items():
        print(f"{name}: {await send_one_and_next(port, opcode)}")


asyncio.run(main())
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check tornado==6.6.1
found=$(timeout 60 "$folder/env/bin/python" "$folder/order.py")
echo "$found"
expected="message: on_message begins, on_message ends, next
pong: on_pong begins, on_pong ends, next
ping: next, on_ping begins, on_ping ends"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
