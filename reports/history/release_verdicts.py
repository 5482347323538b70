"""The verdicts on stored releases, without running anything.

How this works. Most releases behave as the one before, and most promises and deviations are about
many releases. So a cell is judged once for each set of outcomes, promises and deviations; other
releases with the same set share the verdict, and its traces name the first of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict
from suites.judging.promise import PROMISES, Promise, in_range
from suites.judging.python_properties import has_property

from ..diff.checks import judge_result
from ..results.release import Cell
from .change_points import result
from .stored_history import History


class ReleaseJudge:
    """Judges what a history holds of any release."""

    def __init__(self, history: History, deviations: Sequence[Deviation]) -> None:
        """A judge who has seen no cell yet."""
        self._history = history
        self._deviations: dict[str, list[Deviation]] = defaultdict(list)
        for entry in deviations:
            self._deviations[entry.surface].append(entry)
        self._promises: dict[str, list[Promise]] = defaultdict(list)
        for promise in PROMISES.values():
            self._promises[promise.surface.name].append(promise)
        self._holds: dict[tuple[str, str, str], bool] = {}
        self._about: dict[Cell, tuple[list[Promise], list[Deviation]]] = {}
        self._known: dict[object, CellVerdict] = {}

    def judge(self, cells: Iterable[Cell], version: str) -> Iterator[CellVerdict]:
        """The verdict on each cell in a release."""
        for cell in cells:
            promises, deviations = self._checks(cell)
            listed = tuple(one for one in deviations if self._is_about(one, version))
            ids = tuple(one.id for one in promises if self._is_about(one, version))
            key = cell, self._history.at(cell, version), ids, listed
            if key not in self._known:
                found = result(self._history, cell, version)
                self._known[key] = judge_result(cell, found, listed)
            yield self._known[key]

    def _is_about(self, one: Promise | Deviation, version: str) -> bool:
        """Whether it holds for a release with the Python of the history."""
        key = version, one.versions, one.python
        if key not in self._holds:
            python = self._history.code.python
            self._holds[key] = in_range(version, one.versions) and has_property(python, one.python)
        return self._holds[key]

    def _checks(self, cell: Cell) -> tuple[list[Promise], list[Deviation]]:
        """The promises and deviations that are about a cell in some release."""
        if cell not in self._about:
            surface, scenario = cell
            self._about[cell] = (
                [one for one in self._promises[surface] if scenario in one.scenarios],
                [one for one in self._deviations[surface] if scenario in one.scenarios],
            )
        return self._about[cell]
