#!/usr/bin/env bash
# uvicorn 0.54.0 (since 0.44.0 with websockets-sansio, since 0.46.0 with wsproto): a client that
# answers every ping is closed for want of a pong while a message waits to be received.
#
# Behaviour. The application works on one message, and does not call receive() meanwhile. A second
# message comes. With ws="websockets-sansio", which ws="auto" is since 0.50.0, and with ws="wsproto",
# uvicorn stops reading from the socket until that one has been received. Its keepalive goes on, the
# pong lies in the socket, and after ws_ping_timeout the client is closed with 1011, "keepalive ping
# timeout". With ws="websockets" pongs are read, and the client stays.
#
# A good engineer would guess: what the application does has no influence on whether pongs count.
#
# The document that says something: the ASGI specification, WebSocket: the server handles pings and
# pongs itself, and sends pings to ensure that the connection is alive.
#
# Seen, with an interval and a timeout of 0.5 s, and an application that works for 3 s:
#   websockets: 3 pings answered, still open
#   websockets-sansio: 1 ping answered, closed with 1011
#   wsproto: 1 ping answered, closed with 1011
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/busy.py" <<'SCRIPT'
import asyncio, socket, struct, warnings
import uvicorn

warnings.simplefilter("ignore")
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(opcode, payload):
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + bytes(4) + payload


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    await asyncio.sleep(3)


async def talk(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    await reader.readuntil(b"\r\n\r\n")
    writer.write(frame(TEXT, b"one"))
    await asyncio.sleep(0.1)
    writer.write(frame(TEXT, b"two"))
    answered = 0
    while answered < 3:
        first, length = await reader.readexactly(2)
        payload = await reader.readexactly(length)
        if first & 15 == CLOSE:
            return f"{answered} ping answered, closed with {struct.unpack('!H', payload[:2])[0]}"
        if first & 15 == PING:
            writer.write(frame(PONG, payload))
            answered += 1
    return f"{answered} pings answered, still open"


async def serve(ws):
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, ws=ws, lifespan="off", log_config=None, ws_ping_interval=0.5, ws_ping_timeout=0.5
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    print(f"{ws}: {await talk(listener.getsockname()[1])}")
    server.should_exit = True
    await serving


for ws in ("websockets", "websockets-sansio", "wsproto"):
    asyncio.run(serve(ws))
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  uvicorn==0.54.0 websockets==17.4 wsproto==1.3.2
found=$(timeout 60 "$folder/env/bin/python" "$folder/busy.py")
echo "$found"
expected="websockets: 3 pings answered, still open
websockets-sansio: 1 ping answered, closed with 1011
wsproto: 1 ping answered, closed with 1011"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
