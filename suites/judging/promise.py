"""Promises: what the documentation of a library says about one surface, and where it says so.

Statements of the documentation that no run can show are declared as well, with the reason.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from packaging.specifiers import SpecifierSet

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.errors import UserError
from fixtures.model.scenario import SCENARIOS, Family, Scenario
from fixtures.model.situations import flat

from .expectations import Expectation
from .python_properties import PROPERTIES, explain_unknown_property, has_property
from .scope import CELL


class PromiseError(UserError):
    """A promise is declared wrongly; the text says how to mend it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document a promise comes from: the page, the place on it, and what it says there."""

    page: str
    place: str
    says: str

    def __str__(self) -> str:
        """Page and place, for a reader who wants to look it up."""
        return f"{self.page}, {self.place}"


@dataclass(frozen=True)  # without slots, so that its texts are made once
class Promise:
    """One promise about one surface in some scenarios; `name` says what is promised.

    It holds for the Pythons that have the property `python`; the empty one is every Python's.
    """

    name: str
    surface: Surface
    scenarios: frozenset[str]
    expectation: Expectation
    source: Source
    versions: str = ""
    scope: str = CELL
    python: str = ""
    id: str = field(init=False)
    """The name of the check; it is stable."""

    def __post_init__(self) -> None:
        """Name the check."""
        object.__setattr__(self, "id", name_check(self.surface, self.name))

    @functools.cached_property
    def expected(self) -> str:
        """The expectation, in words."""
        return str(self.expectation)

    @functools.cached_property
    def place(self) -> str:
        """Page and place of the source, in words."""
        return str(self.source)

    def covers(self, surface: Surface, scenario: Scenario, version: str, python: str) -> bool:
        """Whether the promise is about this cell, in this release, with this Python."""
        return (
            scenario.name in self.scenarios
            and surface.name == self.surface.name
            and in_range(version, self.versions)
            and has_property(python, self.python)
        )


def name_check(surface: Surface, name: str) -> str:
    """The name of the check that a promise about this surface is."""
    return f"{surface.name}.{name}"


@functools.cache
def in_range(version: str, versions: str) -> bool:
    """Whether a release is in a PEP 440 range; pre-releases count, and an empty range is all."""
    return SpecifierSet(versions).contains(version, prereleases=True)


@dataclass(frozen=True, slots=True)
class Untestable:
    """A statement about some surfaces that no run can show, and `because`, the reason."""

    surfaces: tuple[Surface, ...]
    source: Source
    because: str
    versions: str = ""


PROMISES: dict[str, Promise] = {}
"""Every promise, by id."""
UNTESTABLE: list[Untestable] = []
"""Every statement that is documented and cannot be tested, in the order of declaration."""


def find_promises(surface: Surface, scenario: Scenario, version: str, python: str) -> list[Promise]:
    """The promises that are about this cell, in this release, with this Python."""
    found = _BY_CELL.find(surface.name, scenario.name)
    return [one for one in found if one.covers(surface, scenario, version, python)]


class _Index:
    """The promises about each cell, each cell looked up once: reports ask for it in each release.

    It begins anew once other promises are declared than those that it was made of.
    """

    def __init__(self) -> None:
        self._declared: tuple[Promise, ...] = ()
        self._surfaces: dict[str, list[Promise]] = {}
        self._cells: dict[tuple[str, str], list[Promise]] = {}

    def find(self, surface: str, scenario: str) -> list[Promise]:
        """The promises about a surface in a scenario, whatever the release and the Python are."""
        declared = (*PROMISES.values(),)
        if declared != self._declared:  # the same objects are equal without a look into them
            self._declared, self._surfaces, self._cells = declared, {}, {}
            for one in declared:
                self._surfaces.setdefault(one.surface.name, []).append(one)
        cell = surface, scenario
        if cell not in self._cells:
            promised = self._surfaces.get(surface, ())
            self._cells[cell] = [one for one in promised if scenario in one.scenarios]
        return self._cells[cell]


_BY_CELL = _Index()


def doc(page: str, place: str, says: str) -> Source:
    """A source: the page's address, the place on it, and its content in our own words."""
    return Source(page, place, says)


def promise(
    name: str,
    surfaces: Surface | Iterable[Surface],
    scenarios: Scenario | Family | Iterable[Scenario | Family],
    expectation: Expectation,
    *,
    source: Source,
    versions: str = "",
    scope: str = CELL,
    but: Iterable[Surface] = (),
    python: str = "",
) -> None:
    """Declare that the documentation of each surface promises `expectation` in each scenario.

    `name` says what is promised; the id of the check is `surface.name`. Scenarios that a surface
    cannot play are left out. A promise about a surface holds for its variants, `but` for those that
    the document is not about, and those that do not make the call which it is about. `versions` is
    the PEP 440 range of releases whose documentation says so; empty means all. `scope` is what the
    promise is about, see `judging.scope`. `python` is a property, see `fixtures.run.interpreter`:
    the promise holds for the Pythons that have it. Raises `PromiseError` for an id that is used
    twice, a property that there is not, and a promise that covers no cell of the surface.
    """
    if python and python not in PROPERTIES:
        raise PromiseError(f"promise {name!r}: {explain_unknown_property(python)}")
    named = [surfaces] if isinstance(surfaces, Surface) else [*surfaces]
    for surface in [one for one in _with_variants(named) if one not in but]:
        if surface not in named and surface.calls_no & expectation.subjects:
            continue
        id = name_check(surface, name)  # noqa: A001 -- the field's word
        if id in PROMISES:
            raise PromiseError(f"two promises are called {id!r}: rename one, or join them")
        names = list_playable(surface, len(SCENARIOS))
        playable = names.intersection(scenario.name for scenario in flat(scenarios))
        if not playable and surface in named:
            raise PromiseError(
                f"promise {id!r} covers no cell: {surface} can play none of its scenarios"
            )
        if playable:
            PROMISES[id] = Promise(
                name, surface, playable, expectation, source, versions, scope, python
            )


@functools.cache
def list_playable(surface: Surface, count: int) -> frozenset[str]:
    """The names of the scenarios that a surface can play, of the `count` that are declared."""
    return frozenset(
        name
        for name, scenario in SCENARIOS.items()
        if surface.plays(scenario) and not surface.explain_missing(scenario)
    )


def _with_variants(surfaces: list[Surface]) -> list[Surface]:
    """The surfaces and their variants, which the same documents are about."""
    names = {surface.name for surface in surfaces}
    every = SURFACES.values()
    return [*surfaces, *(s for s in every if s.variant_of in names and s.name not in names)]


def untestable(
    surfaces: Surface | Iterable[Surface], *, source: Source, because: str, versions: str = ""
) -> None:
    """Declare that no run can show what the documentation of these surfaces says, and why.

    This is for statements that no trace can decide, not for those without a scenario so far.
    Raises `PromiseError` for a declaration without a reason, without a surface, or made twice.
    """
    found = (surfaces,) if isinstance(surfaces, Surface) else tuple(surfaces)
    if not found or not because.strip():
        raise PromiseError(f"untestable: {source}: say of which surfaces, and because of what")
    if any(one.source == source for one in UNTESTABLE):
        raise PromiseError(f"untestable: {source} is declared twice: keep one")
    UNTESTABLE.append(Untestable(found, source, because, versions))
