"""The command `explain`: all that is known of one cell.

What the documents promise, what one release does, on one timeline with the wire, what the checks
say of it, and the history of the cell.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.description import show
from fixtures.model.event import APPLICATION, OTHER, WIRE
from fixtures.model.scenario import SCENARIOS
from fixtures.run.distribution import is_installed
from suites.judging.issues import load as deviations
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
from suites.judging.promise import PROMISES, Promise

from ..arguments import add_cell, add_histories, cell_named
from ..diff.checks import cell_verdict
from ..history import History, HistoryError, load
from ..history.change_points import recorded, result
from ..render.sections import BAD, DIM, GOOD, PLAIN, Line, Section
from ..render.terminal import render
from ..results.release import Cell, CellResult, NotRunnable
from ..results.targets import side
from .history import history_sections
from .sweep import run_releases

TONES = {KEPT: GOOD, UNDOCUMENTED: DIM, KNOWN: DIM, BROKEN: BAD, FIXED: BAD, UNSTABLE: BAD}


LANES = {APPLICATION: "application", OTHER: "elsewhere"}
LONGEST = 200
"""Characters of an end fact that are shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one release showed: its version, the result, and where that comes from."""

    version: str
    result: CellResult
    origin: str


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `explain`."""
    parser = commands.add_parser(
        "explain", help="all that is known of one cell", description=run.__doc__
    )
    add_cell(parser)
    parser.add_argument(
        "--release",
        metavar="V",
        help="what V does: a release, 'installed', a checkout (what is installed, or the newest)",
    )
    add_histories(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is documented, done and recorded of one cell.

    Exit status: 0, or 3 if the release could not be run and the history does not know it.
    """
    cell = cell_named(options.surface, options.scenario)
    history, problem = _history(cell, options)
    seen = _seen(cell, options.release, history)
    render(sections(cell, seen, history, problem), sys.stdout)
    return 0 if seen.result.traces or not seen.result.failed else NotRunnable.exit_status


def sections(
    cell: Cell, seen: Seen, history: History | None, problem: str = ""
) -> Iterator[Section]:
    """Everything about a cell; `problem` says why there is no history."""
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    head = [
        Line("happens", scenario.doc),
        Line("RFC 6455", scenario.rfc),
        Line("API", f"{surface.library}: {surface.idiom}"),
    ]
    yield Section(f"{surface} in {scenario}", tuple(head))
    yield Section("What the documentation says", tuple(_documents(cell, seen.version)))
    yield from _behaviour(cell, seen)
    if history is None:
        yield Section("History", (Line("", problem, DIM),))
        return
    first, *changes = history_sections(history, [cell])
    yield Section(f"History: {first.title}", first.lines)
    yield from changes


def _documents(cell: Cell, version: str) -> Iterator[Line]:
    promises = _promises(cell, version)
    for promise in promises:
        yield Line("documented", f"“{promise.source.says.rstrip('.')}”")
        yield Line("", str(promise.source), DIM)
        yield Line("that is", f"{promise.expectation}  [{promise.id}]")
    if not promises:
        yield Line("", "nothing of this: the behaviour is recorded, and nobody promises it", DIM)


def _promises(cell: Cell, version: str) -> list[Promise]:
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    return [one for one in PROMISES.values() if one.covers(surface, scenario, version)]


def _behaviour(cell: Cell, seen: Seen) -> Iterator[Section]:
    library = SURFACES[cell[0]].library
    if not seen.result.traces:
        yield Section(f"{library} {seen.version} shows nothing", (Line("", seen.result.reason),))
        return
    verdict = cell_verdict(cell, seen.result, deviations())
    yield Section(f"What {library} {seen.version} does ({seen.origin})", tuple(_timelines(verdict)))
    yield Section(f"The verdict: {verdict.word}", tuple(_verdicts(verdict)), _tone(verdict.word))


def _timelines(cell: CellVerdict) -> Iterator[Line]:
    """Every distinct trace: what happened on the wire and in the application, in one order."""
    distinct = {trace.behaviour_id: trace for trace in cell.traces}
    for outcome, trace in distinct.items():
        if len(distinct) > 1:
            yield Line("runs", f"{cell.behaviours[outcome]} of {len(cell.traces)}")
        for event in trace.events:
            if event.lane == WIRE:
                yield Line("", f"    {event.details.get('actor', 'wire')}: {event}", DIM)
            else:
                yield Line(LANES.get(event.lane, "run"), str(event))
        yield Line("ends", trace.waited)
        for name, value in trace.facts.items():
            yield Line("at the end", f"{name}: {_short(show(value))}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _verdicts(cell: CellVerdict) -> Iterator[Line]:
    for problem in cell.problems:
        yield Line(NOT_TESTABLE, problem, BAD)
    for verdict in cell.verdicts:
        if verdict.check in PROMISES or verdict.word != KEPT:
            yield from _verdict(verdict)
    kept = sum(v.word == KEPT and v.check not in PROMISES for v in cell.verdicts)
    yield Line(KEPT, f"{kept} rules, which hold for every library", GOOD)


def _verdict(verdict: Verdict) -> Iterator[Line]:
    yield Line(verdict.word, f"{verdict.check}: {verdict.recorded}", _tone(verdict.word))
    if verdict.deviation:
        entry = verdict.deviation
        yield Line("", f"{entry.reason}: {entry.why} {entry.link}", DIM)


def _tone(word: str) -> str:
    return TONES.get(word, PLAIN)


def _history(cell: Cell, options: argparse.Namespace) -> tuple[History | None, str]:
    """The history of the cell, or why there is none."""
    try:
        history = load(SURFACES[cell[0]].library.name, options.histories)
        recorded(history, [cell])
    except HistoryError as error:
        return None, str(error)
    return history, ""


def _seen(cell: Cell, wanted: str | None, history: History | None) -> Seen:
    """What a release shows now or, where it cannot be run, what the history knows of it."""
    library = SURFACES[cell[0]].library
    newest = history.runnable[-1] if history else "installed"
    label = wanted or ("installed" if is_installed(library) else newest)
    release = next(iter(run_releases([side(library, label)], [cell])))
    found = release.cells.get(cell, CellResult(reason=release.reason, failed=True))
    if found.traces or not found.failed or history is None or label not in history.runnable:
        return Seen(release.version or label, found, f"run with {release.python}")
    return Seen(label, result(history, cell, label), f"from the history: {found.reason}")
