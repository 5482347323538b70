"""What a library's documents promise, beside what a record shows of it: the data of a page.

Pure functions of traces: whether they come from a file or from a run just now, `suites.judging`
says what each of them is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library, Surface
from fixtures.model.scenario import SCENARIOS
from suites.judging.issues import Deviation
from suites.judging.judge import NOT_APPLICABLE, NOT_TESTABLE, RED, UNSTABLE, CellVerdict
from suites.judging.promise import PROMISES, UNTESTABLE, Promise, Source, Untestable, in_range
from suites.judging.python_properties import has_property
from suites.judging.rules import RULES

from ..diff.checks import judge_result
from ..results.cell_selection import cells_of
from ..results.release import Cell, NotRunnable, Release
from .claims import NO_CHECK, NOT_RECORDED, Check, CheckedCell, Claim

NOTHING, IS_RED, INCOMPLETE = 0, 1, NotRunnable.exit_status


@dataclass(frozen=True, slots=True)
class Page:
    """Everything there is to say of one release: cells, promises, rules, and what is left out.

    `others` counts the promises that only other releases make: their documents say so, or they
    have an API that this one has not.
    """

    library: Library
    version: str
    python: str
    cells: Mapping[Cell, CellVerdict]
    promises: tuple[Claim, ...]
    rules: tuple[Claim, ...]
    untestable: tuple[Untestable, ...]
    others: int

    def of(self, *words: str) -> list[CellVerdict]:
        """The cells of which one of these words is said."""
        return [cell for cell in self.cells.values() if cell.word in words]

    @property
    def judged(self) -> int:
        """How many cells have traces that could be judged."""
        return len(self.cells) - len(self.of(NOT_APPLICABLE, NOT_TESTABLE, NOT_RECORDED))

    @property
    def status(self) -> int:
        """The exit status: an incomplete record outweighs what is red in it."""
        if self.of(NOT_TESTABLE, NOT_RECORDED):
            return INCOMPLETE
        red = any(claim.word in {NO_CHECK, *RED} for claim in (*self.promises, *self.rules))
        return IS_RED if red or self.of(UNSTABLE) else NOTHING


def build_page(release: Release, deviations: Iterable[Deviation]) -> Page:
    """What a release promises and shows.

    Raises `NotRunnable` if no cell could be judged, and if nobody has declared a promise of it:
    then there is nothing that could hold.
    """
    library, version = LIBRARIES[release.library], release.version
    cells = dict(_judge_cells(library, release, deviations))
    if not any(cell.traces for cell in cells.values()):
        raise NotRunnable(release.reason or f"{release.label} shows no cell of {library}")
    there = {cell.surface for cell in cells.values() if cell.word != NOT_APPLICABLE}
    ours = [one for one in PROMISES.values() if one.surface.library == library]
    made = [
        p
        for p in ours
        if p.surface in there
        and in_range(version, p.versions)
        and has_property(release.python, p.python)
    ]
    if not made:
        raise NotRunnable(
            f"nobody has declared what the documents of {library} {version} promise: "
            "see suites/promises/"
        )
    return Page(
        library,
        version,
        release.python,
        cells,
        tuple(_claims(made, cells)),
        tuple(_rules(cells)),
        tuple(one for one in UNTESTABLE if _is_of(one, library, version)),
        len(ours) - len(made),
    )


def _is_of(one: Untestable, library: Library, version: str) -> bool:
    return any(s.library == library for s in one.surfaces) and in_range(version, one.versions)


def _judge_cells(
    library: Library, release: Release, deviations: Iterable[Deviation]
) -> Iterator[tuple[Cell, CellVerdict]]:
    """Every cell of the library there is, in their order, with the verdict on it."""
    listed = tuple(deviations)
    for cell in cells_of(library):
        surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
        result = release.cells.get(cell)
        if result:
            yield cell, judge_result(cell, result, listed)
            continue
        reason = surface.explain_missing(scenario)
        word = NOT_APPLICABLE if reason else NOT_RECORDED
        yield cell, CellVerdict(surface, scenario, (), word, (), (reason,) if reason else ())


def _claims(made: Iterable[Promise], cells: Mapping[Cell, CellVerdict]) -> Iterator[Claim]:
    """The promises, those of several surfaces that one place in the documents makes together."""
    places: dict[tuple[str, Source], list[Check]] = {}
    for promise in made:
        found = [
            CheckedCell(cell, next((v for v in cell.verdicts if v.check == promise.id), None))
            for cell in cells.values()
            if cell.surface == promise.surface and cell.scenario.name in promise.scenarios
        ]
        key = promise.name, promise.source
        check = Check(promise.id, str(promise.expectation), promise.surface, tuple(found))
        places.setdefault(key, []).append(check)
    for (name, source), checks in places.items():
        yield Claim(name, source, tuple(checks))


def _rules(cells: Mapping[Cell, CellVerdict]) -> Iterator[Claim]:
    """The rules that had something to look at, each with the cells in which it had."""
    seen: dict[str, dict[Surface, list[CheckedCell]]] = {}
    for cell in cells.values():
        for verdict in cell.verdicts:
            if verdict.check in RULES:
                surfaces = seen.setdefault(verdict.check, {})
                surfaces.setdefault(cell.surface, []).append(CheckedCell(cell, verdict))
    for rule in RULES.values():
        checks = [Check(rule.id, "", s, tuple(f)) for s, f in seen.get(rule.id, {}).items()]
        if checks:
            source = Source("", rule.source, rule.says)
            yield Claim(rule.name, source, tuple(checks))
