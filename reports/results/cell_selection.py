"""Which libraries and which cells a command line names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library
from fixtures.model.scenario import SCENARIOS

from . import user_drivers as drivers
from .known_names import require_name
from .release import Cell, WrongInput
from .targets import library_named

EXPRESSION, SURFACE, SCENARIO, CELL = "-k", "--surface", "--scenario", "--cell"
"""The options that select cells."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a command line selects: an expression of pytest, and names, which may be globs.

    A cell is selected if the expression selects it, if one of the surfaces and one of the scenarios
    is its own, and if it is one of the `cells` (`SURFACE/SCENARIO`); what is not given selects all.
    """

    expression: str | None = None
    surfaces: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The options that make it, as they were given."""
        return " ".join(f"{option} {value!r}" for option, value in self._options)

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self._options)

    @property
    def words(self) -> list[str]:
        """The words of a command line that make it."""
        return [word for pair in self._options for word in pair]

    def add(self, option: str, value: str) -> Selection:
        """One that has this option as well; a second expression takes the place of the first."""
        if option == SURFACE:
            return replace(self, surfaces=(*self.surfaces, value))
        if option == SCENARIO:
            return replace(self, scenarios=(*self.scenarios, value))
        if option == CELL:
            return replace(self, cells=(*self.cells, value))
        return replace(self, expression=value)

    def select(self, cells: Iterable[Cell]) -> list[Cell]:
        """Those of the cells that are selected. Raises `WrongInput` for unknown names."""
        pairs = self._require_names()
        found = [
            (surface, scenario)
            for surface, scenario in cells
            if _matches(surface, self.surfaces)
            and _matches(scenario, self.scenarios)
            and (not pairs or _is_one_of((surface, scenario), pairs))
        ]
        return found if self.expression is None else filter_cells(found, self.expression)

    def to_pytest(self) -> str:
        """An expression with which `pytest -k` selects the same cells. Raises `WrongInput`."""
        pairs = self._require_names()
        written = (self.expression or "").strip()
        parts = [written]
        parts.append(_in_pytest(self.surfaces, self.scenarios))
        cells = [_in_pytest([surface], [scenario]) for surface, scenario in pairs]
        parts.append(" or ".join(cells) if all(cells) else "")  # one that is all cells
        return " and ".join(f"({part})" for part in parts if part)

    def _require_names(self) -> list[Cell]:
        """The pairs of names among the cells. Raises `WrongInput` for names of nothing."""
        for surface in self.surfaces:
            require_name("surface", surface, SURFACES)
        for scenario in self.scenarios:
            require_name("scenario", scenario, SCENARIOS)
        return [split_cell(text) for text in self.cells]

    @property
    def _options(self) -> list[tuple[str, str]]:
        given = [] if self.expression is None else [(EXPRESSION, self.expression)]
        named = ((SURFACE, self.surfaces), (SCENARIO, self.scenarios), (CELL, self.cells))
        return given + [(option, value) for option, values in named for value in values]


EVERY = Selection()
"""All cells."""


def split_cell(text: str) -> Cell:
    """The two names in `SURFACE/SCENARIO`, which may be globs. Raises `WrongInput`."""
    surface, slash, scenario = text.partition("/")
    if not slash:
        raise WrongInput(f"{text!r} is not SURFACE/SCENARIO, such as tornado_handler/peer_ends")
    require_name("surface", surface, SURFACES)
    require_name("scenario", scenario, SCENARIOS)
    return surface, scenario


def _matches(name: str, globs: Sequence[str]) -> bool:
    return not globs or any(fnmatchcase(name, glob) for glob in globs)


def _is_one_of(cell: Cell, pairs: Iterable[Cell]) -> bool:
    return any(all(map(fnmatchcase, cell, pair)) for pair in pairs)


def _in_pytest(surfaces: Sequence[str], scenarios: Sequence[str]) -> str:
    """What the ids of tests have between `[` and `]`, as an expression; all where none is named."""
    ours = [f"[{name}-" for name in SURFACES if _matches(name, surfaces)]
    theirs = [f"-{name}]" for name in SCENARIOS if _matches(name, scenarios)]
    parts = ((ours, len(SURFACES)), (theirs, len(SCENARIOS)))
    return " and ".join(f"({' or '.join(names)})" for names, most in parts if len(names) < most)


def choose_libraries(names: Sequence[str]) -> list[Library]:
    """The libraries of these names, or every known one. Raises `WrongInput`."""
    drivers.load_drivers(drivers.names())
    return list(dict.fromkeys(map(library_named, names))) or list(LIBRARIES.values())


def filter_cells(cells: Iterable[Cell], expression: str) -> list[Cell]:
    """The cells that an expression selects, as `pytest -k` does. Raises `WrongInput`."""
    if not expression.strip():  # as for pytest
        return list(cells)
    selects = _compile(expression)
    return [cell for cell in cells if selects("\n".join(keywords(cell)).lower())]


def keywords(cell: Cell) -> Iterator[str]:
    """The names that `pytest -k` looks into: of the test, its module, its package, the library."""
    group = SCENARIOS[cell[1]].group
    yield from (f"test_{group}[{'-'.join(cell)}]", f"test_{group}.py", "suites")
    yield SURFACES[cell[0]].library.name


def _compile(expression: str) -> Callable[[str], bool]:
    """Whether the expression is true of names in lower case, one a line."""
    from _pytest.mark.expression import Expression  # the language of -k, by those who made it

    try:
        compiled = Expression.compile(expression)
    except SyntaxError as error:
        raise WrongInput(f"-k {expression!r} is not an expression: {error.msg}") from error
    except (MemoryError, RecursionError, ValueError) as error:  # of Python's own parser
        raise WrongInput(f"-k {expression[:40]!r}... is nested too deeply") from error

    def selects(names: str) -> bool:
        def is_there(word: str, /, **values: object) -> bool:
            if values:
                raise WrongInput(f"-k {expression!r}: {word} takes no values: write {word!r} alone")
            return word.lower() in names

        return compiled.evaluate(is_there)

    return selects


def cells_of(library: Library, selection: Selection | str | None = None) -> list[Cell]:
    """Every cell of a library, or those that a selection, or an expression of pytest, selects.

    Raises `WrongInput` for an expression that cannot be parsed, and for unknown names.
    """
    found = [
        (surface.name, scenario.name)
        for surface in SURFACES.values()
        if surface.library == library
        for scenario in SCENARIOS.values()
        if surface.plays(scenario)
    ]
    if isinstance(selection, str):
        return filter_cells(found, selection)
    return selection.select(found) if selection else found
