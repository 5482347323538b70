"""The cells of a change, as lines of a report: by surface, with what most scenarios share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from fixtures.drivers.surfaces import SURFACES

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
    alike = {} if most is None else _find_variants_alike(there)
    for surface, found in there.items():
        if surface not in alike:
            surfaces[_which(surface, found, others[surface], most)].append(surface)
    for which, where in surfaces.items():
        also = [f"{one} ({len(there[one])})" for one in alike if alike[one] in where]
        more = f"; alike {', '.join(also)}" if also else ""
        yield Line("cells", f"{', '.join(where)}: {which}{more}", DIM)


def _find_variants_alike(there: Mapping[str, list[Cell]]) -> dict[str, str]:
    """The variants that change in no other scenarios than the surface they are a variant of."""
    played = {surface: {scenario for _, scenario in cells} for surface, cells in there.items()}
    found = {}
    for surface, scenarios in played.items():
        base = SURFACES[surface].variant_of
        if base in played and scenarios <= played[base]:
            found[surface] = base
    return found


def _which(surface: str, there: list[Cell], others: list[Cell], most: int | None) -> str:
    if not others and len(there) > 1:
        return "all of them"
    if others and len(there) > 2 * len(others):
        return f"all but {_in_a_row(name_scenarios(others)[surface], most)}"
    return _in_a_row(name_scenarios(there)[surface], most)


def _in_a_row(names: list[str], most: int | None) -> str:
    more = f" and {len(names) - most} more" if most is not None and len(names) > most else ""
    return ", ".join(names[:most]) + more
