#!/usr/bin/env bash
# tornado 6.6.1 (6.5.2 as well): gen.with_timeout() that was given up keeps its timer to the end.
#
# Behaviour. `await gen.with_timeout(timedelta(hours=1), future)` is cancelled after a moment,
# because the task that waits is. The timer stays in the event loop for the rest of the hour, and
# keeps the future alive, with what hangs on it: it is removed once the wrapped future is done, and
# at no other time, and a wait that is cancelled does not cancel that one. A server whose clients
# leave while it waits collects timers. asyncio.wait_for() leaves none; tornado's own
# Queue.get(timeout=...) and Event.wait(timeout=...) leave none either, since they see to it
# themselves.
#
# A good engineer would guess: the timer goes with the wait, as that of asyncio.wait_for() does.
#
# The document that says something: the reference of tornado.gen.with_timeout. asyncio.wait_for is
# said to be similar, but to cancel the wrapped future on timeout. Of a wait that is given up, and
# of its timer, nothing is said.
#
# Seen, timers left by 1000 waits of an hour that were given up:
#   asyncio.wait_for: 0
#   Queue.get: 0
#   Event.wait: 0
#   gen.with_timeout: 1000, the first in 3600 s
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/give_up.py" <<'SCRIPT'
import asyncio, datetime, gc
from tornado import gen, locks, queues

HOUR = datetime.timedelta(hours=1)


async def wait_for():
    await asyncio.wait_for(asyncio.Future(), HOUR.total_seconds())


async def queue_get():
    await queues.Queue().get(timeout=HOUR)


async def event_wait():
    await locks.Event().wait(timeout=HOUR)


async def with_timeout():
    await gen.with_timeout(HOUR, asyncio.Future())


async def timers_after(wait):
    loop = asyncio.get_running_loop()
    waits = [asyncio.create_task(wait()) for _ in range(1000)]
    await asyncio.sleep(0.1)
    for one in waits:
        one.cancel()
    ended = await asyncio.gather(*waits, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in ended)
    del waits, ended
    gc.collect()
    await asyncio.sleep(0.1)
    left = [timer for timer in loop._scheduled if not timer.cancelled()]
    if not left:
        return "0"
    return f"{len(left)}, the first in {round((min(left).when() - loop.time()) / 10) * 10} s"


ways = {
    "asyncio.wait_for": wait_for,
    "Queue.get": queue_get,
    "Event.wait": event_wait,
    "gen.with_timeout": with_timeout,
}
for name, wait in ways.items():
    print(f"{name}: {asyncio.run(timers_after(wait))}")
SCRIPT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check tornado==6.6.1
found=$(timeout 60 "$folder/env/bin/python" "$folder/give_up.py")
echo "$found"
expected="asyncio.wait_for: 0
Queue.get: 0
Event.wait: 0
gen.with_timeout: 1000, the first in 3600 s"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
