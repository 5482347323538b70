"""What changes between two releases of a library: `python -m reports compare LIBRARY OLD NEW`.

Exit status: see `reports.upgrade.exit_status.STATUS`.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from suites.cells.story import timeline
from suites.judging import issues as deviation
from suites.judging.judge import judge

from ..diff import docstrings
from ..diff.checks import trace_of
from ..diff.comparison import MATTERS, Comparison, compare, doubtful, unconfirmed
from ..render.output import add_output, write
from ..render.sections import RAW, Line, Section
from ..results.release import Cell, CellResult, NotRunnable, Release
from ..results.targets import RECORD, Side, library_named, recorded, side
from ..running import environments
from ..running.job import INSTALLED, PATH, RELEASE
from ..running.progress import shown
from ..upgrade.exit_status import Told
from .sweep import cells_of, run_releases

MORE_RUNS = 3
"""How many times more a racing cell is run where its two sets cannot be told apart otherwise."""
CONFIRMATIONS = 6
"""How often a change is confirmed at most; where every run agrees, once is enough."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command `compare`."""
    parser = commands.add_parser(
        "compare",
        help="what changes between two releases",
        description="What an application will notice between two releases of a library. OLD and "
        "NEW are releases, 'installed', paths of checkouts, or recorded files (*.jsonl).",
    )
    parser.add_argument("library", metavar="LIBRARY")
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--trace", action="store_true", help="show every event of what changes")
    add_running(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def add_running(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say what is run."""
    parser.add_argument("-k", dest="expression", metavar="EXPR", help="cells, as in pytest -k")
    parser.add_argument("--fresh", action="store_true", help="run what is known again")
    parser.add_argument("--build", action="store_true", help="build what has no wheel")


def run(options: argparse.Namespace) -> int:
    """Compare as the command line says; the exit status."""
    library = library_named(options.library)
    old, new = (side(library, text) for text in (options.old, options.new))
    cells = cells_of(library, options.expression)
    notes = () if cells else (f"-k {options.expression!r} selects no cell of {library}",)
    comparison = compared(old, new, cells, fresh=options.fresh, build=options.build)
    told = Told((comparison,), notes)
    write(told, options, tuple(_timelines(comparison)) if options.trace else ())
    return told.status


def compared(
    old: Side, new: Side, cells: Sequence[Cell], *, fresh: bool = False, build: bool = False
) -> Comparison:
    """The two sides in these cells, run where they are not known yet.

    A racing cell whose two sets cannot be told apart is run more often, and so is a cell in real
    time that changed. Of a recorded file, the cells that it holds are compared. Raises
    `WrongInput` for one that cannot be used.
    """
    sides = (old, new)
    cells = _recorded(sides, cells)
    before, after = _releases(sides, cells, fresh=fresh, build=build)
    listed, found = deviation.load(), (digests(old), digests(new))
    again = RECORD not in {one.kind for one in sides}
    doubt = doubtful(before, after) if again else []
    more = partial(_more, sides, fresh=fresh, build=build)
    for number in range(1, 1 + MORE_RUNS if doubt else 1):
        before, after = more(doubt, (before, after), again=number)
    comparison = compare(before, after, cells, listed, found)
    for number in range(1, 1 + CONFIRMATIONS if again else 1):
        doubt = unconfirmed(comparison)
        if doubt:
            before, after = more(doubt, (before, after), again=number)
            comparison = compare(before, after, cells, listed, found)
    return comparison


def _recorded(sides: Sequence[Side], cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells to compare: where a side is a file, those that a file holds."""
    held = [recorded(one).cells for one in sides if one.kind == RECORD]
    return [cell for cell in cells if any(cell in one for one in held)] if held else cells


def digests(chosen: Side) -> Mapping[str, str]:
    """The docstring digests of a side, empty where its files are not there."""
    module = chosen.library.module
    try:
        if chosen.kind == RELEASE:
            folder = environments.install(chosen.library, chosen.version or "").folder
        elif chosen.kind == PATH:
            folder = chosen.place
        elif chosen.kind == INSTALLED:
            origin = Path(getattr(importlib.util.find_spec(module), "origin", None) or "")
            folder = str(origin.parents[1] if origin.stem == "__init__" else origin.parent)
        else:
            return {}
    except NotRunnable:
        return {}
    return docstrings.digests(Path(folder), module)


def _releases(
    sides: Sequence[Side], cells: Sequence[Cell], *, fresh: bool, build: bool
) -> tuple[Release, Release]:
    with shown() as progress:
        found = run_releases(
            sides, cells, progress=progress, fresh=fresh, build=build, advance=progress.advance
        )
        before, after = found
    return before, after


def _more(
    sides: Sequence[Side],
    cells: Sequence[Cell],
    before: tuple[Release, Release],
    *,
    fresh: bool,
    build: bool,
    again: int,
) -> tuple[Release, Release]:
    """Both releases with more runs of some of their cells, the `again`th more of each."""
    more = tuple(run_releases(sides, cells, fresh=fresh, build=build, again=again))
    return _pooled(before[0], more[0]), _pooled(before[1], more[1])


def _pooled(one: Release, more: Release) -> Release:
    cells = dict(one.cells)
    for cell, result in more.cells.items():
        known = cells.get(cell, CellResult())
        cells[cell] = replace(known, traces=(*known.traces, *result.traces))
    return replace(one, cells=cells)


def _timelines(comparison: Comparison) -> Iterator[Section]:
    """Every event of each changed cell, before and now."""
    for difference in comparison.having(*MATTERS):
        for label, trace in zip(("before", "now"), difference.example or (), strict=False):
            surface, scenario = difference.cell
            cell = judge(SURFACES[surface], SCENARIOS[scenario], [trace_of(trace)])
            shown = [text[2:] for text in timeline(cell).splitlines() if text.startswith("    ")]
            name = f"{surface}-{scenario}, {label}: {trace['loaded']['version']}"
            yield Section(name, tuple(Line("", text, RAW) for text in shown))
