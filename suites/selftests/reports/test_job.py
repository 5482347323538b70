"""One child for each release: what it does to itself is its own result, and no other's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.run.network_guard import HOOK, NAMESPACE
from fixtures.run.stalls import Stall
from reports.results.targets import INSTALLED, PATH, RELEASE
from reports.running import child_process as process
from reports.running import job as engine
from reports.running.child_process import Live, namespace
from reports.running.environments import install
from reports.running.job import Job, Limits, Outcome, Processes, run_job

from ..miniatures.miniature_index import DRIVERS, NAME, Index, source, wheel

SURFACE = "miniature_websocket_client"
CLOSED, SENDS, ENDS = (
    (SURFACE, scenario)
    for scenario in ("peer_closes_first", "application_sends_after_the_close", "peer_ends")
)
SEND = "        self.write(TEXT, text.encode())"
Try = Callable[..., Outcome]


@pytest.fixture
def attempt(miniature_index: Index, tmp_path: Path) -> Try:
    """Runs three cells of a checkout whose `send` is, or which begins with, other code.

    The children of `live` are ended as soon as there is a result.
    """

    def run(
        send: str = SEND,
        *,
        first: str = "",
        text: str = "",
        live: Live | None = None,
        real_time: bool = False,
        **limits: float,
    ) -> Outcome:
        given = (text or source("1.3")).replace(SEND, f"        {send.strip()}")
        given = given.replace("import base64", f"{first}\nimport base64")
        (tmp_path / "miniature_websocket.py").write_text(given)
        return run_job(
            Job(
                NAME,
                PATH,
                None,
                (CLOSED, SENDS, ENDS),
                str(tmp_path),
                drivers=(DRIVERS,),
                limits=Limits(**limits),  # type: ignore[arg-type] # the test says which
                real_time=real_time,
            ),
            lambda *_: live.end() if live else None,
            live,
        )

    return run


def job_of(index: Index, version: str, *cells: tuple[str, str]) -> Job:
    """A job for a release of the miniature."""
    return Job(index.library.name, RELEASE, version, cells or (CLOSED,), drivers=(DRIVERS,))


def list_events(outcome: Outcome, cell: tuple[str, str]) -> list[str]:
    """The application's events of a cell, by name."""
    (trace,) = outcome.results[cell].traces
    events = json.loads(trace)["events"]
    return [event["name"] for event in events if event["lane"] == "application"]


def test_a_release_runs_in_a_child(miniature_index: Index) -> None:
    """What is asked for is loaded, from its folder, and every trace says so."""
    outcome = run_job(job_of(miniature_index, "1.2"))
    loaded = json.loads(outcome.results[CLOSED].traces[0])["loaded"]

    assert (outcome.version, outcome.reason, loaded["version"]) == ("1.2", "", "1.2")
    assert Path(loaded["file"]).parent == Path(install(miniature_index.library, "1.2").folder)
    assert list_events(outcome, CLOSED) == ["on_open", "on_error", "on_close", "run"]


