#!/usr/bin/env bash
# websockets 17.2 to 17.4: `break` in the loop that reconnects tells the peer of an internal error.
#
# Behaviour. A loop over connections, `async for websocket in connect(uri)`, or in threads
# `for websocket in reconnect(uri)`, can be left with `break` or `return`: the program has what it
# wanted. Up to 17.1 the connection was closed with 1000, normal closure. Since 17.2 the peer is told
# 1011, internal error. A block, `async with connect(uri)`, that is left with `return` still closes
# with 1000, and so does a body of the loop that ends, or goes on with `continue`. Since 17.2 the
# exception that leaves a block is handed on, and 1011 is sent if there is one; the iterator has such
# a block around its `yield`, and is ended with GeneratorExit.
#
# A good engineer would guess: `break` closes as the end of a block does, with 1000, in each release.
#
# The documents: RFC 6455, 7.4.1, has 1011 for an unexpected condition that prevents an endpoint from
# fulfilling the request. The reference of connect() says that the connection is closed after each
# iteration of the loop.
#
# Seen:
#   17.1 asyncio: break 1000, return 1000, end of the body 1000, block 1000
#   17.1 threads: break 1000
#   17.4 asyncio: break 1011, return 1011, end of the body 1000, block 1000
#   17.4 threads: break 1011
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/loop.py" <<'SCRIPT'
import asyncio, logging, threading
from importlib.metadata import version
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import reconnect
from websockets.sync.server import serve

logging.disable()
codes, told = [], threading.Semaphore(0)


def handler(websocket):
    try:
        websocket.recv()
    except ConnectionClosed as closed:
        codes.append(closed.rcvd.code)
    told.release()


async def leave_with_break(url):
    async for _ in connect(url):
        break


async def leave_with_return(url):
    async for _ in connect(url):
        return


async def end_the_body(url):
    connections = aiter(connect(url))
    await anext(connections)
    await anext(connections)  # the first connection is closed before the second opens
    await connections.aclose()


async def leave_a_block(url):
    async with connect(url):
        return


def leave_in_a_thread(url):
    for _ in reconnect(url):
        break


def first_code(run, *arguments, connections=1):
    codes.clear()
    run(*arguments)
    for _ in range(connections):
        told.acquire()
    return codes[0]


with serve(handler, "127.0.0.1", 0) as server:
    threading.Thread(target=server.serve_forever).start()
    url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
    found = {
        "break": first_code(asyncio.run, leave_with_break(url)),
        "return": first_code(asyncio.run, leave_with_return(url)),
        "end of the body": first_code(asyncio.run, end_the_body(url), connections=2),
        "block": first_code(asyncio.run, leave_a_block(url)),
    }
    release = version("websockets")
    print(f"{release} asyncio:", ", ".join(f"{way} {code}" for way, code in found.items()))
    print(f"{release} threads: break", first_code(leave_in_a_thread, url))
    server.shutdown()
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "websockets==$1"
    timeout 60 "$folder/$1/bin/python" "$folder/loop.py"
}
found="$(run 17.1)
$(run 17.4)"
echo "$found"
expected="17.1 asyncio: break 1000, return 1000, end of the body 1000, block 1000
17.1 threads: break 1000
17.4 asyncio: break 1011, return 1011, end of the body 1000, block 1000
17.4 threads: break 1011"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
