#!/usr/bin/env bash
# CPython 3.11 with coverage 7.17.5: threads that begin at the same time, and an audit hook.
#
# Behaviour. Where a hook of sys.addaudithook() lets another thread run (it sleeps, or writes a log),
# threads that begin under coverage may die at once: "Cannot install a trace function while another
# trace function is being installed". start() has returned by then, join() returns as well, nothing
# is raised in the thread that waits, and the program ends with status 0. CPython tells the hook of
# each sys.settrace() while it is under way, and remembers for the whole process, not for the thread,
# that it is. The same was seen on 3.10.13, and not on 3.12.1, 3.13.0 and 3.14.8.
#
# A good engineer would guess: each thread has a trace function of its own, so what one thread sets
# cannot fail because of another, and a hook that only looks on changes nothing.
#
# The document that says otherwise: none. That of sys.settrace() says that the function is
# thread-specific, that of sys.addaudithook() that a hook which raises stops the operation.
#
# Seen:
#   without a hook: exit 0, all ran
#   with a hook: exit 0, some never ran
#   with a hook, without coverage: exit 0, all ran
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/tools"
"$folder/tools/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9
uv="$folder/tools/bin/uv"
"$uv" venv --quiet --python 3.11 "$folder/venv"
"$uv" pip install --quiet --python "$folder/venv/bin/python" coverage==7.17.5
cat >"$folder/program.py" <<'PYTHON'
import sys
import threading
import time


def hook(event, args):
    if event == "sys.settrace":
        time.sleep(0.001)


if "hook" in sys.argv:
    sys.addaudithook(hook)
ran = []
threads = [threading.Thread(target=ran.append, args=(1,)) for _ in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all ran" if len(ran) == 100 else "some never ran")
PYTHON
cd "$folder"

run() { # label, then a command
  local label=$1 status=0
  shift
  "$@" >"$folder/out" 2>"$folder/err" || status=$?
  echo "$label: exit $status, $(cat "$folder/out")"
}

python="$folder/venv/bin/python"
found=$(
  run "without a hook" "$python" -m coverage run program.py
  run "with a hook" "$python" -m coverage run program.py hook
  run "with a hook, without coverage" "$python" program.py hook
)
echo "$found"
expected="without a hook: exit 0, all ran
with a hook: exit 0, some never ran
with a hook, without coverage: exit 0, all ran"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