def test_a_child_has_the_library_and_nothing_else(
    attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No third-party module, no variable of the parent, a home of its own."""
    monkeypatch.setenv("CI_TOKEN", "secret")
    outcome = attempt(
        first="import importlib.util, os\n"
        "assert not [n for n in ('pytest', 'msgspec') if importlib.util.find_spec(n)]\n"
        "assert set(os.environ) == {'HOME', 'PATH', 'LC_ALL'}, os.environ\n"
        "assert os.environ['HOME'] == os.getcwd()\n"
    )

    assert outcome.reason == ""


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("raise LookupError('no way')", "importing it raises LookupError: no way"),
        ("raise SystemExit(0)", "importing it raises SystemExit: 0"),
        ("import six", "importing it raises ModuleNotFoundError: No module named 'six'"),
        ("import os; os._exit(0)", "while it was imported: the child process ended"),
        (
            "import os; os.write(2, b'so be it'); os._exit(7)",
            "while it was imported: the child process ended with status 7: so be it",
        ),
        (
            "import os; os.abort()",
            "while it was imported: the child process was ended by SIGABRT, in "
            "miniature_websocket:<module>",
        ),
        (
            "bytes(3 << 30)",
            "a limit of this process or machine was reached by its import: memory (MemoryError)",
        ),
    ],
)
def test_a_release_that_cannot_be_imported(attempt: Try, first: str, reason: str) -> None:
    """Whatever its import does, it is the reason why the release cannot be run."""
    outcome = attempt(first=first, memory=1 << 30)

    assert (outcome.reason, outcome.results, outcome.left) == (reason, {}, [])


HANGS = "__import__('ctypes').PyDLL(None).sleep(600)"
"""A library that holds the interpreter, so that nothing in Python can end it."""
LONG = 300.0
"""Seconds that nothing here takes, however slow the machine is."""
TIME_IS_OVER = "faulthandler.dump_traceback_later(0.1, exit=True, file=sys.stderr)"
"""What a library does where it hangs, so that nobody has to wait for the end of its time."""
WATCHED = (
    "import ctypes, faulthandler, sys\n"
    "from fixtures.run.process_end import BOUND\n"
    "GIVEN, SET = [], BOUND.set\n"
    "def note(seconds, file):\n"
    "    GIVEN.append(seconds)\n"
    "    SET(seconds, file)\n"
    "BOUND.set = note\n"
)
"""A library that notes how much time its cells are given."""


def test_an_import_has_its_time(attempt: Try) -> None:
    """On a machine that is so slow that it does not come to the library, too."""
    outcome = attempt(first=HANGS, seconds=1.0)

    assert outcome.reason.startswith("while it was imported: it did not end in 1 s, in ")
    assert (outcome.results, outcome.left) == ({}, [])


def test_an_import_that_hangs_says_where(attempt: Try) -> None:
    """In the frame of the library."""
    outcome = attempt(first=f"{WATCHED}{TIME_IS_OVER}\n{HANGS}", seconds=LONG)

    assert outcome.reason == (
        "while it was imported: it did not end in 300 s, in miniature_websocket:<module>"
    )


def test_a_crash_is_the_result_of_its_cell(attempt: Try) -> None:
    """The cells before and after it have theirs."""
    outcome = attempt("__import__('os').abort()")
    crashed = outcome.results[SENDS]

    assert (crashed.traces, crashed.failed, crashed.judged) == ((), True, False)
    assert crashed.reason == ("the child process was ended by SIGABRT, in miniature_websocket:send")
    assert outcome.results[CLOSED].judged
    assert outcome.results[ENDS].judged


def test_a_hang_is_the_result_of_its_cell(attempt: Try) -> None:
    """A cell that holds the interpreter is ended by the child's own watch."""
    hangs = f"GIVEN[-1] == {LONG} and {TIME_IS_OVER}; {HANGS}"
    outcome = attempt(hangs, first=WATCHED, seconds=LONG)

    assert outcome.results[SENDS].reason == "it did not end in 300 s, in miniature_websocket:send"
    assert outcome.results[ENDS].judged


def test_an_end_is_the_result_of_its_cell(attempt: Try) -> None:
    """A library that ends the process has not shown what it does."""
    outcome = attempt("__import__('os')._exit(0)")
    (trace,) = outcome.results[SENDS].traces

    assert json.loads(trace)["problems"] == ["the library ended the process: os._exit(0)"]
    assert not outcome.results[SENDS].judged


def test_an_end_that_nothing_can_trap_is_the_result_of_its_cell(attempt: Try) -> None:
    """Code in C ends the process as it likes."""
    outcome = attempt("__import__('ctypes').CDLL(None)._exit(0)")

    assert outcome.results[SENDS].reason == "it ended the child process"


def test_a_stall_is_nobodys_result(attempt: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child whose time was over because the machine stood still is followed by another."""
    touched = iter([True, False, False])
    monkeypatch.setattr(Stall, "touched", property(lambda stall: next(touched)))
    ends_once = (
        "import os, pathlib\n"
        "mark = pathlib.Path('ended-once')\n"
        "if not mark.exists():\n"
        "    mark.touch()\n"
        "    os.abort()\n"
    )
    outcome = attempt(first=ends_once)

    assert outcome.reason == ""
    assert outcome.results[CLOSED].judged


def test_a_fault_of_ours_is_the_result_of_its_cell(miniature_index: Index) -> None:
    """What a driver raises outside a run is reported, and is no behaviour."""
    outcome = run_job(job_of(miniature_index, "1.0", (SURFACE, "tls_ends_without_alert"), CLOSED))
    failed = outcome.results[SURFACE, "tls_ends_without_alert"]

    assert failed.failed
    assert "FileNotFoundError" in failed.reason
    assert outcome.results[CLOSED].judged


def test_memory_is_bounded(attempt: Try) -> None:
    """An application that is notified of it has had its own share; that is no change of its own."""
    outcome = attempt("bytes(3 << 30)", memory=1 << 30)
    (trace,) = outcome.results[SENDS].traces

    assert '"MemoryError"' in trace.decode()
    assert json.loads(trace)["problems"] == [
        "a limit of this process or machine was reached: memory (MemoryError)"
    ]
    assert not outcome.results[SENDS].judged


def test_a_child_stays_on_this_machine(attempt: Try) -> None:
    """Nothing else can be connected to, or looked up."""
    outcome = attempt("socket.create_connection(('192.0.2.1', 80))")
    (trace,) = outcome.results[SENDS].traces

    assert '"PermissionError"' in trace.decode()
    assert json.loads(trace)["problems"] == [
        "the library tried to look up 192.0.2.1, which the guard refused: loopback only"
    ]
    assert json.loads(trace)["guard"] == (NAMESPACE if namespace() else HOOK)


def test_cells_that_end_their_child_are_given_up(attempt: Try) -> None:
    """After some of them the rest of the job is not run, and says so."""
    outcome = attempt(
        text=source("1.3").replace(
            "        self.url, self.cafile", "        os.abort()\n        self.url, self.cafile"
        )
    )
    job = replace(
        outcome.job,
        cells=(
            CLOSED,
            SENDS,
            ENDS,
            *((SURFACE, f"peer_ends_with_illegal_code_{code}") for code in (0, 999, 1004)),
        ),
    )
    reasons = [result.reason for result in run_job(job).results.values()]

    assert (
        reasons[:4]
        == ["the child process was ended by SIGABRT, in miniature_websocket:__init__"] * 4
    )
    assert set(reasons[4:]) == {"4 cells before this one have ended the child process"}


def test_what_a_library_leaves_does_not_keep_its_child(attempt: Try) -> None:
    """A thread that never ends, and whatever it prints, are no part of the answer."""
    first = "import threading; threading.Thread(target=threading.Event().wait).start(); print('{}')"
    outcome = attempt(first=first)

    assert [result.judged for result in outcome.results.values()] == [True, True, True]


def test_another_library_than_the_one_asked_for(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an error, never a result."""
    wheel(tmp_path, "2.0", source("1.3"))
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))
    reason = run_job(job_of(miniature_index, "2.0")).reason

    assert "metadata in" in reason
    assert "says 2.0, but the imported module" in reason


