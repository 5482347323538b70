"""The command `verdicts`: what each stored release keeps, judged by the promises of today.

Nothing is run. A verdict is a function of traces, and the history holds those of every release:
a promise that is written today is judged in every release that it is made for.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import suites.promises  # noqa: F401 -- declares the promises
from suites.judging.issue_files import load_deviations as load_deviations
from suites.judging.issues import LISTED_SINCE, Deviation
from suites.judging.judge import BROKEN, FIXED, KNOWN, RED, WORDS, CellVerdict

from ..arguments import add_histories, add_selection
from ..history import History, HistoryError, load, load_others, stale
from ..history.change_points import count_cells, require_cells
from ..history.other_pythons import list_differing, list_outdated, put_upon
from ..history.release_verdicts import ReleaseJudge
from ..program_name import PROGRAM
from ..render.python_report import report_outdated
from ..render.section import BAD, DIM, PLAIN, Line, Section
from ..render.terminal import render_terminal
from ..results.cell_selection import Selection, cells_of
from ..results.release import Cell
from ..results.targets import library_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", help="a library, such as websocket-client")
    add_selection(parser)
    parser.add_argument(
        "--release",
        metavar="V",
        help="look at release V alone, and print every check that does not hold",
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Judge each stored release by the promises of today; count its cells by verdict."""
    library = library_named(options.library)
    history = load(library.name, options.histories)
    if options.release is not None:
        history.require(options.release)
    chosen = cells_of(library, options.selection)
    cells = _as_they_are(history, chosen, options.selection)
    listed = load_deviations()
    sections = [_report(history, cells, options.release, listed)]
    for other in load_others(history, options.histories):
        if options.release in (None, *other.runnable):
            sections += _report_other(history, other, cells, options.release, listed)
    if len(chosen) > len(cells):
        sections.append(
            Section("Not judged", (Line("cells", _describe_missing(history, chosen, cells)),))
        )
    render_terminal(sections, sys.stdout)
    return 0


def _report(
    history: History, cells: Sequence[Cell], release: str | None, listed: Sequence[Deviation]
) -> Section:
    """The verdicts with one Python, of each stored release or of one."""
    judge, python = ReleaseJudge(history, listed), history.code.python
    if release is not None:
        found = list(judge.judge(cells, release))
        return _release(f"{history.library} {release}, {python}", found)
    lines = [_counts(version, judge.judge(cells, version)) for version in history.runnable]
    since = f"{LISTED_SINCE.get(history.library, 'the first')} on, every known deviation is listed"
    lines.append(Line("listed", f"from {since}", DIM))
    return Section(f"{history.library}: verdicts, release by release, {python}", tuple(lines))


def _report_other(
    history: History,
    other: History,
    cells: Sequence[Cell],
    release: str | None,
    listed: Sequence[Deviation],
) -> Iterator[Section]:
    """The verdicts on another kind of Python, if a cell differs there; and what is out of date."""
    outdated = list_outdated(other, cells)
    current = [cell for cell in cells if cell not in outdated]
    if list_differing(history, other, current):
        yield _report(put_upon(history, other), current, release, listed)
    if outdated:
        yield Section(f"Not judged, {other.code.python}", (report_outdated(other, outdated),))


def _as_they_are(history: History, chosen: Sequence[Cell], selection: Selection) -> list[Cell]:
    """The chosen cells that the history holds as the code has them now; if none, `HistoryError`."""
    changed = set(stale(history))
    held = require_cells(history, chosen, selection)
    found = [cell for cell in held if cell not in changed]
    if not found:
        raise HistoryError(_describe_missing(history, chosen, found))
    return found


def _describe_missing(history: History, chosen: Sequence[Cell], held: Sequence[Cell]) -> str:
    """How many cells are not there, or not as they are now, and what mends that."""
    return (
        f"{len(chosen) - len(held)} of {count_cells(chosen)} selected are not in the history, "
        f"or have changed since: {PROGRAM} sweep {history.library} --update-history"
    )


def _counts(label: str, verdicts: Iterable[CellVerdict]) -> Line:
    """How many cells have which verdict, in one line."""
    found = Counter(verdict.word for verdict in verdicts)
    counts = ", ".join(f"{found[word]} {word}" for word in WORDS if found[word])
    return Line(label, counts, BAD if any(found[word] for word in RED) else PLAIN)


def _release(label: str, verdicts: Sequence[CellVerdict]) -> Section:
    """Every check of a release that does not hold, with where, and why if it is listed."""
    where: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for cell in verdicts:
        for one in cell.select(BROKEN, FIXED, KNOWN):
            why = one.deviation.issue.why if one.deviation and one.word == KNOWN else ""
            said = one.word, one.check, why or one.text, cell.surface.name
            where[said].append(cell.scenario.name)
    lines = [_counts("cells", verdicts)]
    for (word, check, text, surface), scenarios in sorted(where.items()):
        lines.append(Line(word, f"{check}: {text}", BAD if word in RED else PLAIN))
        lines.append(Line("", f"{surface}: {', '.join(scenarios)}"))
    return Section(f"{label}: checks that do not hold", tuple(lines))
