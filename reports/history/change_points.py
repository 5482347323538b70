"""Where a history changes: the stored releases, compared one by one, each with the one before.

A cell that races has changed where two releases have no outcome in common: whether a rare one
is new, or was missed before, its set does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtures.model.text import pluralize

from ..diff.comparison import MATTERS, NOT_RUNNABLE, Comparison, compare
from ..program_name import PROGRAM
from ..results.release import Cell, CellResult, Release, WrongInput
from .file_format import NoBehaviour
from .stored_history import History, HistoryError, Known, same

CERTAIN = 30
"""How many runs stand for each outcome of a race: enough to rule out chance."""


def change_points(history: History, cells: Iterable[Cell]) -> list[Comparison]:
    """Each release in which any of these cells changes, against the one before, oldest first."""
    tables = {cell: history.table(cell) for cell in cells}
    return list(_find_change_points(history, tables))


def _find_change_points(
    history: History, tables: dict[Cell, dict[str, Known]]
) -> Iterator[Comparison]:
    for old, new in zip(history.runnable, history.runnable[1:], strict=False):
        changed = [cell for cell, table in tables.items() if not same(table[old], table[new])]
        if changed:
            yield between(history, old, new, changed)


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
                known[entry] = not same(table[old], entry) and _matters(
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
    return _result(history, cell, version, history.at(cell, version), 1)


def _results(
    history: History, cell: Cell, versions: tuple[str, str], pair: tuple[Known, Known]
) -> tuple[CellResult, CellResult]:
    old, new = pair
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) & set(new):
        old = new = (min(set(old) & set(new)),)
    races = any(isinstance(known, tuple) and len(known) > 1 for known in (old, new))
    times = CERTAIN if races else 1
    before, after = (
        _result(history, cell, version, known, times)
        for version, known in zip(versions, (old, new), strict=True)
    )
    return before, after


def _result(history: History, cell: Cell, version: str, known: Known, times: int) -> CellResult:
    if isinstance(known, NoBehaviour):
        return CellResult(reason=known.reason, failed=known.failed)
    return CellResult(history.traces(cell, version, known) * times)
