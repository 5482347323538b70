#!/usr/bin/env bash
# picows 2.3.1: ws_connect() returns a transport, and None for the listener, if the server ends TCP
# before it has answered.
#
# Behaviour. The server reads the opening request and closes the socket. Nothing is raised: the
# listener's factory is never called, the second value is None, and wait_disconnected() of the
# transport returns as after a good close. With plain asyncio and with aiofastnet alike.
#
# A good engineer would guess: WSHandshakeError, or a ConnectionError of the system.
#
# The documents that say otherwise: the guide's topic on exceptions, by which a failed negotiation
# raises WSHandshakeError; the docstring of ws_connect(), by which it returns the listener.
#
# Seen:
#   aiofastnet False: WSTransport None, then wait_disconnected() None
#   aiofastnet True: WSTransport None, then wait_disconnected() None
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/ends_first.py" <<'SCRIPT'
import asyncio
import picows


async def end_first(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def main():
    async with await asyncio.start_server(end_first, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        for fast in (False, True):
            try:
                transport, listener = await picows.ws_connect(
                    picows.WSListener, url, use_aiofastnet=fast
                )
                ended = await transport.wait_disconnected()
                found = f"{type(transport).__name__} {listener}, then wait_disconnected() {ended}"
            except Exception as error:
                found = f"{type(error).__name__}: {error}"
            print(f"aiofastnet {fast}: {found}")


asyncio.run(main())
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  picows==2.3.1 aiofastnet==1.2.0
found=$(timeout 60 "$folder/env/bin/python" "$folder/ends_first.py")
echo "$found"
expected="aiofastnet False: WSTransport None, then wait_disconnected() None
aiofastnet True: WSTransport None, then wait_disconnected() None"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
