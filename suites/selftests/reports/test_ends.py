"""Commands and pytest end on SIGTERM and SIGHUP as on Ctrl-C: what they began and made is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.run.termination import terminable

from ..conftest import ROOT
from ..killing import heed_signals
from ..miniatures.miniature_index import DRIVERS, Index, source

pytestmark = pytest.mark.usefixtures("unmeasured")

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
AT_WORK = "at-work"
"""The file that a library writes once it is at work."""
PATIENCE = 100.0
"""Seconds that no test takes, however slow the machine is."""


@pytest.fixture
def handlers() -> Iterator[None]:
    """None is ignored; after the test every signal is handled as before."""
    before = {one: signal.getsignal(one) for one in SIGNALS}
    heed_signals()
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_interrupts_once(number: signal.Signals, handlers: None) -> None:
    """What comes later finds the end under way; afterwards all is as it was."""
    before, names = signal.getsignal(number), list[str]()

    def receive_two() -> None:
        with terminable(names.append):
            try:
                signal.raise_signal(number)
            finally:
                signal.raise_signal(number)

    with pytest.raises(KeyboardInterrupt):
        receive_two()

    assert names == [number.name]
    assert signal.getsignal(number) == before


def test_a_signal_that_is_ignored_stays_so(handlers: None) -> None:
    """As `nohup` has it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with terminable():
        signal.raise_signal(signal.SIGHUP)

    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN


@pytest.fixture
def environment(miniature_index: Index, tmp_path: Path) -> dict[str, str]:
    """What a command needs that runs the miniature; its temporary folders are in one place."""
    (tmp_path / "temporary").mkdir()
    return dict(os.environ) | {
        "TMPDIR": str(tmp_path / "temporary"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "WSLIFECYCLE_DRIVERS": DRIVERS,
    }


def end_when_at_work(
    command: list[str], environment: dict[str, str], folder: Path, number: int
) -> tuple[int, str]:
    """Send a signal to a command once its library is at work; its status, and what it said."""
    said, there = folder / "said", folder / AT_WORK
    with said.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=heed_signals,
        )
    try:
        end = time.monotonic() + PATIENCE
        while not there.exists() and time.monotonic() < end:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                break
        assert there.exists(), said.read_text()
        process.send_signal(number)
        return process.wait(PATIENCE), said.read_text()
    finally:
        process.kill()
        process.wait()


def list_marked(mark: str) -> list[str]:
    """The command lines of processes that have a word in them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        found += [" ".join(words)] if any(mark in word for word in words) else []
    return found


def write_busy(folder: Path) -> Path:
    """A checkout of the miniature that begins a process, and whose import then never ends."""
    folder.mkdir()
    begins = (
        "import pathlib, subprocess\n"
        f"COMMAND = ['sh', '-c', 'sleep 600; exit', {str(folder)!r}]\n"
        "subprocess.Popen(COMMAND, start_new_session=True)\n"
        f"pathlib.Path({str(folder.parent / AT_WORK)!r}).touch()\n"
        "import threading; threading.Event().wait()\n"
    )
    text = source("1.3").replace("import base64", f"{begins}import base64")
    (folder / "miniature_websocket.py").write_text(text)
    return folder


@pytest.mark.integration
@pytest.mark.parametrize(
    ("command", "number"), [*zip(["compare", "gate", "sweep"], SIGNALS, strict=True)]
)
def test_a_command_leaves_nothing(
    command: str, number: signal.Signals, environment: dict[str, str], tmp_path: Path
) -> None:
    """No child, no grandchild, no folder; the status is that of Ctrl-C."""
    checkout = str(write_busy(tmp_path / "checkout"))
    targets = {
        "compare": [checkout, checkout],
        "gate": ["--from", checkout, "--to", checkout],
        "sweep": ["--releases", checkout],
    }[command]
    line = [sys.executable, "-m", "reports", command, "miniature-websocket", *targets]
    status, said = end_when_at_work([*line, "-k", "peer_ends"], environment, tmp_path, number)

    assert status == 130, said
    assert "Traceback" not in said
    assert list_marked(str(tmp_path)) == []
    assert list((tmp_path / "temporary").iterdir()) == []


PLUGIN = """
import pathlib, subprocess, threading
import fixtures.run.cell as cells
from fixtures.run.guard import GuardedRun

class Busy(GuardedRun):
    def run(self):
        command = ["sh", "-c", "sleep 600; exit", {mark!r}]
        subprocess.Popen(command, start_new_session=True)
        pathlib.Path({there!r}).touch()
        threading.Event().wait()

cells.run_once.__kwdefaults__["kind"] = Busy
"""


@pytest.mark.integration
@pytest.mark.parametrize(("workers", "number"), [*zip("010", SIGNALS, strict=True)])
def test_pytest_leaves_nothing(number: signal.Signals, workers: str, tmp_path: Path) -> None:
    """What a library has begun in the run that was interrupted is ended as well."""
    text = PLUGIN.format(mark=str(tmp_path), there=str(tmp_path / AT_WORK))
    (tmp_path / "busy.py").write_text(text)
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    (tmp_path / "temporary").mkdir()
    environment = dict(os.environ) | {"PYTHONPATH": paths, "TMPDIR": str(tmp_path / "temporary")}
    line = [sys.executable, "-m", "pytest", "-q", "-p", "busy", "-p", "no:cacheprovider"]
    line += ["-n", workers, "-k", "websocket_client_app and peer_closes_first"]
    status, said = end_when_at_work(line, environment, tmp_path, number)

    assert status == pytest.ExitCode.INTERRUPTED, said
    assert list_marked(str(tmp_path)) == []
