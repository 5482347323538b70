"""Cells as a reader gets them: by surface, families of scenarios in short, plain ones first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import suites.scenarios
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS, Family

from ..results.release import Cell


def is_plain(surface: str) -> bool:
    """Whether it is what a library's documents teach first, and no variant of another surface."""
    return not SURFACES[surface].variant_of


def exoticism(cell: Cell) -> int:
    """0: a plain surface where every library is; 1: what one library has; 2, 3: a variant."""
    return 2 * (not is_plain(cell[0])) + bool(SCENARIOS[cell[1]].surfaces)


def family_of(scenario: str) -> str:
    """The first of the scenarios that differ in one value from this one, or itself."""
    return _FAMILIES.get(scenario, (scenario,))[0]


def name_scenarios(cells: Iterable[Cell]) -> dict[str, list[str]]:
    """The cells' scenarios by surface; a family whose scenarios are all there is named once."""
    found: dict[str, list[str]] = defaultdict(list)
    for surface, scenario in cells:
        found[surface].append(scenario)
    return {surface: _join_families(names) for surface, names in found.items()}


def _join_families(names: list[str]) -> list[str]:
    joined: dict[str, None] = {}
    for name in names:
        family = _FAMILIES.get(name, ())
        here = [member for member in family if member in names]
        of = "" if len(here) == len(family) else f" of {len(family)}"
        joined[f"{_common_prefix(family)}* ({len(here)}{of})" if len(here) > 2 else name] = None
    return list(joined)


def _common_prefix(names: tuple[str, ...]) -> str:
    shortest = min(names, key=len)
    same = (i for i, char in enumerate(shortest) if any(name[i] != char for name in names))
    return shortest[: next(same, len(shortest))]


_FAMILIES: dict[str, tuple[str, ...]] = {
    scenario.name: tuple(member.name for member in family)
    for module in (*suites.scenarios.GROUPS.values(), *suites.scenarios.OF_ONE_LIBRARY)
    for family in getattr(module, "__dict__", {}).values()
    if isinstance(family, Family)
    for scenario in family
}


def describe_cell(cell: Cell) -> str:
    """What happens in a cell, as its scenario says."""
    return SCENARIOS[cell[1]].doc.rstrip(".")
