"""What a library does to its child is contained: the pipe, the disk, processes that stay behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import suites.scenarios  # noqa: F401 -- declares the scenarios
from reports.results.targets import PATH
from reports.running import memory_shares
from reports.running.job import Job, Outcome, run_job

from ..miniatures.miniature_index import DRIVERS, NAME, Index, source

pytestmark = pytest.mark.integration

SURFACE = "miniature_websocket_client"
CLOSED, SENDS, ENDS = (
    (SURFACE, scenario)
    for scenario in ("peer_closes_first", "application_sends_after_the_close", "peer_ends")
)
SEND = "        self.write(TEXT, text.encode())"
PIPES = (
    "import os, stat\n"
    "def pipes():\n"
    "    for fd in map(int, os.listdir('/proc/self/fd')):\n"
    "        try:\n"
    "            if stat.S_ISFIFO(os.fstat(fd).st_mode) and fd > 2:\n"
    "                yield fd\n"
    "        except OSError:\n"
    "            pass\n"
)
"""A library that finds the pipe to its parent, whichever descriptor that has."""
Try = Callable[..., Outcome]


@pytest.fixture
def attempt(miniature_index: Index, tmp_path: Path) -> Try:
    """Runs three cells of a checkout; whatever it sends, it does something before it."""

    def run(send: str, first: str = "") -> Outcome:
        given = source("1.3").replace(SEND, f"        {send}\n{SEND}")
        given = given.replace("import base64", f"{first}\nimport base64")
        (tmp_path / "miniature_websocket.py").write_text(given)
        cells = CLOSED, SENDS, ENDS
        return run_job(Job(NAME, PATH, None, cells, str(tmp_path), drivers=(DRIVERS,)))

    return run


def judged(outcome: Outcome) -> list[tuple[str, str]]:
    """The cells that have a result for good."""
    return [cell for cell, result in outcome.results.items() if result.judged]


@pytest.mark.parametrize(
    "send",
    [
        "os.write(1, b'stray')",
        "[os.write(fd, b'stray') for fd in pipes()]",
        r"[os.write(fd, b'\nstray\n{}\n') for fd in pipes()]",
        r"[os.write(fd, b'\x00' * 3_000_000) for fd in pipes()]",
    ],
)
def test_a_stray_write_loses_nothing(attempt: Try, send: str) -> None:
    """Between two messages it damages none, and standard output is no pipe."""
    outcome = attempt(send, first=PIPES)
    told = {result.reason for result in outcome.results.values()}

    assert (set(outcome.results), told) == ({CLOSED, SENDS, ENDS}, {""})


DAMAGES = (
    f"{PIPES}"
    "import json, zlib\n"
    "crc = zlib.crc32\n"
    "def damaged(text):\n"
    "    zlib.crc32 = crc\n"
    "    return crc(text) ^ 1\n"
)
"""A library that has the checksum of the next message be another."""


def test_a_damaged_message_loses_its_cell_alone(attempt: Try) -> None:
    """Those before and after it have their results, from the same child."""
    outcome = attempt("zlib.crc32 = damaged", first=DAMAGES)
    lost = outcome.results[SENDS]

    assert (lost.failed, lost.judged, lost.traces) == (True, False, ())
    assert lost.reason == (
        "what the child process said of it was damaged: something else wrote into its pipe"
    )
    assert judged(outcome) == [CLOSED, ENDS]


@pytest.mark.parametrize("send", ["[os.close(fd) for fd in pipes()]", "os.closerange(3, 512)"])
def test_what_is_closed_loses_its_cell_alone(attempt: Try, send: str) -> None:
    """The pipe, for which another child goes on; or all of the first hundreds of descriptors."""
    outcome = attempt(send, first=PIPES)

    assert outcome.results[SENDS].failed
    assert judged(outcome) == [CLOSED, ENDS]


def test_too_long_a_trace_is_told_as_ours(attempt: Try) -> None:
    """It is not kept, and not the library's change; what comes after it is run."""
    first = "import fixtures.run.worker as worker\n"
    outcome = attempt("worker.ANSWER_LIMIT = 100", first=first)

    assert outcome.results[SENDS].failed
    assert outcome.results[SENDS].reason.endswith("bytes; this suite keeps 100 at most")


def test_too_much_output_is_told_as_ours(attempt: Try) -> None:
    """Whether or not the library notices that there is no room for it; the next cell has room."""
    fills = "os.system('head -c 70000000 /dev/zero >&2')"
    outcome = attempt(fills, first="import os")

    assert outcome.results[SENDS].failed
    assert outcome.results[SENDS].reason == (
        "it prints more than the 67,108,864 bytes that this suite allows a cell"
    )
    assert judged(outcome) == [CLOSED, ENDS]


def list_marked(mark: str) -> list[int]:
    """The processes that have a word in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


BEGINS = {
    "a process": "subprocess.Popen([*COMMAND])",
    "in a session of its own": "subprocess.Popen([*COMMAND], start_new_session=True)",
    "an orphan": "subprocess.run(['sh', '-c', '\"$@\" &', 'sh', *COMMAND])",
}


@pytest.mark.parametrize("begin", BEGINS.values(), ids=BEGINS)
def test_a_process_that_is_left_is_a_leak(attempt: Try, begin: str, tmp_path: Path) -> None:
    """The trace says so, and nothing outlives the child."""
    mark = f"mark-{os.getpid()}-{tmp_path.name}"
    command = f"import subprocess; COMMAND = ['sh', '-c', 'sleep 600; exit', {mark!r}]"
    outcome = attempt(begin, first=command)
    (trace,) = outcome.results[SENDS].traces

    assert b'"leftover processes": 1' in trace
    assert list_marked(mark) == []


@pytest.mark.parametrize("end", ["", "; os.abort()", "; os.kill(os.getpid(), 9)"])
def test_no_process_outlives_its_child(attempt: Try, tmp_path: Path, end: str) -> None:
    """However that ends, and wherever the process has gone: nobody waits for its pipe either."""
    mark = f"mark-{os.getpid()}-{tmp_path.name}"
    first = (
        "import os, subprocess\n"
        f"COMMAND = ['sh', '-c', 'sleep 600; exit', {mark!r}]\n"
        "subprocess.Popen(COMMAND, start_new_session=True, close_fds=False)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    os.execvp('sh', COMMAND)\n"
    )
    outcome = attempt(f"pass{end}", first=first)

    assert outcome.results[SENDS].failed == bool(end)
    assert list_marked(mark) == []


def test_memory_is_shared_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All children together have three quarters of what the machine, or its container, has."""
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(memory_shares, "LIMITS", (limit,))
    limit.write_text("max\n")
    unlimited = memory_shares.share(1)
    limit.write_text(f"{8 << 30}\n")

    assert unlimited >= memory_shares.share(1)
    assert memory_shares.share(8) == 768 << 20
    assert memory_shares.share(1000) == memory_shares.LEAST
    assert memory_shares.count_children() == 12
