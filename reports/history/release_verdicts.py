"""The verdicts on a stored release, without running anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict
from suites.judging.promise import in_range

from ..diff.checks import judge_result
from ..results.release import Cell
from .change_points import result
from .stored_history import History


def judge_release(
    history: History, cells: Iterable[Cell], version: str, deviations: Sequence[Deviation]
) -> Iterator[CellVerdict]:
    """The verdict on each cell in a release, from what the history holds."""
    listed = [entry for entry in deviations if in_range(version, entry.versions)]
    for cell in cells:
        yield judge_result(cell, result(history, cell, version), listed)
