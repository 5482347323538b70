#!/usr/bin/env bash
# websockets 16.0 to 17.4, legacy API: close() beside a send() that is stuck raises AssertionError.
#
# Behaviour. A task is in send() and waits, because the peer does not read. Another one calls
# close(). Up to 15.0.1 that returned after four times close_timeout, with the connection closed.
# Since 16.0 it raises a bare AssertionError at once, and the connection stays open, its state
# CLOSING, as long as the peer does not read: no timeout ends it, nor does the keepalive. A second
# close() does what the first one did up to 15.0.1. In 16.0 a lock was removed that let only one
# task wait for the write buffer, a workaround for what asyncio could not do before Python 3.10; but
# the legacy API has a copy of that part of asyncio, which asserts that nobody waits yet.
#
# A good engineer would guess: close() is bounded by close_timeout and returns, in each release.
#
# The documents that say so: the docstring of WebSocketCommonProtocol, by which close() completes in
# at most 5 * close_timeout for clients; and the page "Design (legacy)", Concurrency, by which any
# combination of recv(), send(), close(), ping() and pong() at the same time is safe.
#
# Seen:
#   15.0.1: close() returned after 4 x close_timeout, connection CLOSED
#   15.0.1: close() returned after 0 x close_timeout, connection CLOSED
#   17.4: close() raised AssertionError after 0 x close_timeout, connection CLOSING
#   17.4: close() returned after 4 x close_timeout, connection CLOSED
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/close.py" <<'SCRIPT'
import asyncio, logging, time, warnings
from importlib.metadata import version

warnings.simplefilter("ignore")
from websockets.legacy.client import connect
from websockets.utils import accept_key

logging.disable()
CLOSE_TIMEOUT = 0.5  # seconds


async def peer(reader, writer):
    """Accept the connection, and read nothing more."""
    request = await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()
    key = request.split(b"Sec-WebSocket-Key: ")[1].split()[0].decode()
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + f"Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n".encode()
    )
    peers.append(writer)


async def close(websocket):
    begin = time.perf_counter()
    try:
        await websocket.close()
        end = "returned"
    except BaseException as error:
        end = f"raised {type(error).__name__}"
    times = round((time.perf_counter() - begin) / CLOSE_TIMEOUT)
    await asyncio.sleep(6 * CLOSE_TIMEOUT)  # longer than close() is said to take
    state = f"connection {websocket.state.name}"
    print(f"{version('websockets')}: close() {end} after {times} x close_timeout, {state}")


async def main():
    server = await asyncio.start_server(peer, "127.0.0.1", 0)
    url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    websocket = await connect(url, close_timeout=CLOSE_TIMEOUT)
    sending = asyncio.create_task(websocket.send(bytes(50_000_000)))
    await asyncio.sleep(0.2)
    assert not sending.done()
    await close(websocket)
    await close(websocket)
    await asyncio.wait([sending])
    for writer in peers:
        writer.transport.abort()
    server.close()


peers = []
asyncio.run(main())
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "websockets==$1"
    timeout 60 "$folder/$1/bin/python" "$folder/close.py"
}
found="$(run 15.0.1)
$(run 17.4)"
echo "$found"
expected="15.0.1: close() returned after 4 x close_timeout, connection CLOSED
15.0.1: close() returned after 0 x close_timeout, connection CLOSED
17.4: close() raised AssertionError after 0 x close_timeout, connection CLOSING
17.4: close() returned after 4 x close_timeout, connection CLOSED"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
