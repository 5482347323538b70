"""Arguments that several commands take: one cell, a library's release, the folder of histories."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.text import suggest

from .history import FOLDER
from .results import user_drivers as drivers
from .results.release import Cell, WrongInput


def add_cell(parser: argparse.ArgumentParser) -> None:
    """Add the two arguments that name a cell."""
    parser.add_argument("surface", help="a surface, such as websocket_client_app")
    parser.add_argument("scenario", help="a scenario, such as peer_closes_first")


def add_expression(parser: argparse.ArgumentParser) -> None:
    """Add the option that selects cells, as in pytest."""
    parser.add_argument(
        "-k",
        dest="expression",
        metavar="EXPR",
        help="only the cells that EXPR selects, as pytest -k",
    )


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


def add_running(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say what is run."""
    parser.add_argument(
        "-k",
        dest="expression",
        metavar="EXPR",
        help="only the cells that EXPR selects, as pytest -k",
    )
    parser.add_argument(
        "--run",
        dest="run_known",
        action="store_true",
        help="run the releases that the history of this project knows as well",
    )
    parser.add_argument("--fresh", action="store_true", help="run again what has a stored result")
    parser.add_argument("--build", action="store_true", help="build releases that have no wheel")


def cell_named(surface: str, scenario: str) -> Cell:
    """The cell of these names. Raises `WrongInput` for names that are unknown, or do not meet."""
    drivers.load_drivers(drivers.names())
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
    if name in names:
        return
    hint = suggest(name, names) or " To list them all: pytest --collect-only -q"
    raise WrongInput(f"no {what} is called {name!r}.{hint}")
