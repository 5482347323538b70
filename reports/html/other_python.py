"""What a library does on a Python of another kind, in the cells where that differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict

from ..history import History
from ..history.release_verdicts import ReleaseJudge
from ..history.stored_history import Known
from ..results.release import Cell


@dataclass(frozen=True, slots=True)
class OtherStretch:
    """Releases in a row that show the same in a cell on that Python, and the verdict on them."""

    releases: tuple[str, ...]
    known: Known
    verdict: CellVerdict


@dataclass(frozen=True, slots=True)
class OtherPython:
    """What is stored of a Python: its name, its history, and the stretches of the cells in it."""

    name: str
    history: History
    stretches: dict[Cell, tuple[OtherStretch, ...]]


def list_others(histories: Iterable[History], deviations: Sequence[Deviation]) -> list[OtherPython]:
    """The Pythons of which something is stored that differs."""
    return [_judge(history, deviations) for history in histories if history.cells]


def _judge(history: History, deviations: Sequence[Deviation]) -> OtherPython:
    judge = ReleaseJudge(history, deviations)
    cells = list(history.cells)
    found: dict[Cell, list[tuple[str, CellVerdict]]] = {cell: [] for cell in cells}
    for release in history.runnable:
        for cell, verdict in zip(cells, judge.judge(cells, release), strict=True):
            found[cell].append((release, verdict))
    stretches = {cell: tuple(_join(history, cell, listed)) for cell, listed in found.items()}
    return OtherPython(history.code.python, history, stretches)


def _join(
    history: History, cell: Cell, verdicts: Iterable[tuple[str, CellVerdict]]
) -> Iterable[OtherStretch]:
    for _, group in groupby(verdicts, lambda one: id(one[1])):
        listed = list(group)
        releases = tuple(release for release, _ in listed)
        yield OtherStretch(releases, history.at(cell, releases[0]), listed[0][1])
