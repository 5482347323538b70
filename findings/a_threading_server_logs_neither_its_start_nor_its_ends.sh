#!/usr/bin/env bash
# websockets 16.1.1, mended in 17.0: a threading server logs that a connection opens, and no more.
#
# Behaviour. With the logger "websockets.server" at INFO, the server of websockets.sync wrote a
# record for each connection that opened. That it listened, that a connection had closed, and that
# it was shut down was logged nowhere. The asyncio server of the same release logged its start and
# its stop, but no connection that closed. So connections could not be counted from the log: they
# came, and none went. Since 17.0 both servers log all of it.
#
# A good engineer would guess: a server at INFO says on which address it listens, and the record of
# a connection that opens is paired with one of its end, in threads as on asyncio.
#
# The document that says so: the guide to logging. In that of 10.4 already, a server logs one event
# when a connection is established, and another one when it is closed. A later one lists, for INFO:
# the server starting and stopping, and establishing and closing connections.
#
# Seen, one client that connects and closes; the records without the address, sorted:
#   16.1.1 threads: connection open
#   16.1.1 asyncio: connection open, server closed, server closing, server listening
#   17.4 threads: connection closed, connection open, server closed, server closing, server listening
#   17.4 asyncio: connection closed, connection open, server closed, server closing, server listening
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/log.py" <<'SCRIPT'
import asyncio, logging, threading
from importlib.metadata import version
from websockets.asyncio.server import serve
from websockets.sync.client import connect
from websockets.sync.server import serve as serve_in_threads

records = []


class Records(logging.Handler):
    def emit(self, record):
        records.append(record.msg.removesuffix(" on %s"))


def use(sock):
    with connect(f"ws://127.0.0.1:{sock.getsockname()[1]}/") as websocket:
        websocket.recv()


def run_threads():
    with serve_in_threads(lambda websocket: websocket.send("hello"), "127.0.0.1", 0) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        use(server.socket)
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join()


async def run_asyncio():
    async with serve(lambda websocket: websocket.send("hello"), "127.0.0.1", 0) as server:
        await asyncio.to_thread(use, server.sockets[0])


def show(name):
    print(f"{version('websockets')} {name}:", ", ".join(sorted(records)))
    records.clear()


logger = logging.getLogger("websockets.server")
logger.addHandler(Records())
logger.setLevel(logging.INFO)
logger.propagate = False
run_threads()
show("threads")
asyncio.run(run_asyncio())
show("asyncio")
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "websockets==$1"
    timeout 60 "$folder/$1/bin/python" "$folder/log.py"
}
found="$(run 16.1.1)
$(run 17.4)"
echo "$found"
all="connection closed, connection open, server closed, server closing, server listening"
expected="16.1.1 threads: connection open
16.1.1 asyncio: connection open, server closed, server closing, server listening
17.4 threads: $all
17.4 asyncio: $all"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
