"""One cell as a reader gets it: documents, timeline, verdicts, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.description import show
from fixtures.model.event import APPLICATION, AT, OTHER, WIRE, describe_wire_event
from fixtures.model.run_order import LEAST
from fixtures.model.scenario import SCENARIOS
from fixtures.run.duration import describe_end
from suites.judging.issue_files import load_deviations as deviations
from suites.judging.issues import REASONS
from suites.judging.judge import (
    BROKEN,
    FIXED,
    KEPT,
    KNOWN,
    NOT_TESTABLE,
    UNDOCUMENTED,
    UNSTABLE,
    CellVerdict,
    Verdict,
)
from suites.judging.promise import PROMISES, Promise, find_promises

from ..diff.checks import judge_result
from ..history import History
from ..results.release import Cell, CellResult
from .history_report import report_history
from .section import BAD, DIM, GOOD, PLAIN, Line, Section

TONES = {KEPT: GOOD, UNDOCUMENTED: DIM, KNOWN: DIM, BROKEN: BAD, FIXED: BAD, UNSTABLE: BAD}


LANES = {APPLICATION: "application", OTHER: "elsewhere"}
LONGEST = 200
"""Characters of an end fact that are shown."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one release showed: its version, the result, where that comes from, and the Python."""

    version: str
    result: CellResult
    origin: str
    python: str = ""


def explain_cell(
    cell: Cell, seen: Observation, history: History | None, problem: str = ""
) -> Iterator[Section]:
    """Everything about a cell; `problem` says why there is no history."""
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    head = [
        Line("happens", scenario.doc),
        Line("RFC 6455", scenario.rfc),
        Line("API", f"{surface.library}: {surface.idiom}"),
    ]
    yield Section(f"{surface} in {scenario}", tuple(head))
    yield Section("What the documentation says", tuple(_documents(cell, seen)))
    yield from _behaviour(cell, seen)
    if history is None:
        yield Section("History", (Line("", problem, DIM),))
        return
    first, *changes = report_history(history, [cell])
    yield Section(f"History: {first.title}", first.lines)
    yield from changes


def _documents(cell: Cell, seen: Observation) -> Iterator[Line]:
    promises = _promises(cell, seen)
    for promise in promises:
        yield Line("documented", f"“{promise.source.says.rstrip('.')}”")
        yield Line("", str(promise.source), DIM)
        yield Line("that is", f"{promise.expectation}  [{promise.id}]")
    if not promises:
        yield Line(
            "", "nothing about this: the behaviour is recorded, but no document promises it", DIM
        )


def _promises(cell: Cell, seen: Observation) -> list[Promise]:
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    return find_promises(surface, scenario, seen.version, seen.python)


def _behaviour(cell: Cell, seen: Observation) -> Iterator[Section]:
    library = SURFACES[cell[0]].library
    if not seen.result.traces:
        yield Section(f"{library} {seen.version} shows nothing", (Line("", seen.result.reason),))
        return
    verdict = judge_result(cell, seen.result, deviations())
    yield Section(f"What {library} {seen.version} does ({seen.origin})", tuple(_timelines(verdict)))
    yield Section(f"The verdict: {verdict.word}", tuple(_verdicts(verdict)), _tone(verdict.word))


def _timelines(cell: CellVerdict) -> Iterator[Line]:
    """Every distinct trace: what happened on the wire and in the application, in one order."""
    distinct = {trace.behaviour_id: trace for trace in cell.traces}
    for outcome, trace in distinct.items():
        if len(distinct) > 1:
            yield Line("runs", f"{cell.behaviours[outcome]} of {len(cell.traces)}")
        now = 0.0
        for event in trace.events:
            at = event.details.get(AT, now)
            if at >= now + LEAST:
                yield Line("later", f"{round(at - now, 1):g} s", DIM)
                now = at
            if event.lane == WIRE:
                yield Line("", f"    {describe_wire_event(event)}", DIM)
            else:
                yield Line(LANES.get(event.lane, "run"), str(event))
        yield Line("ends", describe_end(trace, cell.surface.timeouts))
        for name, value in trace.facts.items():
            yield Line("at the end", f"{name}: {_short(show(value))}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _verdicts(cell: CellVerdict) -> Iterator[Line]:
    for problem in cell.problems:
        yield Line(NOT_TESTABLE, problem, BAD)
    for verdict in cell.ordered:
        if verdict.check in PROMISES or verdict.word != KEPT:
            yield from _verdict(verdict)
    kept = sum(v.word == KEPT and v.check not in PROMISES for v in cell.verdicts)
    yield Line(KEPT, f"{kept} rules, which hold for every library", GOOD)


def _verdict(verdict: Verdict) -> Iterator[Line]:
    yield Line(verdict.word, f"{verdict.check}: {verdict.text}", _tone(verdict.word))
    if verdict.deviation:
        issue = verdict.deviation.issue
        yield Line("", f"{REASONS[issue.reason]}: {issue.why} {issue.link}", DIM)


def _tone(word: str) -> str:
    return TONES.get(word, PLAIN)