def test_a_child_that_is_silent_is_killed(attempt: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that cannot even end itself is ended from outside, long before its own time is over."""
    monkeypatch.setattr(process, "PATIENCE", 1.0 - LONG)
    outcome = attempt(first="import os; os.kill(os.getpid(), 19)", seconds=LONG)

    assert outcome.reason.endswith("the child process was ended by SIGKILL")


def test_what_there_is_no_time_for_is_left(attempt: Try) -> None:
    """A child that has run for long enough begins no further cell."""
    outcome = attempt(job=0.0)

    assert (list(outcome.results), outcome.left) == ([CLOSED], [SENDS, ENDS])


def test_a_job_that_is_stopped_is_left(miniature_index: Index) -> None:
    """Once children are ended, nothing more is started, and nothing is a result."""
    live = Live()
    live.end()
    outcome = run_job(job_of(miniature_index, "1.0"), None, live)

    assert outcome.results == {}


def test_a_child_that_runs_is_stopped(attempt: Try) -> None:
    """What it has shown by then is a result; what it was at is none, and nothing comes after."""
    outcome = attempt("import time; time.sleep(60)", live=Live(), real_time=True)

    assert [cell for cell, result in outcome.results.items() if result.judged] == [CLOSED]
    assert ENDS not in outcome.results


def test_a_child_begins_nothing_after_a_cell_that_never_ends(attempt: Try) -> None:
    """What the cell has left behind is still at work; the hang is a result, the rest is left."""
    outcome = attempt("import threading; threading.Event().wait()")

    (trace,) = outcome.results[SENDS].traces
    assert (json.loads(trace)["waited"], outcome.results[SENDS].judged) == ("hang", True)
    assert (outcome.reason, outcome.left) == ("", [ENDS])


@pytest.mark.parametrize("real_time", [True, False])
def test_a_child_runs_cells_on_the_clock_it_is_asked_for(attempt: Try, real_time: bool) -> None:
    """In virtual time the library's own `time.sleep` is another."""
    outcome = attempt("import time; raise OSError(repr(time.sleep))", real_time=real_time)
    (trace,) = outcome.results[SENDS].traces

    assert ("<built-in function sleep>" in trace.decode()) == real_time


def test_a_child_does_not_outlive_its_job(miniature_index: Index) -> None:
    """Where its results cannot be taken, it is ended; what it has shown is not lost."""
    pids: list[int] = []

    class Watched(Live):
        def add(self, child: subprocess.Popen[bytes]) -> None:
            pids.append(child.pid)

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    outcome = run_job(job_of(miniature_index, "1.0", CLOSED, SENDS, ENDS), full, Watched())

    assert outcome.reason == "this machine cannot run it: the disk is full"
    assert list(outcome.results) == [CLOSED]
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_release_that_there_is_not(miniature_index: Index) -> None:
    """The reason is the index's."""
    assert "has no release 9.9" in run_job(job_of(miniature_index, "9.9")).reason


def test_drivers_that_there_are_not(miniature_index: Index) -> None:
    """The reason names them."""
    job = replace(job_of(miniature_index, "1.0"), drivers=("nowhere_at_all",))

    assert "the drivers nowhere_at_all cannot be imported" in run_job(job).reason


def test_a_checkout_runs_as_it_stands(miniature_index: Index, tmp_path: Path) -> None:
    """Its version is what its code says; there is no other metadata."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.1").replace('"1.1"', '"1.2.dev3"'))
    job = replace(job_of(miniature_index, "1.0"), kind=PATH, version=None, place=str(tmp_path))
    outcome = run_job(job)

    assert (outcome.version, outcome.reason) == ("1.2.dev3", "")


def test_what_is_installed_runs_without_its_neighbours(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is copied out of its site-packages."""
    monkeypatch.syspath_prepend(install(miniature_index.library, "1.3").folder)
    job = replace(job_of(miniature_index, "1.3"), kind=INSTALLED)

    assert list_events(run_job(job), CLOSED)[-1] == "run"


def test_the_network_namespace_is_used_where_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has none, or that forbids it, has the audit hook."""
    namespace = process.namespace.__wrapped__
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert namespace() == ()

    monkeypatch.setattr("shutil.which", lambda name: sys.executable)
    assert namespace() == ()


def test_engines_say_how_much_they_run_at_once() -> None:
    """The default is more children than cores; of another executor it is not known."""
    with engine.processes() as ours, Processes(3) as three, ThreadPoolExecutor(2) as other:
        assert engine.places(three) == 3
        assert engine.places(ours) >= engine.places(other) >= 1
        engine.end_engine(other)
