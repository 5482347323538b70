"""The two releases of an upgrade: looked up, or run until they can be distinguished."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from suites.judging import issue_files

from ..diff import docstrings
from ..diff.comparison import Comparison, Documents, compare, find_doubtful, find_unconfirmed
from ..history.stored_history import History
from ..results.release import Cell, CellResult, NotRunnable, Release
from ..results.targets import INSTALLED, PATH, RECORD, RELEASE, Target, find_recorded
from ..running import environments
from ..running.progress import show_progress
from ..running.release_runs import run_releases
from .known_releases import compare_known, find_history, is_known, look_up

MORE_RUNS = 3
"""How many times more a racing cell is run where its two sets cannot be distinguished otherwise."""
CONFIRMATIONS = 6
"""How often a change is confirmed at most; where every run agrees, once is enough."""


@dataclass(frozen=True)
class RunOptions:
    """What is run of two targets, and what is looked up.

    `run`: what the history knows as well. `fresh`: what has a stored result as well. `build`:
    source distributions may be built. `histories`: the folder of the histories.
    """

    run: bool = False
    fresh: bool = False
    build: bool = False
    histories: Path | None = None

    @classmethod
    def of(cls, options: argparse.Namespace) -> RunOptions:
        """What a command line says."""
        return cls(options.run_known, options.fresh, options.build, options.histories)


@dataclass(frozen=True)
class _Pair:
    """Two targets, one of which at least is run, and the history that knows the other one."""

    targets: tuple[Target, Target]
    known: History | None
    options: RunOptions

    @property
    def may_run_again(self) -> bool:
        """Whether what is not known can be run more often: a recorded file cannot."""
        return RECORD not in {one.kind for one in self.targets}

    @property
    def _to_run(self) -> list[Target]:
        return [one for one in self.targets if not is_known(self.known, one)]

    def find(self, cells: Sequence[Cell]) -> tuple[Release, Release]:
        """What both show in these cells."""
        with show_progress() as progress:
            found = run_releases(
                self._to_run,
                cells,
                progress=progress,
                fresh=self.options.fresh,
                build=self.options.build,
                advance=progress.advance,
            )
            ran = iter(found)
            old, new = (
                look_up(self.known, one, cells)
                if self.known and is_known(self.known, one)
                else next(ran)
                for one in self.targets
            )
        return old, new

    def find_more(
        self, cells: Sequence[Cell], before: tuple[Release, Release], again: int
    ) -> tuple[Release, Release]:
        """Both with more runs of some of their cells, the `again`th more of each."""
        fresh, build = self.options.fresh, self.options.build
        ran = iter(run_releases(self._to_run, cells, fresh=fresh, build=build, again=again))
        old, new = (
            release if is_known(self.known, one) else _pool(release, next(ran))
            for one, release in zip(self.targets, before, strict=True)
        )
        return old, new

    @property
    def documents(self) -> Documents:
        """The docstring digests of both; of what is looked up there are none."""
        old, new = (
            {} if is_known(self.known, one) else hash_docstrings(one) for one in self.targets
        )
        return old, new


def compare_targets(
    old: Target,
    new: Target,
    cells: Sequence[Cell],
    options: RunOptions | None = None,
) -> Comparison:
    """The two targets in these cells, run where the history does not know them.

    A racing cell whose two sets cannot be distinguished is run more often, and so is a cell in real
    time that changed. Of a recorded file, the cells that it holds are compared. Raises
    `WrongInput` for one that cannot be used.
    """
    listed = issue_files.load_deviations()  # a mistake in them is reported before anything is run
    targets = (old, new)
    cells = _select_held(targets, cells)
    options = options or RunOptions()
    known = None
    if not (options.run or options.fresh):
        known = find_history(targets, cells, options.histories)
    if known and all(is_known(known, one) for one in targets):
        return compare_known(known, targets, cells, listed)
    pair = _Pair(targets, known, options)
    found = pair.find(cells)
    doubt = find_doubtful(*found) if pair.may_run_again else []
    for number in range(1, 1 + MORE_RUNS if doubt else 1):
        found = pair.find_more(doubt, found, again=number)
    documents = pair.documents
    comparison = compare(*found, cells, listed, documents)
    for number in range(1, 1 + CONFIRMATIONS if pair.may_run_again else 1):
        doubt = find_unconfirmed(comparison)
        if not doubt:
            break
        found = pair.find_more(doubt, found, again=number)
        comparison = compare(*found, cells, listed, documents)
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


def _pool(one: Release, more: Release) -> Release:
    cells = dict(one.cells)
    for cell, result in more.cells.items():
        known = cells.get(cell, CellResult())
        cells[cell] = replace(known, traces=(*known.traces, *result.traces))
    return replace(one, cells=cells)
