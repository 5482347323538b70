"""The page of a cell: what happens, in which releases, what is promised, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.description import show
from fixtures.model.trace import Trace
from fixtures.run.duration import describe_end
from suites.judging.judge import KEPT

from ..diff.comparison import APPEARED, GONE, Difference
from ..history import History
from ..history.file_format import NoBehaviour
from ..history.stored_history import Known
from ..results.release import Cell
from .check_list import Check, list_lines
from .diagram import Drawing
from .diagram_rows import clean
from .library_report import LibraryReport, Stretch
from .links import upgrade_page

REPEATED = ("logs", "warnings")
"""The end facts that are lists of records."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One behaviour as it is shown: the diagram, how it ends, what is left, how often it comes."""

    drawing: Drawing
    ends: str
    facts: tuple[tuple[str, str], ...]
    runs: str
    ordered: bool


@dataclass
class Panel:
    """What a cell shows in some stretches of releases; or why it shows nothing."""

    outcomes: tuple[Outcome, ...]
    reason: str
    stretches: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OtherPanel:
    """What a cell shows on another Python: the releases, the word, and what does not hold."""

    python: str
    span: str
    word: str
    panel: Panel
    failures: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """What changes in a cell at a release."""

    release: str
    sentences: tuple[str, ...]
    checks: tuple[tuple[bool, str], ...]
    minor: int
    page: str


def list_panels(report: LibraryReport, cell: Cell) -> list[Panel]:
    """What the cell has shown, the newest first; the same is there once."""
    found: dict[object, Panel] = {}
    for number, stretch in reversed([*enumerate(report.stretches[cell])]):
        if stretch.known in found:
            panel = found[stretch.known]
        else:
            releases = stretch.releases, stretch.known
            panel = _make_panel(report, report.history, cell, *releases)
        found[stretch.known] = panel
        panel.stretches.append(number)
    return list(found.values())


def list_other_panels(report: LibraryReport, cell: Cell) -> list[OtherPanel]:
    """What the cell shows on other Pythons, where that is something else."""
    found = []
    for other in report.others:
        for one in other.stretches.get(cell, ()):
            panel = _make_panel(report, other.history, cell, one.releases, one.known)
            span = " to ".join(dict.fromkeys([one.releases[0], one.releases[-1]]))
            failures = tuple(check for check in list_lines(one.verdict) if check.word != KEPT)
            found.append(OtherPanel(other.name, span, one.verdict.word, panel, failures))
    return found


def _make_panel(
    report: LibraryReport, history: History, cell: Cell, releases: Sequence[str], known: Known
) -> Panel:
    if isinstance(known, NoBehaviour):
        return Panel((), known.reason)
    counts = history.count_runs(cell, releases[-1])
    total = sum(counts.values())
    traces = history.traces(cell, releases[-1], known)
    often = sorted(traces, key=lambda trace: -counts.get(trace.behaviour_id, 0))
    outcomes = []
    for trace in often:
        name = trace.behaviour_id
        seen = counts.get(name, 0)
        runs = f"{seen} of {total} runs" if seen else "seen before, not in the last runs"
        runs = "" if len(often) == 1 else runs if total else "not counted"
        ends = describe_end(trace, SURFACES[cell[0]].timeouts)
        ordered = bool(history.behaviours[name].order)
        drawing = report.draw(name, history)
        outcomes.append(Outcome(drawing, ends, tuple(list_facts(trace)), runs, ordered))
    return Panel(tuple(outcomes), "")


def list_facts(trace: Trace) -> Iterator[tuple[str, str]]:
    """The end facts in words, each log record and each warning for itself."""
    for name, value in trace.facts.items():
        if name in REPEATED and isinstance(value, Sequence):
            yield from ((name.rstrip("s"), _describe_record(one)) for one in value)
        else:
            yield name, clean(show(value))


def _describe_record(record: object) -> str:
    if not isinstance(record, dict):
        return clean(show(record))
    return clean(" ".join(str(value) for value in record.values() if value != ""))


def list_words(stretches: Sequence[Stretch]) -> list[tuple[str, list[int]]]:
    """What is said of a cell, the newest first: each word, and the numbers of its stretches."""
    found: dict[str, list[int]] = {}
    for number, stretch in reversed([*enumerate(stretches)]):
        found.setdefault(stretch.verdict.word, []).append(number)
    return list(found.items())


def list_changes(report: LibraryReport, cell: Cell) -> list[CellChange]:
    """What has changed in a cell, the newest first."""
    found = []
    for old, new in zip(report.releases, report.releases[1:], strict=False):
        difference = report.differences.get((cell, new))
        if difference is not None:
            found.append(_describe_change(difference, old, new))
    return found[::-1]


def _describe_change(difference: Difference, old: str, new: str) -> CellChange:
    race = " (a race: not in every run)" if difference.sometimes else ""
    sentences = [f"{change.text}{race}" for change in difference.changes if not change.minor]
    if difference.reason and difference.word == APPEARED:
        sentences.insert(0, f"can be played; before: {difference.reason}")
    elif difference.reason:
        word = "cannot be played any more" if difference.word == GONE else difference.word
        sentences.insert(0, f"{word}: {difference.reason}")
    checks = tuple((check.kept, check.says.rstrip(".")) for check in difference.checks)
    minor = sum(change.minor for change in difference.changes)
    return CellChange(new, tuple(sentences), checks, minor, upgrade_page(old, new))
