#!/usr/bin/env bash
# websockets 17.4 on trio 0.35.0: `break` in the loop that reconnects ends the whole program.
#
# Behaviour. `async for websocket in connect(uri)` is documented for trio as for asyncio. On asyncio
# the loop may be left with `break` at any time, and the connection is closed once the iterator is
# collected. On trio the iterator keeps a nursery open across its `yield`. If the loop is left, the
# nursery is left in the wrong order, and trio.run() raises TrioInternalError, a fault that trio
# reserves for its own bugs; no except clause of the program sees it where it happens. The loop is
# safe in contextlib.aclosing() alone.
#
# A good engineer would guess: `break` leaves a loop, and the connection is closed, as on asyncio.
#
# The document that says otherwise: the reference of websockets.trio.client.connect, which shows the
# loop, and says that the connection is closed automatically after each iteration.
#
# Seen:
#   asyncio, break: ended
#   trio, break: TrioInternalError
#   trio, break in aclosing(): ended
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check websockets==17.4 trio==0.35.0
cat >"$folder/loop.py" <<'SCRIPT'
import asyncio, contextlib, logging, sys, threading
import trio
from websockets.asyncio.client import connect
from websockets.sync.server import serve
from websockets.trio.client import connect as connect_on_trio

logging.disable()


async def leave(connections):
    async for _ in connections:
        break


async def on_asyncio(url):
    await leave(connect(url))


async def on_trio(url):
    await leave(connect_on_trio(url))
    await trio.sleep(0.1)


async def in_aclosing(url):
    async with contextlib.aclosing(aiter(connect_on_trio(url))) as connections:
        await leave(connections)


with serve(lambda websocket: websocket.recv(), "127.0.0.1", 0) as server:
    threading.Thread(target=server.serve_forever).start()
    url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
    way = sys.argv[1]
    try:
        if way == "asyncio":
            asyncio.run(on_asyncio(url))
        else:
            trio.run(on_trio if way == "trio" else in_aclosing, url)
        print("ended")
    except BaseException as error:
        print(type(error).__name__)
SCRIPT
run() { timeout 60 "$folder/env/bin/python" "$folder/loop.py" "$1" 2>/dev/null; }
found="asyncio, break: $(run asyncio)
trio, break: $(run trio)
trio, break in aclosing(): $(run aclosing)"
echo "$found"
expected="asyncio, break: ended
trio, break: TrioInternalError
trio, break in aclosing(): ended"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
