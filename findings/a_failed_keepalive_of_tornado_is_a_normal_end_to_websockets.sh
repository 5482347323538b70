#!/usr/bin/env bash
# tornado 6.6.1 with websockets 17.4: a keepalive that fails looks like a normal end to the peer.
#
# Behaviour. A tornado client with ping_interval and ping_timeout gets no pong from a server of
# websockets in time, because a handler there keeps the event loop busy. It gives the connection up
# by a close frame with 1000 and the reason "ping timed out". To websockets 1000 is a normal end: the
# handler's `async for` ends without an exception, as after a close by choice, and code below the
# loop takes what came so far for all there was. A client of websockets that gives up sends 1011, and
# there the same loop raises ConnectionClosedError.
#
# A good engineer would guess: a connection that is given up ends in an exception at the other end,
# whoever gives it up.
#
# The document that says otherwise: RFC 6455, 7.4.1, has 1000 for a purpose that is fulfilled. The
# reference of tornado says that the connection is closed if no pong comes in time, and not with
# which code; that of websockets says that iteration ends when the connection is closed with 1000
# or 1001.
#
# Seen:
#   tornado client gives up: the loop ends, close_code 1000, close_reason 'ping timed out'
#   websockets client gives up: the loop raises ConnectionClosedError, close_code 1011, close_reason 'keepalive ping timeout'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/give_up.py" <<'SCRIPT'
import asyncio, threading, time
from tornado.websocket import websocket_connect
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

ended = threading.Semaphore(0)
addresses = []


async def handler(websocket):
    how = "ends"
    try:
        async for _ in websocket:
            time.sleep(3)  # work that keeps the event loop busy
    except ConnectionClosed as error:
        how = f"raises {type(error).__name__}"
    await websocket.wait_closed()
    told = f"close_code {websocket.close_code}, close_reason {websocket.close_reason!r}"
    print(f"the loop {how}, {told}", flush=True)
    ended.release()


async def run_server(started):
    async with serve(handler, "127.0.0.1", 0, ping_interval=None) as server:
        addresses.append("ws://127.0.0.1:%d" % server.sockets[0].getsockname()[1])
        started.set()
        await asyncio.get_running_loop().create_future()


async def use_tornado():
    client = await websocket_connect(addresses[0], ping_interval=1, ping_timeout=0.5)
    await client.write_message("work")
    await client.read_message()


async def use_websockets():
    async with connect(addresses[0], ping_interval=1, ping_timeout=0.5) as client:
        await client.send("work")
        await client.wait_closed()


started = threading.Event()
threading.Thread(target=lambda: asyncio.run(run_server(started)), daemon=True).start()
started.wait()
for name, use in {"tornado": use_tornado, "websockets": use_websockets}.items():
    print(f"{name} client gives up:", end=" ", flush=True)
    asyncio.run(use())
    ended.acquire()
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check tornado==6.6.1 websockets==17.4
found=$(timeout 60 "$folder/env/bin/python" "$folder/give_up.py")
echo "$found"
expected="tornado client gives up: the loop ends, close_code 1000, close_reason 'ping timed out'
websockets client gives up: the loop raises ConnectionClosedError, close_code 1011, close_reason 'keepalive ping timeout'"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
