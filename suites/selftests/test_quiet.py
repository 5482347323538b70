"""Whether everybody waits: then Ctrl+C reaches an application, and alarms ring."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fixtures.model.actions import CLOSED, OPENED
from fixtures.model.trace import WIRE, Trace
from fixtures.peer.steps import Peer
from fixtures.run import cell as cells
from fixtures.run import idle as quiet
from fixtures.run import wiring as stage
from fixtures.run.clock import ALARM, QuietClock
from fixtures.run.idle import all_wait
from fixtures.run.interrupting import NotInMainThread

from .miniature_drivers import Plain, lines, run, situation

LONG = 30.0
"""Seconds that no test waits."""
INTERRUPTED = situation(
    Peer.open,
    lambda peer: peer.wait_for(OPENED),
    Peer.interrupt_application,
    in_main_thread=True,
)


class Swallows(Plain):
    """Nothing but its driver ends it, once the run has been found to hang."""

    def run(self) -> None:
        """Wait, whatever comes."""
        over = threading.Event()
        self.cell.cancel_run = over.set
        while not over.is_set():
            try:
                super().run()
            except (KeyboardInterrupt, OSError):
                continue


def told(trace: Trace) -> list[str]:
    """What the application was told."""
    return [str(event) for event in trace.told]


def test_an_application_is_interrupted_where_it_waits() -> None:
    """What it lets out is recorded; the run goes on to its end."""
    trace = run(Plain, INTERRUPTED)

    assert told(trace) == [
        "on_open()",
        "SIGINT reached",
        "the application raised KeyboardInterrupt()",
    ]
    assert lines(trace, WIRE)[-1] == "end of TCP received"
    assert (trace.waited, trace.problems) == ("at once", ())


def test_an_application_that_has_ended_is_not_interrupted() -> None:
    """The signal would end whatever runs next."""
    late = situation(
        Peer.open,
        Peer.half_close,
        lambda peer: peer.wait_for(CLOSED),
        Peer.interrupt_application,
        in_main_thread=True,
    )

    assert told(run(Plain, late)) == ["on_open()", "on_close()"]


def test_an_application_that_cannot_be_interrupted_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard says so, and its driver has a way out."""
    monkeypatch.setattr(cells, "GUARD_SECONDS", 0.1)
    monkeypatch.setattr(cells, "GRACE_SECONDS", 0.05)
    trace = run(Swallows, INTERRUPTED)

    assert (trace.waited, trace.problems) == ("hang", ())
    assert "SIGINT reached" in told(trace)


def test_a_run_in_another_thread_is_refused() -> None:
    """Python raises KeyboardInterrupt in the main thread, and in no other."""
    with ThreadPoolExecutor(1) as pool, pytest.raises(NotInMainThread, match="main thread of its"):
        pool.submit(run, Plain, INTERRUPTED).result()


def test_a_thread_that_works_is_waited_for() -> None:
    """Nobody is interrupted while another thread has something to do."""
    idle, over = threading.Event(), threading.Event()

    def work() -> None:
        while not idle.is_set():
            pass
        over.wait()

    worker = threading.Thread(target=work)
    worker.start()
    assert all_wait(iter([False, False, False, True]).__next__) is False
    idle.set()
    assert all_wait(lambda: False) is True
    over.set()
    worker.join()


def test_where_nothing_is_known_of_threads_time_has_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without /proc the signal is sent after a while."""
    monkeypatch.setattr(quiet, "TASKS", tmp_path / "absent")
    monkeypatch.setattr(stage, "LONG_ENOUGH", 0.05)

    assert all_wait(iter([False, False, False, True]).__next__) is False
    assert "SIGINT reached" in told(run(Plain, INTERRUPTED))


def test_an_alarm_of_a_run_rings_once_all_wait() -> None:
    """More time would change nothing; how long that would be is no matter."""
    rang = threading.Event()
    with QuietClock().alarm(LONG, rang.set):
        assert rang.wait(LONG)


def test_an_alarm_of_a_run_rings_late_while_somebody_works() -> None:
    """Nobody knows what the thread will come to."""
    rang = threading.Event()
    with QuietClock().alarm(0.05, rang.set):
        while not rang.is_set():
            pass


def test_an_alarm_of_a_run_is_called_off() -> None:
    """What it was for has come before."""
    rang = threading.Event()
    with QuietClock().alarm(LONG, rang.set):
        watcher = next(one for one in threading.enumerate() if one.name == ALARM)
    watcher.join()

    assert not rang.is_set()
