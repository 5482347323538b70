"""The texts that are declared: of scenarios and surfaces, of promises, of known issues."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import suites.promises
import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS
from suites.judging.issues import Deviation
from suites.judging.promise import PROMISES
from suites.judging.rules import RULES

from .search_index import KIND, KNOWN, NAME, PROMISED, SENTENCE, SURFACE, Key, SearchIndex

PLAIN, SPECIAL, VARIANT = 1.0, 0.85, 0.7
"""What a hit is worth on a surface that a tutorial teaches first, on another, on a variant."""
OWN = 0.9
"""What it is worth in a scenario that only some surfaces play."""
EACH_WORD = 0.025
"""What it loses with each word of the scenario's name: the short ones are the plain ones."""
_SPECIAL = ("_legacy_", "_default_", "_sansio_", "_trio_", "_callback")
"""What the names of surfaces have that few programs use, or that are others under one name."""


def list_cells(surfaces: Iterable[Surface]) -> list[Key]:
    """The names of every cell of these surfaces."""
    return [
        (surface.name, scenario.name)
        for surface in surfaces
        for scenario in SCENARIOS.values()
        if surface.plays(scenario)
    ]


@functools.cache
def _rate_surface(name: str) -> float:
    surface = SURFACES[name]
    if surface.variant_of:
        return VARIANT
    return SPECIAL if any(part in f"{name}_" for part in _SPECIAL) else PLAIN


def rate_cell(cell: Key) -> float:
    """What a hit is worth in a cell: most where most programs are, and in short situations."""
    scenario = SCENARIOS[cell[1]]
    own = OWN if scenario.surfaces else 1.0
    return _rate_surface(cell[0]) * own * (1 - len(cell[1].split("_")) * EACH_WORD)


def make_index(cells: Sequence[Key]) -> SearchIndex:
    """An index of what is declared of these cells, without promises and issues."""
    index = SearchIndex(rate_cell)
    players: dict[str, list[Key]] = {}
    places: dict[str, list[Key]] = {}
    for cell in cells:
        places.setdefault(cell[0], []).append(cell)
        players.setdefault(cell[1], []).append(cell)
    for name, ours in players.items():
        scenario = SCENARIOS[name]
        index.add(NAME, name, ours)
        index.add(SENTENCE, scenario.doc, ours)
        index.add(KIND, " ".join((scenario.group, *sorted(scenario.tags))), ours)
    for name, ours in places.items():
        surface = SURFACES[name]
        index.add(SURFACE, f"{name} {surface.library.name} {surface.idiom}", ours)
    return index


def add_promises(index: SearchIndex, cells: Iterable[Key]) -> None:
    """Add what the documents promise of these cells, whatever the release."""
    known = set(cells)
    for promise in PROMISES.values():
        where = [(promise.surface.name, scenario) for scenario in promise.scenarios]
        index.add(
            PROMISED,
            f"{promise.name} {promise.expected} {promise.source.says}",
            known.intersection(where),
        )


def make_check_index() -> SearchIndex:
    """An index of the checks, promises and rules, in place of cells: of each `(id, "")`."""
    index = SearchIndex()
    for promise in PROMISES.values():
        index.add(NAME, promise.id.replace(".", " "), [(promise.id, "")])
        index.add(SENTENCE, f"{promise.expected} {promise.source.says}", [(promise.id, "")])
    for rule in RULES.values():
        index.add(NAME, rule.id.replace(".", " "), [(rule.id, "")])
        index.add(SENTENCE, rule.says, [(rule.id, "")])
    return index


def add_issues(index: SearchIndex, cells: Iterable[Key], listed: Iterable[Deviation]) -> None:
    """Add the known issues that are seen in these cells."""
    known = set(cells)
    for one in listed:
        where = [(one.surface, scenario) for scenario in one.scenarios]
        text = f"{one.issue.id} {one.issue.why} {one.issue.link} {' '.join(one.signatures)}"
        index.add(KNOWN, text, known.intersection(where))
