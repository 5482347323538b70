#!/usr/bin/env bash
# daphne 4.0.0 to 4.2.3: SIGTERM cancels all applications, but none if somebody has just connected.
#
# Behaviour. On SIGTERM daphne goes through its table of connections, cancels the application of each
# and waits until they have ended, so that what is in their `finally` runs. The HTTP request with which
# a WebSocket has opened is in that table as well, has no application, and is taken out at the next
# full second. If one is still there, the loop over the table ends with a KeyError, which goes to
# Twisted's log, and daphne has that go nowhere. Then nothing is waited for: the process ends, and no
# application gets a CancelledError or runs its `finally`, however long its client has been there. On a
# server to which clients connect more often than once a second, that is every restart.
#
# A good engineer would guess: an exit cancels every application, or none; whether some other client
# has come just now makes no difference.
#
# The documents: the docstring of Server.kill_all_applications says that it kills all application
# coroutines before the reactor exits.
#
# Seen, in an application whose client has been there for five seconds:
#   4.0.0: nobody has just connected: CancelledError, finally
#   4.0.0: somebody has just connected: nothing
#   4.2.3: nobody has just connected: CancelledError, finally
#   4.2.3: somebody has just connected: nothing
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/app.py" <<'SCRIPT'
async def app(scope, receive, send):
    try:
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
    except BaseException as error:
        print("SEEN", scope["path"], type(error).__name__, flush=True)
        raise
    finally:
        print("SEEN", scope["path"], "finally", flush=True)
SCRIPT
cat >"$folder/exit.py" <<'SCRIPT'
import importlib.metadata, signal, socket, subprocess, sys, time

REQUEST = (
    "GET /{} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def connect(port, name):
    for _ in range(3000):
        try:
            client = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    client.sendall(REQUEST.format(name).encode())
    assert b" 101 " in client.recv(1000)
    return client


def try_out(name, somebody):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "daphne", "-p", str(port), "app:app"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    server = subprocess.Popen(command, **pipes)
    clients = [connect(port, "old")]
    time.sleep(5)
    if somebody:
        clients.append(connect(port, "new"))
    server.send_signal(signal.SIGTERM)
    said = [line.split()[1:] for line in server.communicate(timeout=60)[0].splitlines() if line]
    seen = [words[1] for words in said if words[:1] == ["/old"]]
    release = importlib.metadata.version("daphne")
    print(f"{release}: {name} has just connected: {', '.join(seen) or 'nothing'}")


try_out("nobody", False)
try_out("somebody", True)
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "daphne==$1" \
        twisted==26.10.0 autobahn==26.10.2
    (cd "$folder" && timeout 600 "$folder/$1/bin/python" exit.py)
}
found="$(run 4.0.0)
$(run 4.2.3)"
echo "$found"
expected="4.0.0: nobody has just connected: CancelledError, finally
4.0.0: somebody has just connected: nothing
4.2.3: nobody has just connected: CancelledError, finally
4.2.3: somebody has just connected: nothing"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
