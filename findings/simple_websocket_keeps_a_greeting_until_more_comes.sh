#!/usr/bin/env bash
# simple-websocket 1.1.0 (all releases since 0.10.0, in threads and on asyncio): a message that comes
# together with the server's response is not received until the server sends another one.
#
# Behaviour. connect() reads until the response is there, and gives all that it has read to wsproto.
# What is behind the response is looked at when the next bytes have come, so a greeting that a server
# sends at once waits for the second message, and a close frame waits for the end of TCP. It depends
# on the network which of them come in one piece, so it happens now and then.
#
# A good engineer would guess: receive() returns a message once it has arrived.
#
# The document that says something: the API reference, Client.receive: it waits for the data, and
# returns it; with a timeout, it waits so many seconds.
#
# Seen, with a greeting in the response's piece, and one that comes 0.2 s later:
#   together: None, then after another message 'greeting'
#   later: 'greeting'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/greeted.py" <<'SCRIPT'
import base64, hashlib, socket, threading, time
from simple_websocket import Client

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def text(message):
    return bytes([0x81, len(message)]) + message


def serve(listener, pause, go_on):
    connection = listener.accept()[0]
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(4096)
    headers = dict(line.split(b": ", 1) for line in request.splitlines() if b": " in line)
    key = {name.lower(): value for name, value in headers.items()}[b"sec-websocket-key"]
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
    response = (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
    if pause:
        connection.sendall(response)
        time.sleep(pause)
        connection.sendall(text(b"greeting"))
    else:
        connection.sendall(response + text(b"greeting"))
    go_on.wait(20)
    connection.sendall(text(b"another"))
    connection.recv(4096)
    connection.close()


def greet(pause):
    listener, go_on = socket.create_server(("127.0.0.1", 0)), threading.Event()
    threading.Thread(target=serve, args=(listener, pause, go_on)).start()
    ws = Client.connect(f"ws://127.0.0.1:{listener.getsockname()[1]}/")
    first = ws.receive(timeout=2)
    go_on.set()
    then = f", then after another message {ws.receive(timeout=10)!r}" if first is None else ""
    ws.close()
    return f"{first!r}{then}"


print("together:", greet(0))
print("later:", greet(0.2))
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  simple-websocket==1.1.0 wsproto==1.3.2
found=$(timeout 60 "$folder/env/bin/python" "$folder/greeted.py")
echo "$found"
expected="together: None, then after another message 'greeting'
later: 'greeting'"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
