#!/usr/bin/env bash
# Flask-Sock 0.7.0 on Flask's development server: an HTTP response follows the close frame.
#
# Behaviour. When a handler returns, the close frame goes out, and then, on the same connection, the
# lines of an HTTP response with the status 200 and no body: the view of the route returns a
# Response, which werkzeug writes like any other. A client that reads on takes it for frames, the
# first of which has reserved bits. With 0.6.0 only the close frame was written.
#
# A good engineer would guess: a close frame, and the end of TCP.
#
# The documents that say otherwise: the quickstart, by which the connection is closed when the
# function ends; and RFC 6455, 5.5.1, by which no more data follows a close frame.
#
# Seen, as what follows the response with the status 101:
#   0.6.0: close frame 1000, end
#   0.7.0: close frame 1000, HTTP/1.1 200 OK
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/returns.py" <<'SCRIPT'
import importlib.metadata, socket, threading
from flask import Flask
from flask_sock import Sock
from werkzeug.serving import make_server

REQUEST = (
    b"GET /talk HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
app = Flask("finding")


@Sock(app).route("/talk")
def talk(ws):
    return


server = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
with socket.create_connection(("127.0.0.1", server.port), 10) as client:
    client.sendall(REQUEST)
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2]) < 4:
        data += client.recv(4096)
    client.sendall(b"\x88\x82\0\0\0\0\x03\xe8")  # the answer to the close frame
    client.shutdown(socket.SHUT_WR)
    while more := client.recv(4096):
        data += more
rest = data.partition(b"\r\n\r\n")[2]
assert rest[:2] == b"\x88\x02", rest
code, behind = int.from_bytes(rest[2:4], "big"), rest[4:].partition(b"\r\n")[0].decode()
print(f"{importlib.metadata.version('flask-sock')}: close frame {code}, {behind or 'end'}")
SCRIPT
for release in 0.6.0 0.7.0; do
  python3 -m venv "$folder/$release"
  "$folder/$release/bin/python" -m pip install --quiet --disable-pip-version-check \
    "flask-sock==$release" simple-websocket==1.1.0 flask==3.1.3 werkzeug==3.1.9 wsproto==1.3.2
  timeout 60 "$folder/$release/bin/python" "$folder/returns.py" 2>/dev/null
done >"$folder/found"
cat "$folder/found"
[ "$(cat "$folder/found")" = "0.6.0: close frame 1000, end
0.7.0: close frame 1000, HTTP/1.1 200 OK" ] || { echo "this has changed"; exit 1; }
