#!/usr/bin/env bash
# websockets 13.1 to 17.4: the first delay of the legacy loop that reconnects is one second, always.
#
# Behaviour. `async for websocket in websockets.legacy.client.connect(uri)`, which up to 13.1 is
# websockets.connect, waits between attempts to connect. The first delay is random, so that clients
# which lost the same server do not all come back at once. Since 13.1 that is so only after a
# connection that was open. A client that begins while the server is down waits exactly one second
# before its second attempt, and the random delay comes after that: the delay before the first one
# is now computed as MIN / FACTOR, int(1.92 s), and the loop takes only MIN for the beginning.
#
# A good engineer would guess: the first delay is random, of up to five seconds, in each release.
#
# The documents that say so: RFC 6455, 7.2.3; the page on environment variables, on
# WEBSOCKETS_BACKOFF_INITIAL_DELAY. The reference of the legacy connect() says that the delay starts
# at three seconds.
#
# Seen, with a seed for which the random delay is 3.0 s:
#   13.0.1: 3.0, 3, 5
#   13.1: 1, 3.0, 5
#   17.4: 1, 3.0, 5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/delays.py" <<'SCRIPT'
import asyncio, logging, random, re, socket, warnings
from importlib.metadata import version

warnings.simplefilter("ignore")
from websockets.legacy.client import connect

delays, real_sleep = [], asyncio.sleep


class Delays(logging.Handler):
    def emit(self, record):
        delays.append(re.search(r"in ([\d.]+) seconds", record.getMessage())[1])


async def sleep(seconds):
    await real_sleep(0)


async def main():
    random.seed(5154)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens: each attempt to connect is refused
        connections = connect(f"ws://127.0.0.1:{closed.getsockname()[1]}/")
        looping = asyncio.create_task(anext(aiter(connections)))
        while len(delays) < 3:
            await real_sleep(0)
        looping.cancel()


logger = logging.getLogger("websockets.client")
logger.addHandler(Delays())
logger.setLevel(logging.INFO)
logger.propagate = False
asyncio.sleep = sleep  # the delays are read from the log, and not waited for
asyncio.run(main())
print(f"{version('websockets')}:", ", ".join(delays[:3]))
SCRIPT
run() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "websockets==$1"
    timeout 60 "$folder/$1/bin/python" "$folder/delays.py"
}
found="$(run 13.0.1)
$(run 13.1)
$(run 17.4)"
echo "$found"
expected="13.0.1: 3.0, 3, 5
13.1: 1, 3.0, 5
17.4: 1, 3.0, 5"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
