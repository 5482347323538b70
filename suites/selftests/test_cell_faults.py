"""Cells that hang, cannot be judged, or leave something over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.model.actions import AFTER_THE_END
from fixtures.model.trace import RUN, Loaded
from fixtures.peer.steps import Peer
from fixtures.run import cell as cells
from fixtures.run.leaks import open_sockets

from . import miniature_drivers as drivers
from . import miniature_loops as loops
from .miniature_drivers import quiet, run, situation


@pytest.fixture
def short_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard loses patience at once; only for runs that hang for certain."""
    for name in ("GUARD_SECONDS", "GRACE_SECONDS", "VIRTUAL_GUARD_SECONDS"):
        monkeypatch.setattr(cells, name, 0.4)


@pytest.fixture
def deaf() -> Iterator[None]:
    """What waits for the test goes on when the test is over."""
    drivers.Deaf.wakes.clear()
    yield
    drivers.Deaf.wakes.set()
    for thread in threading.enumerate():
        if thread.name in ("application", "keeper-1"):
            thread.join()


# Runs that hang


def test_the_guard_ends_a_run_that_hangs(short_guard: None) -> None:
    """A hang is an event with the place where it hangs; a reset takes the run down."""
    trace = run(drivers.Plain, quiet)
    (hang,) = trace.lane(RUN)

    assert (hang.kind, trace.waited, trace.problems, trace.facts) == ("hang", "hang", (), {})
    assert hang.details["where"][-2:] == ["miniature_drivers:read", "miniature_drivers:receive"]
    assert "on_close()" not in [str(event) for event in trace.told]


def test_a_run_that_cannot_be_taken_down_is_a_problem(short_guard: None, deaf: None) -> None:
    """An application that no reset reaches leaves a thread, which is told."""
    trace = run(drivers.Deaf, quiet)

    assert trace.waited == "hang"
    assert trace.problems == ("the run could not be taken down: its thread is still alive",)


def test_a_library_that_never_returns_keeps_its_thread(
    short_guard: None, deaf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is the library's own code that no reset ends, the hang is all there is to tell."""
    library = Loaded("miniature", "1.0", drivers.__file__, "CPython")
    monkeypatch.setattr(cells, "loaded", lambda _: library)

    trace = run(drivers.Deaf, quiet)

    assert (trace.waited, trace.problems) == ("hang", ())


@pytest.mark.parametrize("driver", [loops.Loop, loops.LoopDeaf, loops.LoopStubborn, loops.Serves])
def test_a_hang_in_virtual_time_is_proved(driver: Any) -> None:
    """No timer and a quiet world: the run hangs, and is reset, then cancelled, then left."""
    trace = run(driver, quiet)

    assert [event.kind for event in trace.lane(RUN)] == ["hang"]
    assert (trace.waited, trace.problems, trace.seconds) == ("hang", (), 0.0)


# Runs that cannot be judged


def test_a_bug_of_a_driver_is_a_problem() -> None:
    """What escapes a driver is ours, not the library's behaviour."""
    trace = run(drivers.Fails)

    assert trace.problems == ("the driver failed: LookupError: a bug of the driver",)
    assert "in read" in "".join(trace.lane(RUN)[0].details["where"])


def test_a_script_that_cannot_go_on_is_a_problem() -> None:
    """What a script needed and did not get is told."""
    trace = run(played=situation(Peer.open, Peer.half_close, Peer.receive_text))

    assert trace.problems == ("expected a text frame, but the client ended the connection",)


def test_a_script_that_does_not_end_is_a_problem(short_guard: None, deaf: None) -> None:
    """A script that is stuck is told, with what it last waited for."""
    stuck = situation(
        Peer.open, Peer.half_close, Peer.be_quiet, lambda _: drivers.Deaf.wakes.wait(60)
    )
    trace = run(played=stuck)

    assert trace.problems == ("the peer's script still waits for the end",)


@pytest.mark.parametrize("driver", [drivers.NeverConnects, loops.CannotListen])
def test_a_connection_that_never_comes_is_a_problem(driver: Any) -> None:
    """Without a connection nothing was shown, whichever end had to make it."""
    assert run(driver, situation(Peer.open)).problems == ("no connection reached the peer",)


def test_a_point_that_is_never_reached_does_not_keep_the_script() -> None:
    """When the application has ended, whoever waits for it goes on, now or later."""
    never = situation(Peer.open, lambda peer: peer.wait_for(AFTER_THE_END), Peer.half_close)
    later = situation(
        Peer.open, Peer.half_close, Peer.be_quiet, *[lambda peer: peer.wait_for(AFTER_THE_END)] * 2
    )

    assert [run(drivers.Leaves, played).problems for played in (never, later)] == [(), ()]


# What is left over


def test_leftover_threads_and_sockets_are_recorded(short_guard: None, deaf: None) -> None:
    """What a library leaves behind is a fact, and ours is not counted."""
    trace = run(drivers.LeavesThings)
    drivers.LeavesThings.kept.pop().close()

    assert trace.facts == {"leftover threads": ["keeper"], "leftover sockets": 1}
    assert trace.problems == ()


def test_leftover_tasks_are_recorded() -> None:
    """A task that nobody ends is a fact, and so is an exception that nobody retrieves."""
    trace = run(loops.LoopLeavesThings, situation(Peer.open))

    assert trace.facts["leftover tasks"] == ["sleep"]
    assert [found["source"] for found in trace.facts["unretrieved"]] == [
        "Task exception was never retrieved"
    ]


def test_what_a_library_says_beside_its_api_is_recorded() -> None:
    """Log records, warnings, and exceptions that reach nobody are facts."""
    facts = run(drivers.Grumbles).facts

    assert [(found["level"], found["exception"]) for found in facts["logs"]] == [
        ("ERROR", "LookupError")
    ]
    assert [found["category"] for found in facts["warnings"]] == ["DeprecationWarning"]
    assert [(found["source"], found["exception"]) for found in facts["unretrieved"]] == [
        ("thread", "LookupError"),
        ("destructor", "LookupError"),
    ]


def test_sockets_cannot_be_counted_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not list descriptors, no socket counts as left over."""
    monkeypatch.setattr(Path, "iterdir", lambda _: Path("/no/such/folder").readlink())

    assert open_sockets() == set()
