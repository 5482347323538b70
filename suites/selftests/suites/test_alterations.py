"""What no library may do unnoticed: stored traces are altered, and the cells turn red."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from fixtures.model.actions import CLOSED, MESSAGE, PING, PONG
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace
from suites.judging.issue_files import load_deviations
from suites.judging.trace_queries import is_broken

from ..alterations import (
    CHANGE,
    DELAY,
    DOUBLE,
    KINDS,
    SWAP,
    Alteration,
    judge_alterations,
    newest_traces,
    report,
)

DELIVERED = tuple(f"{kind}: " for kind in (MESSAGE, PING, PONG))
KNOWN = {
    "server_closes_and_socket_receives_by_iteration",  # '' for the close frame: a known issue
    "server_closes_and_socket_receives_by_recv",
}


def is_judged(trace: Trace) -> bool:
    """Whether all that is delivered is in the log of the wire, and no frame leaves it open."""
    if trace.scenario in KNOWN:
        return False
    endless = [e for e in trace.lanes[WIRE] if e.how == "begun" and "frame" in e.name]
    return not endless and not any(map(is_broken, trace.lanes[WIRE]))


def is_delivery(altered: Alteration) -> bool:
    """Whether messages, pings or pongs alone are altered."""
    return all(part.startswith(DELIVERED) for part in altered.what.split(" and "))


def judge_all(
    library: str, wanted: Callable[[Alteration], bool], scenario: str = ""
) -> Iterator[tuple[bool, str]]:
    """Whether each of some alterations of the newest traces is noticed, and its name.

    Of the traces of one scenario only, if there is one.
    """
    traces = [one for one in newest_traces(library) if scenario in {"", one.scenario}]
    traces = [*filter(is_judged, traces)]
    for one in judge_alterations(traces, load_deviations(), wanted):
        altered = one.alteration
        yield one.noticed, f"{altered.kind} {altered.what} in {altered.trace.scenario}"


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("kind", [SWAP, DOUBLE])
def test_messages_cannot_be_swapped_or_doubled(kind: str, library: str) -> None:
    """Nor can a ping or a pong: each is reported once, in the order in which it was sent."""
    found = list(judge_all(library, lambda one: one.kind == kind and is_delivery(one)))

    assert found
    assert [name for noticed, name in found if not noticed] == []


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_payload_cannot_be_another(library: str) -> None:
    """What a callback, recv() or an iteration gives the application is what was sent."""
    found = list(
        judge_all(
            library,
            lambda one: one.kind == CHANGE and is_delivery(one) and "recv_data" not in one.what,
        )
    )

    assert found
    assert [name for noticed, name in found if not noticed] == []


UNANSWERED = {
    ("peer_closes_first", "simple-websocket"): "it answers no close frame",
    ("application_closes_on_message", "httpx-ws"): "it is not told of the end",
}
"""Where no closing handshake takes place, and why."""


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("scenario", ["application_closes_on_message", "peer_closes_first"])
def test_a_closing_handshake_cannot_take_longer(scenario: str, library: str) -> None:
    """How long a close takes that is answered at once is judged, where the end is told."""
    if why := UNANSWERED.get((scenario, library)):
        pytest.skip(why)

    def is_delay(altered: Alteration) -> bool:
        trace = altered.trace
        told, in_a_loop = trace.reports[CLOSED], "dispatch" in {one.name for one in trace.events}
        is_judged = bool(told) and not in_a_loop  # a loop of the program's own ends when it likes
        return altered.kind == DELAY and is_judged

    found = list(judge_all(library, is_delay, scenario))
    assert found
    assert [name for noticed, name in found if not noticed] == []


def test_on_message_comes_once_open_has_returned() -> None:
    """What `open` does last comes before the message that came in the meantime."""
    swapped = "returned: send returned and message: on_message called"
    scenario = "peer_sends_while_open_runs"
    found = judge_all("tornado", lambda one: one.what == swapped, scenario)

    assert (True, f"{SWAP} {swapped} in {scenario}") in list(found)


def test_the_report_counts_every_kind() -> None:
    """A line for each kind of alteration, and below it what was not noticed."""
    [trace] = [t for t in newest_traces("tornado") if t.scenario == "peer_sends_while_open_runs"]
    lines = list(report(judge_alterations([trace], load_deviations()), most=1))

    assert [line.split()[0] for line in lines if "alterations" in line] == list(KINDS)
    assert len(lines) <= 2 * len(KINDS)
