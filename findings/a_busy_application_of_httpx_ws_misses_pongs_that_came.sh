#!/usr/bin/env bash
# httpx-ws 0.9.0 (since 0.5.0): an async session closes for want of a pong that has come, while a
# message waits to be received.
#
# Behaviour. The task that reads in the background gives each message to the application through a
# stream of AnyIO that has no room. While the application works, and one message waits, nothing more
# is read: the pong lies in the socket, and after keepalive_ping_timeout_seconds the session closes
# with 1011 and raises WebSocketNetworkError. The option queue_size has no effect. A session in
# threads (connect_ws) has its queue, and stays open.
#
# A good engineer would guess: up to 512 messages wait in the queue, and pongs are read meanwhile.
#
# The document that says something: the reference, aconnect_ws, queue_size: received messages are
# held in a queue until they are consumed, 512 by default.
#
# Seen, with an interval and a timeout of 0.5 s, and an application that works for 3 s:
#   connect_ws: one, two, three
#   aconnect_ws: one, WebSocketNetworkError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/busy.py" <<'SCRIPT'
import asyncio, base64, hashlib, time
import httpx_ws

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(opcode, payload):
    return bytes([0x80 | opcode, len(payload)]) + payload


async def serve(reader, writer):
    request = await reader.readuntil(b"\r\n\r\n")
    lines = dict(line.split(b": ", 1) for line in request.split(b"\r\n") if b": " in line)
    key = {name.lower(): value for name, value in lines.items()}[b"sec-websocket-key"]
    digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    accept = base64.b64encode(digest)
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
    writer.write(b"".join(frame(TEXT, text) for text in (b"one", b"two", b"three")))
    while True:
        first, length = await reader.readexactly(2)
        mask = await reader.readexactly(4)
        payload = await reader.readexactly(length & 127)
        if first & 15 == PING:
            writer.write(frame(PONG, bytes(a ^ b for a, b in zip(payload, mask * 32))))
        if first & 15 == CLOSE:
            return writer.close()


OFTEN = {"keepalive_ping_interval_seconds": 0.5, "keepalive_ping_timeout_seconds": 0.5}


def block(url):
    with httpx_ws.connect_ws(url, **OFTEN) as ws:
        got = [ws.receive_text()]
        time.sleep(3)
        try:
            return [*got, ws.receive_text(), ws.receive_text()]
        except httpx_ws.WebSocketNetworkError as error:
            return [*got, type(error).__name__]


async def use(url):
    async with httpx_ws.aconnect_ws(url, **OFTEN) as ws:
        got = [await ws.receive_text()]
        await asyncio.sleep(3)
        try:
            return [*got, await ws.receive_text(), await ws.receive_text()]
        except httpx_ws.WebSocketNetworkError as error:
            return [*got, type(error).__name__]


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        print(f"connect_ws: {', '.join(await asyncio.to_thread(block, url))}")
        print(f"aconnect_ws: {', '.join(await use(url))}")


asyncio.run(main())
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  httpx-ws==0.9.0 httpx==0.28.1 httpcore==1.0.9 wsproto==1.3.2 anyio==4.16.0 h11==0.16.0
found=$(timeout 60 "$folder/env/bin/python" "$folder/busy.py")
echo "$found"
expected="connect_ws: one, two, three
aconnect_ws: one, WebSocketNetworkError"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
