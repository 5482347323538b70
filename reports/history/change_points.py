"""Where a history changes: the stored releases, compared one by one, each with the one before.

Sets of outcomes are compared as those of runs are (`reports.diff.outcome_sets`). How often an
outcome came is not stored, but what other releases show is: if two sets have an outcome in common,
another one is gone only if no later release shows it, and new only if no earlier one did; or else
it is rare. Sets that have nothing in common differ in every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fixtures.model.text import pluralize

from ..diff.comparison import (
    MATTERS,
    NOT_APPLICABLE,
    NOT_RUNNABLE,
    SAME,
    Comparison,
    compare,
)
from ..program_name import PROGRAM
from ..results.release import Cell, CellResult, Release, WrongInput
from .file_format import NoBehaviour
from .stored_history import History, HistoryError, Known

CERTAIN, RARE = 30, 1
"""How many runs stand for an outcome of a race: enough to rule out chance, or not."""


def change_points(history: History, cells: Iterable[Cell]) -> list[Comparison]:
    """Each release in which any of these cells changes, against the one before, oldest first."""
    tables = {cell: history.table(cell) for cell in cells}
    return list(_find_change_points(history, tables))


def _find_change_points(
    history: History, tables: dict[Cell, dict[str, Known]]
) -> Iterator[Comparison]:
    for old, new in zip(history.runnable, history.runnable[1:], strict=False):
        changed = [cell for cell, table in tables.items() if table[old] != table[new]]
        found = between(history, old, new, changed)
        differences = [d for d in found.differences if d.word not in (SAME, NOT_APPLICABLE)]
        if differences:
            yield replace(found, differences=tuple(differences))


def between(history: History, old: str, new: str, cells: Iterable[Cell]) -> Comparison:
    """Two stored releases compared in these cells."""
    before, after = dict[Cell, CellResult](), dict[Cell, CellResult]()
    listed = list(cells)
    for cell in listed:
        pair = history.at(cell, old), history.at(cell, new)
        before[cell], after[cell] = _results(history, cell, (old, new), pair)
    python = history.code.python
    return compare(
        Release(history.library, old, old, python, before),
        Release(history.library, new, new, python, after),
        listed,
    )


def find_changed_cells(
    history: History, old: str, later: Iterable[str], cells: Iterable[Cell]
) -> dict[str, list[Cell]]:
    """For each of the later releases: the cells in which something changes that matters.

    A cell that could not be run in one of the two counts as changed.
    """
    found: dict[str, list[Cell]] = {release: [] for release in later}
    for cell in cells:
        table = history.table(cell)
        known: dict[Known, bool] = {}
        for release, changed in found.items():
            entry = table[release]
            if entry not in known:
                known[entry] = table[old] != entry and _matters(
                    between(history, old, release, [cell])
                )
            if known[entry]:
                changed.append(cell)
    return found


def _matters(comparison: Comparison) -> bool:
    return bool(comparison.select(*MATTERS, NOT_RUNNABLE))


def count_cells(cells: Sequence[object]) -> str:
    """How many cells these are, in words."""
    return pluralize(len(cells), "cell")


def require_cells(history: History, cells: Sequence[Cell]) -> list[Cell]:
    """Those of the cells that the history holds. Raises `HistoryError` if it holds none."""
    if not cells:
        raise WrongInput(f"-k selects no cell of {history.library}")
    found = [cell for cell in cells if cell in history.cells]
    if not found:
        raise HistoryError(
            f"the history of {history.library} holds none of the {count_cells(cells)} selected: "
            f"{PROGRAM} sweep {history.library} --update-history"
        )
    return found


def result(history: History, cell: Cell, version: str) -> CellResult:
    """What a cell showed in a release, each outcome once."""
    return _result(history, cell, version, history.at(cell, version))


def _results(
    history: History, cell: Cell, versions: tuple[str, str], pair: tuple[Known, Known]
) -> tuple[CellResult, CellResult]:
    old, new = pair
    rare: tuple[set[str], set[str]] = (set(), set())
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) & set(new):
        earlier, later = _find_rare(history, cell, versions)
        rare = earlier.difference(new), later.difference(old)
    races = any(isinstance(known, tuple) and len(known) > 1 for known in pair)
    before, after = (
        _result(history, cell, version, known, CERTAIN if races else 1, but)
        for version, known, but in zip(versions, pair, rare, strict=True)
    )
    return before, after


def _find_rare(
    history: History, cell: Cell, versions: tuple[str, str]
) -> tuple[set[str], set[str]]:
    """The outcomes that come and go: those of the releases beyond the second, and the first."""
    table = history.table(cell)
    first, last = sorted(map(history.runnable.index, versions))
    earlier, later = (
        {one for v in some for known in [table[v]] if isinstance(known, tuple) for one in known}
        for some in (history.runnable[:first], history.runnable[last + 1 :])
    )
    return (later, earlier) if versions[0] == history.runnable[first] else (earlier, later)


def _result(
    history: History,
    cell: Cell,
    version: str,
    known: Known,
    times: int = 1,
    rare: Iterable[str] = (),
) -> CellResult:
    """What a cell showed, each outcome so often, and once if it is rare."""
    if isinstance(known, NoBehaviour):
        return CellResult(reason=known.reason, failed=known.failed)
    often = [one for one in known for _ in range(RARE if one in rare else times)]
    return CellResult(history.traces(cell, version, often), counted=False)
