"""Which libraries and which cells a command line names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Library
from fixtures.model.scenario import SCENARIOS

from . import user_drivers as drivers
from .release import Cell, WrongInput
from .targets import library_named


def choose_libraries(names: Sequence[str]) -> list[Library]:
    """The libraries of these names, or every known one. Raises `WrongInput`."""
    drivers.load_drivers(drivers.names())
    return [library_named(name) for name in dict.fromkeys(names)] or list(LIBRARIES.values())


def filter_cells(cells: Iterable[Cell], expression: str) -> list[Cell]:
    """The cells that an expression selects, as `pytest -k` does. Raises `WrongInput`."""
    from _pytest.mark.expression import Expression  # the language of -k, by those who made it

    try:
        compiled = Expression.compile(expression)
    except SyntaxError as error:
        raise WrongInput(f"-k {expression!r} is not an expression: {error.msg}") from error
    except (MemoryError, RecursionError, ValueError) as error:  # of Python's own parser
        raise WrongInput(f"-k {expression[:40]!r}... is nested too deeply") from error

    def selects(cell: Cell) -> bool:
        group, library = SCENARIOS[cell[1]].group, SURFACES[cell[0]].library.name
        names = [name.lower() for name in (*cell, group, library, "-".join(cell))]
        return compiled.evaluate(lambda word, /, **_: any(word.lower() in name for name in names))

    return [cell for cell in cells if selects(cell)]


def cells_of(library: Library, expression: str | None = None) -> list[Cell]:
    """Every cell of a library, or those that an expression selects, as in `-k`.

    It is matched with the names of surface, scenario, group and library. Raises `WrongInput` for
    an expression that cannot be parsed.
    """
    found = [
        (surface.name, scenario.name)
        for surface in SURFACES.values()
        for scenario in SCENARIOS.values()
        if surface.library == library and surface.plays(scenario)
    ]
    return found if expression is None else filter_cells(found, expression)
