"""The cells of a change, as lines of a report: by surface, with what most scenarios share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..diff.cell_names import name_scenarios
from ..diff.comparison import NOT_APPLICABLE, Comparison
from ..results.release import Cell
from .section import DIM, Line


def report_cells(
    cells: Iterable[Cell], comparison: Comparison, most: int | None = None
) -> Iterator[Line]:
    """The cells by surface, at most so many names of each.

    Of a surface that is there for the most part, those that are not.
    """
    others: dict[str, list[Cell]] = defaultdict(list)
    ours, there = set(cells), dict[str, list[Cell]]()
    for difference in comparison.differences:
        cell = difference.cell
        if cell in ours:
            there.setdefault(cell[0], []).append(cell)
        elif difference.word != NOT_APPLICABLE:
            others[cell[0]].append(cell)
    surfaces: dict[str, list[str]] = defaultdict(list)
    for surface, found in there.items():
        surfaces[_which(surface, found, others[surface], most)].append(surface)
    for which, where in surfaces.items():
        yield Line("cells", f"{', '.join(where)}: {which}", DIM)


def _which(surface: str, there: list[Cell], others: list[Cell], most: int | None) -> str:
    if not others and len(there) > 1:
        return "all of them"
    if others and len(there) > 2 * len(others):
        return f"all but {_in_a_row(name_scenarios(others)[surface], most)}"
    return _in_a_row(name_scenarios(there)[surface], most)


def _in_a_row(names: list[str], most: int | None) -> str:
    more = f" and {len(names) - most} more" if most is not None and len(names) > most else ""
    return ", ".join(names[:most]) + more
