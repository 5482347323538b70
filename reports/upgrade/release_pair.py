"""The two releases of an upgrade, run in the same cells until they can be distinguished."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from suites.judging import issue_files

from ..diff import docstrings
from ..diff.comparison import Comparison, compare, find_doubtful, find_unconfirmed
from ..results.release import Cell, CellResult, NotRunnable, Release
from ..results.targets import INSTALLED, PATH, RECORD, RELEASE, Target, find_recorded
from ..running import environments
from ..running.progress import show_progress
from ..running.release_runs import run_releases

MORE_RUNS = 3
"""How many times more a racing cell is run where its two sets cannot be distinguished otherwise."""
CONFIRMATIONS = 6
"""How often a change is confirmed at most; where every run agrees, once is enough."""


def compare_targets(
    old: Target, new: Target, cells: Sequence[Cell], *, fresh: bool = False, build: bool = False
) -> Comparison:
    """The two targets in these cells, run where they are not known yet.

    A racing cell whose two sets cannot be distinguished is run more often, and so is a cell in real
    time that changed. Of a recorded file, the cells that it holds are compared. Raises
    `WrongInput` for one that cannot be used.
    """
    listed = issue_files.load_deviations()  # a mistake in them is reported before anything is run
    targets = (old, new)
    cells = _select_held(targets, cells)
    before, after = _releases(targets, cells, fresh=fresh, build=build)
    found = hash_docstrings(old), hash_docstrings(new)
    again = RECORD not in {one.kind for one in targets}
    doubt = find_doubtful(before, after) if again else []
    more = partial(_more, targets, fresh=fresh, build=build)
    for number in range(1, 1 + MORE_RUNS if doubt else 1):
        before, after = more(doubt, (before, after), again=number)
    comparison = compare(before, after, cells, listed, found)
    for number in range(1, 1 + CONFIRMATIONS if again else 1):
        doubt = find_unconfirmed(comparison)
        if not doubt:
            break
        before, after = more(doubt, (before, after), again=number)
        comparison = compare(before, after, cells, listed, found)
    return comparison


def _select_held(targets: Sequence[Target], cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells to compare: where a target is a file, those that a file holds."""
    held = [find_recorded(one).offsets for one in targets if one.kind == RECORD]
    return [cell for cell in cells if any(cell in one for one in held)] if held else cells


def hash_docstrings(chosen: Target) -> Mapping[str, str]:
    """The docstring digests of a target, empty where its files are not there."""
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
    return docstrings.digest_docstrings(Path(folder), module)


def _releases(
    targets: Sequence[Target], cells: Sequence[Cell], *, fresh: bool, build: bool
) -> tuple[Release, Release]:
    with show_progress() as progress:
        found = run_releases(
            targets, cells, progress=progress, fresh=fresh, build=build, advance=progress.advance
        )
        before, after = found
    return before, after


def _more(
    targets: Sequence[Target],
    cells: Sequence[Cell],
    before: tuple[Release, Release],
    *,
    fresh: bool,
    build: bool,
    again: int,
) -> tuple[Release, Release]:
    """Both releases with more runs of some of their cells, the `again`th more of each."""
    more = tuple(run_releases(targets, cells, fresh=fresh, build=build, again=again))
    return _pool(before[0], more[0]), _pool(before[1], more[1])


def _pool(one: Release, more: Release) -> Release:
    cells = dict(one.cells)
    for cell, result in more.cells.items():
        known = cells.get(cell, CellResult())
        cells[cell] = replace(known, traces=(*known.traces, *result.traces))
    return replace(one, cells=cells)
