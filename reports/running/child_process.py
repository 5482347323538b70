"""One child process that runs cells: started, read, bounded, and explained when it dies.

`fixtures.run.worker` is what runs at the other end. What it is asked for, and what it answers, are
messages in JSON; a child that dies leaves the name of the cell it was in.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from .child_messages import ChildMessage, MessageReader
from .stray_processes import end_strays

CHECKOUT = Path(__file__).parents[2]
CHILD = "import sys; sys.path[:0] = sys.argv[1:]; from fixtures.run.worker import main; main()"
PROBE = (
    "import sys; sys.path[:0] = sys.argv[1:]; "
    "from fixtures.run.worker import bring_up_loopback as up; "
)
PATIENCE = 30.0
"""Seconds more than its own limit that a silent child gets before it is killed from outside."""


class Live:
    """The children that run now, so that all of them can be ended at once."""

    def __init__(self) -> None:
        """None runs yet."""
        self._lock, self._running, self._over = threading.Lock(), set[int](), False

    def add(self, child: subprocess.Popen[bytes]) -> None:
        """Count a child in; once all are to end, it is ended at once."""
        with self._lock:
            self._running.add(child.pid)
            if self._over:
                kill(child.pid)

    def remove(self, child: subprocess.Popen[bytes]) -> None:
        """Count a child out, before it is waited for: its number may be another's afterwards."""
        with self._lock:
            self._running.discard(child.pid)

    def end(self) -> None:
        """End every child, now and from now on."""
        with self._lock:
            self._over = True
            for pid in self._running:
                kill(pid)

    @property
    def over(self) -> bool:
        """Whether children are ended as soon as they start."""
        return self._over


class Child:
    """A clean interpreter with these folders on its path, in a home of its own."""

    def __init__(self, order: dict[str, Any], path: list[str], home: Path, live: Live) -> None:
        """Start the child; it begins with the first cell of its order."""
        self._live, self._home, self._silent = live, home, False
        self._stderr = home / "stderr"
        self._limit = order["seconds"]
        command = [*namespace(), sys.executable, "-I", "-S", "-c", CHILD, *path]
        self._stderr.unlink(missing_ok=True)
        with self._stderr.open("ab") as written:  # the child makes it empty now and then
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                env={"HOME": str(home), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                cwd=home,
                start_new_session=True,  # Ctrl-C is for the parent, which ends its children
            )
        live.add(self._process)
        assert self._process.stdin
        assert self._process.stdout
        self._out = self._process.stdout.fileno()
        with contextlib.suppress(BrokenPipeError):  # it has ended already, and said why
            self._process.stdin.write(msgspec.json.encode(order))
            self._process.stdin.close()

    def messages(self) -> Iterator[ChildMessage]:
        """What it says, until it ends; one that has outlived its own limit is killed."""
        reader = MessageReader()
        while received := self._read():
            for message in reader.feed(received):
                self._limit = message.seconds or self._limit
                yield message
        self._silent = True

    def _read(self) -> bytes:
        """What comes next; nothing once it has ended, or has closed its end of the pipe.

        What it has left behind may keep that end, and is no reason to wait.
        """
        while True:
            with _open_process(self._process.pid) as process:
                poller = select.poll()  # select() knows 1,024 descriptors
                for one in (self._out, *process):
                    poller.register(one, select.POLLIN)
                ready = dict(poller.poll((self._limit + PATIENCE) * 1000))
            if ready:
                return os.read(self._out, 1 << 20) if self._out in ready else b""
            kill(self._process.pid)

    def end(self) -> str:
        """Wait until it has ended; how it ended, empty if it came to its end.

        One that nobody has listened to up to its last word is killed. Whatever it has begun is
        ended with it.
        """
        self._live.remove(self._process)
        if not self._silent:
            kill(self._process.pid)
        assert self._process.stdout
        self._process.stdout.close()
        os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        kill(self._process.pid)  # its group, whose number is nobody else's until `wait`
        end_strays(self._home)
        status = self._process.wait()
        written = self._stderr.read_text(errors="replace")
        if status == 0:
            return ""
        frame = _innermost(written)
        if written.startswith("Timeout") or "\nTimeout (" in written:
            return f"it did not end in {self._limit:g} s{frame}"
        if status < 0:
            return f"the child process was ended by {signal.Signals(-status).name}{frame}"
        last = written.strip().splitlines()[-1:]
        return f"the child process ended with status {status}: {last[0] if last else 'no word'}"


@contextlib.contextmanager
def _open_process(pid: int) -> Iterator[list[int]]:
    """A descriptor that can be read once a process has ended, where the system has such."""
    if not hasattr(os, "pidfd_open"):  # pragma: no cover -- Linux has
        yield []
        return
    descriptor = os.pidfd_open(pid)
    try:
        yield [descriptor]
    finally:
        os.close(descriptor)


@cache
def namespace() -> tuple[str, ...]:
    """The command that takes the network away from a child, where the machine has one."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "--user", "--map-root-user", "--net")
    probe = [*command, sys.executable, "-I", "-S", "-c", PROBE + "up()", str(CHECKOUT)]
    done = subprocess.run(probe, capture_output=True, check=False)
    return command if done.returncode == 0 else ()


def _innermost(written: str) -> str:
    """The function it was in, out of what faulthandler wrote."""
    found = re.search(r'most recent call first\):\n\s+File "([^"]+)", line \d+ in (\S+)', written)
    return f", in {Path(found[1]).stem}:{found[2]}" if found else ""


def kill(pid: int) -> None:
    """End a child, and all that is in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
