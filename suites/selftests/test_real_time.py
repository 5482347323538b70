"""What counts as the same in virtual and in real time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from fixtures.run.cell import run_cell

from .real_time import is_alike

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def virtual() -> Trace:
    """A loop that looks at its ping when the ping is just as old as it may be; a thread is left."""
    surface, scenario = "websocket_client_app_dispatcher", "no_pong_comes"
    return run_cell(SURFACES[surface], SCENARIOS[scenario])


def take(seconds: float, virtual: Trace) -> Trace:
    """The run as real time shows it: no ping of the thread that is left comes before its end."""
    events = [one for one in virtual.events if one.name != "ping frame"]
    first = next(one for one in virtual.events if one.name == "ping frame")
    at = 1 + max(i for i, one in enumerate(events) if one.name == "101 response")
    return replace(virtual, events=(*events[:at], first, *events[at:]), seconds=seconds)


def test_a_thread_that_is_left_over_sends_more_in_virtual_time(virtual: Trace) -> None:
    """Real time does not wait for it."""
    real = take(40.1, virtual)

    assert len(virtual.events) - len(real.events) > 2
    assert is_alike(virtual, real)


@pytest.mark.parametrize(("seconds", "alike"), [(40.6, True), (50.2, True), (45.0, False)])
def test_a_cell_may_last_as_long_as_is_declared(
    seconds: float, alike: bool, virtual: Trace
) -> None:
    """It lasts as long as in virtual time, or that much, but for noise."""
    assert is_alike(virtual, take(seconds, virtual)) == alike


def test_another_cell_may_not(virtual: Trace) -> None:
    """The declaration is of one cell."""
    there = replace(virtual, surface="websocket_client_app_rel")

    assert not is_alike(there, take(50.2, there))


@pytest.mark.parametrize("left_out", ["on_open", "dispatch", "ping frame"])
def test_anything_else_that_changes_in_the_cell_is_seen(left_out: str, virtual: Trace) -> None:
    """Whichever of the two durations it has."""
    for real in (take(40.1, virtual), take(50.2, virtual)):
        events = tuple(one for one in real.events if one.name != left_out)

        assert not is_alike(virtual, replace(real, events=events))


@pytest.mark.integration
def test_a_task_that_is_left_over_has_the_time_that_it_needs() -> None:
    """A connection that the application has left is ended by tornado after five seconds."""
    surface, scenario = SURFACES["tornado_client"], SCENARIOS["application_raises_when_opened"]
    virtual, real = (run_cell(surface, scenario, real_time=one) for one in (False, True))

    assert is_alike(virtual, real)
