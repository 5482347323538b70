#!/usr/bin/env bash
# uvicorn 0.29.0 and later: after a graceful exit the process ends by the signal, not with status 0.
#
# Behaviour. On SIGTERM the server closes its connections and completes the lifespan. Until 0.28.1
# the command then ended with 0. Since 0.29.0 it raises the signal again, once all is over: whoever
# started it sees an end by signal 15 (143 in a shell), as if nothing had been handled. A supervisor
# that restarts what has failed takes every regular stop for a failure.
#
# A good engineer would guess: status 0, because the log ends with "Finished server process".
#
# The document: "Server Behavior, Graceful Process Shutdown" says that every task has run to
# completion, and nothing of a status; the release notes of 0.29.0 say "Cooperative signal handling".
#
# Seen:
#   0.28.1: complete, status 0
#   0.29.0: complete, status -15
#   0.54.0: complete, status -15
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/application.py" <<'SCRIPT'
async def app(scope, receive, send):
    while scope["type"] == "lifespan":
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
SCRIPT
cat >"$folder/ends.py" <<'SCRIPT'
import importlib.metadata, signal, socket, subprocess, sys

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
command = [sys.executable, "-m", "uvicorn", "--port", "0", "--no-access-log", "application:app"]
with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
    for line in server.stderr:
        if "Uvicorn running on" in line:
            port = int(line.partition("127.0.0.1:")[2].split()[0])
            with socket.create_connection(("127.0.0.1", port)) as client:  # it serves by then
                client.sendall(REQUEST)
                while client.recv(4096):
                    pass
            server.send_signal(signal.SIGTERM)
        if "Finished server process" in line:
            print(f"{importlib.metadata.version('uvicorn')}: complete", end=", ")
print(f"status {server.returncode}")
SCRIPT
for release in 0.28.1 0.29.0 0.54.0; do
  python3 -m venv "$folder/$release"
  "$folder/$release/bin/python" -m pip install --quiet --disable-pip-version-check \
    "uvicorn==$release" click==8.1.8 h11==0.16.0
  (cd "$folder" && timeout 60 "$folder/$release/bin/python" ends.py)
done >"$folder/found"
cat "$folder/found"
[ "$(cat "$folder/found")" = "0.28.1: complete, status 0
0.29.0: complete, status -15
0.54.0: complete, status -15" ] || { echo "this has changed"; exit 1; }
