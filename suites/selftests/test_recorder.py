"""The recorder: what is due at which visit, and who is woken at which."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fixtures.model.actions import MESSAGE, OPENED, When, close, library_call, send, when, whenever
from fixtures.model.trace import show
from fixtures.run.recorder import Recorder

from .miniature_drivers import situation


def recorder(*application: When) -> Recorder:
    """A recorder for a scenario in which the application does this."""
    return Recorder(situation(application=application))


def opened(found: Recorder, times: int = 1) -> None:
    """The library tells that it has opened, so often."""
    for _ in range(times):
        found.called("on_open", kind=OPENED)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (when(OPENED, close()), [1, 0, 0]),
        (when(OPENED, close(), nth=2), [0, 1, 0]),
        (whenever(OPENED, close(), send("a")), [2, 2, 2]),
        (when(MESSAGE, close()), [0, 0, 0]),
    ],
)
def test_actions_are_due_at_their_visits(moment: When, due: list[int]) -> None:
    """The first, the nth or each time that the application comes to the point."""
    found = recorder(moment)

    assert [len(found.due(OPENED)) for _ in due] == due


def test_the_actions_of_several_moments_are_due_in_order() -> None:
    """Those of every visit and those of one stand in the scenario's order."""
    found = recorder(whenever(OPENED, send("a")), when(OPENED, close(), nth=2))

    assert [found.due(OPENED) for _ in range(2)] == [(send("a"),), (send("a"), close())]


def test_a_visit_is_waited_for() -> None:
    """The event of the nth visit is set by that one, whether it was asked for before or after."""
    found = recorder()
    first, second = found.point(OPENED), found.point(OPENED, 2)
    opened(found)
    then = first.is_set(), second.is_set()
    opened(found)

    assert (then, second.is_set()) == ((True, False), True)
    assert found.point(OPENED, 2).is_set()
    assert not found.point(OPENED, 3).is_set()
    assert not found.point(MESSAGE).is_set()


def test_visits_at_the_same_moment_wake_everybody() -> None:
    """Two threads that come to a point at once do not pass over a visit between them."""
    found = recorder()
    waiting = [found.point(OPENED, nth) for nth in range(1, 41)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(opened, [found] * 4, [10] * 4))

    assert all(event.is_set() for event in waiting)


def test_nobody_waits_once_all_are_released() -> None:
    """Whatever visit it was, and whoever comes later."""
    found = recorder()
    before = found.point(OPENED, 7)
    found.release_all()

    assert before.is_set()
    assert found.point(MESSAGE, 2).is_set()


def test_a_call_by_name_is_recorded_as_it_was_made() -> None:
    """Its options stand behind its arguments."""
    found = recorder()
    found.acted(library_call("close", 1000, timeout=0))

    (event,) = found.events
    assert (event.name, [show(one) for one in event.args]) == ("close", ["1000", "'timeout=0'"])
    assert event.details["thread"] == threading.current_thread().name
