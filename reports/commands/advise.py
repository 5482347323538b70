"""The command `advise`: how far a library can be upgraded before the selected cells change."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import Version

from ..arguments import add_histories, add_selection
from ..diff.comparison import NOT_RUNNABLE
from ..diff.grouping import group_changes
from ..history import History, load, load_others
from ..history.change_points import between, count_cells, find_changed_cells, require_cells
from ..program_name import PROGRAM
from ..render.history_report import report_missing_cells, report_not_run
from ..render.python_report import report_differing
from ..render.section import BAD, COMMAND, GOOD, Line, Section
from ..render.terminal import render_terminal
from ..results.cell_selection import Selection, cells_of
from ..results.release import Cell, WrongInput
from ..results.targets import library_named

MOST = 3
"""Changes of a release that are listed; `compare` lists all."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The highest release that behaves as `version` does; those between, and what they change.

    `beyond` are the releases after it: in each of them, some of the cells have changed.
    """

    version: str
    highest: str
    skip: dict[str, list[Cell]]
    beyond: dict[str, list[Cell]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "pin", metavar="LIBRARY==V", help="what you use, such as websocket-client==1.8.0"
    )
    add_selection(parser)
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print the highest release in which the selected cells are unchanged, and those to skip."""
    name, version = parse_pin(options.pin)
    library = library_named(name)
    history = load(library.name, options.histories)
    chosen = cells_of(library, options.selection)
    cells = require_cells(history, chosen, options.selection)
    history.require(version)
    found = advice(history, version, cells)
    first, *others = sections(history, found, cells, options.selection)
    pythons = report_differing(history, load_others(history, options.histories), cells)
    lines = (*first.lines, *pythons, *report_missing_cells(chosen, cells))
    render_terminal([Section(first.title, lines), *others], sys.stdout)
    return 0


def parse_pin(text: str) -> tuple[str, str]:
    """Library and release of `LIBRARY==V`. Raises `WrongInput`."""
    try:
        wanted = Requirement(text)
    except (InvalidRequirement, RecursionError, ValueError) as error:
        raise WrongInput(f"{text!r} is not LIBRARY==V, such as websocket-client==1.8.0") from error
    pins = [one.version for one in wanted.specifier if one.operator in {"==", "==="}]
    if len(wanted.specifier) != 1 or len(pins) != 1 or "*" in pins[0]:
        raise WrongInput(f"{text!r} does not name a single release: write {wanted.name}==V")
    try:
        return wanted.name, str(Version(pins[0]))
    except ValueError as error:
        raise WrongInput(f"{pins[0]!r} is not a release: write {wanted.name}==V") from error


def advice(history: History, version: str, cells: Sequence[Cell]) -> Advice:
    """How far one can go from `version` without a change of these cells."""
    later = history.runnable[history.runnable.index(version) + 1 :]
    changed = find_changed_cells(history, version, later, cells)
    unchanged = [release for release in later if not changed[release]]
    highest = unchanged[-1] if unchanged else version
    at = later.index(highest) + 1 if unchanged else 0
    skip = {release: changed[release] for release in later[:at] if changed[release]}
    return Advice(version, highest, skip, {release: changed[release] for release in later[at:]})


def sections(
    history: History, found: Advice, cells: Sequence[Cell], selection: Selection
) -> Iterator[Section]:
    """The advice in words."""
    name, newest = history.library, history.runnable[-1]
    count = count_cells(cells)
    if found.highest == newest == found.version:
        text = f"{newest} is the newest release of the history; there is nothing to upgrade to"
    elif found.highest == newest:
        text = f"upgrade to {newest}, the newest: none of the {count} behaves differently"
    elif found.highest == found.version:
        text = f"stay: each later release changes some of the {count}"
    else:
        text = f"upgrade to {found.highest}: none of the {count} behaves differently"
    lines = [Line("advice", text, GOOD)]
    lines += [
        Line("skip", f"{release}: changes {count_cells(changed)}", BAD)
        for release, changed in found.skip.items()
    ]
    later = {v: r for v, r in history.releases.items() if Version(v) > Version(found.version)}
    lines += report_not_run(later)
    yield Section(f"{name} {found.version}, {count}", tuple(lines))
    for release, changed in list(found.beyond.items())[:1]:
        more = list(found.beyond.items())[1:]
        yield _next(history, found, (release, changed), selection)
        rest = [Line("", f"{later}: changes {count_cells(other)}") for later, other in more]
        if rest:
            yield Section(f"Later releases, against {found.version}", tuple(rest))


def _next(
    history: History, found: Advice, step: tuple[str, list[Cell]], selection: Selection
) -> Section:
    """What changes in the first release that one cannot go to unnoticed."""
    release, changed = step
    comparison = between(history, found.version, release, changed)
    lines = []
    for group in group_changes(comparison)[:MOST]:
        texts = "; ".join(sentence.text for sentence in group.sentences)
        lines.append(Line(count_cells(group.cells), texts, BAD))
    left = len(group_changes(comparison)) - MOST
    if left > 0:
        lines.append(Line("", f"and {left} more"))
    lines += [
        Line("not run", difference.reason) for difference in comparison.select(NOT_RUNNABLE)[:1]
    ]
    words = ["compare", history.library, found.version, release]
    words += selection.words
    lines.append(Line("see it", f"{PROGRAM} {shlex.join(words)}", COMMAND))
    title = f"{release}, the next one, changes {len(changed)} of them"
    return Section(title, tuple(lines))
