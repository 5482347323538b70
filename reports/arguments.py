"""Arguments that several commands take: one cell, a library's release, the folder of histories."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS, Scenario

from .history import FOLDER
from .results import user_drivers as drivers
from .results.cell_selection import CELL, EVERY, EXPRESSION, SCENARIO, SURFACE
from .results.known_names import suggest_names
from .results.release import Cell, WrongInput


def add_cell(parser: argparse.ArgumentParser) -> None:
    """Add the two arguments that name a cell."""
    parser.add_argument(
        "surface", help="a surface, such as websocket_client_app; or a cell, SURFACE/SCENARIO"
    )
    parser.add_argument("scenario", nargs="?", help="a scenario, such as peer_closes_first")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options that select cells: `-k`, as in pytest, and exact names."""
    parser.set_defaults(selection=EVERY)
    texts = {
        EXPRESSION: ("EXPR", "only the cells that EXPR selects, as pytest -k"),
        SURFACE: ("NAME", "only this surface, or those that a glob matches (repeatable)"),
        SCENARIO: ("NAME", "only this scenario, or those that a glob matches (repeatable)"),
        CELL: ("SURFACE/SCENARIO", "only this cell, or those that two globs match (repeatable)"),
    }
    for option, (metavar, text) in texts.items():
        parser.add_argument(
            option, dest="selection", action=_Select, metavar=metavar, default=EVERY, help=text
        )


class _Select(argparse.Action):
    """Adds what an option selects to what those before it do."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Put a `Selection` that has this option as well into `selection`."""
        [option] = self.option_strings
        namespace.selection = namespace.selection.add(option, str(values))


def add_histories(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where histories are."""
    parser.add_argument(
        "--histories",
        type=Path,
        default=FOLDER,
        metavar="DIR",
        help="the folder of the histories, LIBRARY.json (default: that of this project)",
    )


def whole_number(most: int, least: int = 0) -> Callable[[str], int]:
    """Reads the argument of an option that takes a number, neither too small nor too large."""

    def read(text: str) -> int:
        if re.fullmatch("[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")

    return read


def python_version(text: str) -> str:
    """Reads the argument of an option that names a Python, such as 3.12 or 3.12.4."""
    if re.fullmatch(r"3\.[0-9]{1,2}(\.[0-9]{1,2})?", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is not a Python: write one such as 3.12")


def add_running(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say what is run."""
    add_selection(parser)
    parser.add_argument(
        "--run",
        dest="run_known",
        action="store_true",
        help="run the releases that the history of this project knows as well",
    )
    parser.add_argument("--fresh", action="store_true", help="run again what has a stored result")
    parser.add_argument("--build", action="store_true", help="build releases that have no wheel")


def cell_named(surface: str, scenario: str | None) -> Cell:
    """The cell of these names, or of one `SURFACE/SCENARIO`.

    Raises `WrongInput` for names that are unknown, or do not meet.
    """
    drivers.load_drivers(drivers.names())
    if scenario is None:
        surface, slash, scenario = surface.partition("/")
        if not slash:
            raise WrongInput(f"give a scenario as well: {surface} SCENARIO, or {surface}/SCENARIO")
    _require_known("surface", surface, SURFACES)
    _require_no_situation(surface, scenario)
    _require_known("scenario", scenario, SCENARIOS)
    if not SURFACES[surface].plays(SCENARIOS[scenario]):
        reason = _no_part(SURFACES[surface], SCENARIOS[scenario])
        raise WrongInput(f"{surface} has no part in {scenario}: {reason}")
    return surface, scenario


def _no_part(surface: Surface, scenario: Scenario) -> str:
    """Why a surface does not play a scenario."""
    if surface.peer_role not in scenario.peer_roles:
        return f"there the peer is not a {surface.peer_role}"
    if scenario.surfaces and not (surface.tls and scenario.settings.tls):
        return f"it is for {', '.join(scenario.surfaces)}"
    return f"there {surface.variant_of} shows all there is to see"


def _require_no_situation(surface: str, name: str) -> None:
    """Raise `WrongInput` if this is what two libraries are in together, and no cell."""
    if name in SCENARIOS:
        return
    from fixtures.interop.situation import SITUATIONS

    if name in SITUATIONS:
        raise WrongInput(
            f"{name} is a situation of the interop group, of two libraries at once; this shows it: "
            f'pytest -k "interop and {surface} and {name}" --trace'
        )


def _require_known(what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise WrongInput(f"no {what} is called {name!r}.{suggest_names(what, name, names)}")
