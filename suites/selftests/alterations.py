"""Which alterations of recorded traces no check notices: `python -m suites.selftests.alterations`.

Every stored trace of the newest releases is altered in every way that a library could misbehave:
two events change places, one is left out or comes twice, one argument is another, or the run ends
later. An alteration is noticed if the cell turns red. What is not noticed is either undocumented,
or a hole in the checks; it is counted by kind and by what was altered.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import suites.promises
import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.actions import CLOSED, MESSAGE, PING, PONG
from fixtures.model.behaviour import UNCOMPARED
from fixtures.model.description import Value
from fixtures.model.event import NO_BEHAVIOUR, WIRE, Event
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from reports import history
from suites.judging.issue_files import load_deviations
from suites.judging.issues import Deviation
from suites.judging.judge import judge

SWAP, DROP, DOUBLE, CHANGE, DELAY = "swap", "drop", "double", "change", "delay"
KINDS = (SWAP, DROP, DOUBLE, CHANGE, DELAY)
DELIVERIES = frozenset({MESSAGE, PING, PONG})
"""The kinds of events that the peer's frames cause."""
_FIXED = frozenset({"exception", "object", "bases", "cause"}) | UNCOMPARED


@dataclass(frozen=True, slots=True)
class Alteration:
    """A trace that was altered in one place: `kind` says how, `what` which event or fact."""

    kind: str
    what: str
    trace: Trace


def alter(trace: Trace) -> Iterator[Alteration]:
    """Every alteration of a trace that a library could have caused."""
    ours = [at for at, event in enumerate(trace.events) if _is_the_librarys(event)]
    for at in ours:
        event, before, after = trace.events[at], trace.events[:at], trace.events[at + 1 :]
        if _can_be_left_out(event):
            rest = _without_answer(after) if event.name == "close frame" else after
            yield _make(trace, DROP, event, (*before, *rest))
            yield _make(trace, DOUBLE, event, (*before, event, event, *after))
        for other in _change_event(event):
            yield _make(trace, CHANGE, event, (*before, other, *after))
    for first, second in _find_neighbours(trace.events, ours):
        events = list(trace.events)
        events[first], events[second] = events[second], events[first]
        what = f"{_name(trace.events[first])} and {_name(trace.events[second])}"
        yield Alteration(SWAP, what, dataclasses.replace(trace, events=tuple(events)))
    for name, value in sorted(trace.facts.items()):
        for other in _change(value):
            facts = {**trace.facts, name: other}
            yield Alteration(CHANGE, f"fact: {name}", dataclasses.replace(trace, facts=facts))
    if trace.waited != "hang":
        for waited in _delay(trace.waited):
            what = f"{trace.waited} -> {waited}"
            yield Alteration(DELAY, what, dataclasses.replace(trace, waited=waited))


def _make(trace: Trace, kind: str, event: Event, events: tuple[Event, ...]) -> Alteration:
    return Alteration(kind, _name(event), dataclasses.replace(trace, events=events))


def _is_the_librarys(event: Event) -> bool:
    """Whether the library caused the event, and not the script or the application."""
    if event.kind in NO_BEHAVIOUR or event.kind in {"acted", "hang"}:
        return False
    return event.lane != WIRE or event.how == "received"


def _can_be_left_out(event: Event) -> bool:
    """Whether a library can leave an event out, or repeat it.

    A call that does not end hangs, and ends once; without a request there is no connection; and
    if TCP is not ended, that is a leftover socket among the facts.
    """
    if event.name == "request" or event.kind == "end":
        return False
    return event.kind in DELIVERIES or event.how in {"called", "received"}


