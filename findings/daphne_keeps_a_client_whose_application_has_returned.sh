#!/usr/bin/env bash
# daphne 4.2.3: an application that returns leaves its client connected, and daphne pings it.
#
# Behaviour. When an ASGI application raises, daphne closes its WebSocket with 1011. When it returns,
# daphne forgets it and does nothing else: no close frame, no end of TCP. The client's messages go
# into a queue that nobody reads, and daphne sends pings as before, so a client that answers them, as
# every browser does, stays connected to nobody until websocket_timeout, which is a day by default. An
# application with `except Exception: return` around its loop does that with each error.
#
# A good engineer would guess: the end of the application is the end of the connection, with 1000 or
# so if it returns; under uvicorn 0.54.0 TCP ends at once.
#
# The documents: the ASGI specification says that the socket should be closed if the application dies.
#
# Seen, 12 seconds after the application has returned, with a ping every two seconds:
#   daphne: connected, more than 2 pings came
#   uvicorn: TCP has ended
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/app.py" <<'SCRIPT'
async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
SCRIPT
cat >"$folder/wait.py" <<'SCRIPT'
import socket, subprocess, sys, time

REQUEST = (
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def connect(port):
    for _ in range(3000):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            time.sleep(0.1)


def answer_pings(client, end):
    """How many came until `end`, and whether TCP has ended."""
    pings = 0
    while (left := end - time.monotonic()) > 0:
        client.settimeout(left)
        try:
            found = client.recv(1)
        except TimeoutError:
            break
        if not found:
            return pings, True
        payload = client.recv(client.recv(1)[0])
        if found == b"\x89":
            pings += 1
            client.sendall(b"\x8a" + bytes([0x80 | len(payload)]) + bytes(4) + payload)
    return pings, False


def try_out(name, *options):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", name, *options, f"{port}", "app:app"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with connect(port) as client:
        client.sendall(REQUEST.encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1)
        pings, has_ended = answer_pings(client, time.monotonic() + 12)
    server.terminate()
    server.wait(60)
    few = "more than 2 pings came" if pings > 2 else f"{pings} pings came"
    print(f"{name}: {'TCP has ended' if has_ended else f'connected, {few}'}")


try_out("daphne", "--ping-interval", "2", "-p")
try_out("uvicorn", "--ws", "websockets-sansio", "--port")
SCRIPT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check daphne==4.2.3 \
    twisted==26.10.0 autobahn==26.10.2 uvicorn==0.54.0 websockets==17.4
found="$(cd "$folder" && timeout 600 "$folder/venv/bin/python" wait.py)"
echo "$found"
expected="daphne: connected, more than 2 pings came
uvicorn: TCP has ended"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