def _without_answer(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the end of TCP with which the peer goes on after a close frame."""
    return tuple([event for event in events if (event.kind, event.how) != ("end", "sent")])


def _find_neighbours(events: Sequence[Event], ours: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The positions of every two neighbours of one lane that differ, both of them the library's."""
    lanes = defaultdict[str, list[int]](list)
    wanted = set(ours)
    for at, event in enumerate(events):
        lanes[f"{event.lane} {event.where}"].append(at)
    for positions in lanes.values():
        for one, other in pairwise(positions):
            both = events[one], events[other]
            alike = len({str(event) for event in both}) == 1  # but for the time
            if {one, other} <= wanted and not alike and not _has_own_order(*both):
                yield one, other


def _has_own_order(one: Event, other: Event) -> bool:
    """Whether Python decides the order: of blocks, and of calls that follow one another."""
    if {one.kind, other.kind} <= DELIVERIES:
        return False
    both = {one.how, other.how}
    return "reached" in both or both <= {"returned", "raised"}


def _change_event(event: Event) -> Iterator[Event]:
    """The event with one of its arguments, or its close code, changed."""
    for at, arg in enumerate(event.args):
        for other in _change(arg):
            is_code = event.kind == CLOSED and event.how == "called" and at == 0
            value = 4999 if is_code else other
            code = other if isinstance(arg, int) and arg == event.code else event.code
            args = (*event.args[:at], value, *event.args[at + 1 :])
            yield dataclasses.replace(event, args=args, code=4999 if is_code else code)


def _change(value: Value) -> Iterator[Value]:
    """Other values in place of this one."""
    if isinstance(value, Mapping) and "bytes" in value:
        yield {"bytes": value["bytes"] + "?"}
    elif isinstance(value, Mapping):
        yield {**value, "exception": "OtherError", "bases": []} if "exception" in value else "?"
        for key in sorted(value.keys() - _FIXED):
            yield {**value, key: next(_change(value[key]))}
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, list | tuple):
        yield []
    else:
        yield f"{value}?" if isinstance(value, str) else "?"


def _delay(waited: str) -> list[str]:
    """Longer durations in place of this one."""
    count, _, unit = waited.partition(" x ")
    if unit and count.isdigit():
        return [f"{int(count) + 4} x {unit}"]
    return ["3 x close_timeout"]


def _name(event: Event) -> str:
    lane = "wire " if event.lane == WIRE else ""
    return f"{lane}{event.kind}: {event.name} {event.how}"


def judge_alterations(
    traces: Iterable[Trace],
    deviations: Sequence[Deviation],
    wanted: Callable[[Alteration], bool] = lambda _: True,
) -> Iterator[Result]:
    """The alterations of the traces of cells that are not red, and whether each is noticed."""
    listed = defaultdict[str, list[Deviation]](list)
    for one in deviations:
        listed[one.surface].append(one)
    for trace in traces:
        surface, scenario = SURFACES[trace.surface], SCENARIOS[trace.scenario]
        known = [one for one in listed[surface.name] if scenario.name in one.scenarios]
        alterations = [*filter(wanted, alter(trace))]
        if alterations and not judge(surface, scenario, [trace], known).is_red:
            for altered in alterations:
                noticed = judge(surface, scenario, [altered.trace], known).is_red
                yield Result(altered, noticed)


@dataclass(frozen=True, slots=True)
class Result:
    """An alteration, and whether a check noticed it."""

    alteration: Alteration
    noticed: bool


def newest_traces(library: str) -> Iterator[Trace]:
    """What the newest stored release of a library showed, each cell's first outcome."""
    found = history.load(library)
    version = found.runnable[-1]
    for cell in found.cells:
        outcomes = found.at(cell, version)
        if isinstance(outcomes, tuple) and cell[0] in SURFACES and cell[1] in SCENARIOS:
            yield from found.traces(cell, version, outcomes[:1])


def report(results: Iterable[Result], *, most: int = 12) -> Iterator[str]:
    """The counts by kind, and of each kind what was altered most often without notice."""
    whole, unnoticed = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for result in results:
        kind = result.alteration.kind
        whole[kind] += 1
        if not result.noticed:
            unnoticed[kind][result.alteration.what] += 1
    for kind in KINDS:
        missed = unnoticed[kind].total()
        yield f"{kind:<7} {whole[kind]:>6} alterations, {missed:>6} not noticed"
        yield from (f"        {n:>6} {what}" for what, n in unnoticed[kind].most_common(most))


def main(arguments: Sequence[str]) -> None:
    """Print the report on each library that is named, or on all."""
    deviations = load_deviations()
    for library in arguments or LIBRARIES:
        print(library)
        print("\n".join(report(judge_alterations(newest_traces(library), deviations))))


if __name__ == "__main__":
    main(sys.argv[1:])
