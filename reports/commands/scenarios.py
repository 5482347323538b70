"""The command `scenarios`: what can happen, and on which surfaces it is played."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import pluralize

from ..arguments import add_selection
from ..render.section import DIM, Line, Section
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of, choose_libraries
from ..results.release import WrongInput

MOST = 6
"""Surfaces of a scenario that are named without `--all`."""
SCHEMA = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--library",
        action="append",
        default=[],
        metavar="NAME",
        help="only what is played on surfaces of this library (repeatable)",
    )
    add_selection(parser)
    parser.add_argument("--all", action="store_true", help="name every surface")
    parser.add_argument(
        "--format",
        choices=("terminal", "json"),
        default="terminal",
        help="the form of the list (default: terminal)",
    )


def run(options: argparse.Namespace) -> int:
    """List scenarios, group by group: the name, what happens, the surfaces that play it."""
    libraries = choose_libraries(options.library)
    players: dict[str, list[str]] = {}
    for library in libraries:
        for surface, scenario in cells_of(library, options.selection):
            players.setdefault(scenario, []).append(surface)
    if not players:
        raise WrongInput(f"{options.selection} selects no cell of {', '.join(map(str, libraries))}")
    if options.format == "json":
        print(json.dumps({"schema": SCHEMA, "scenarios": list(_as_data(players))}, indent=1))
    else:
        most = None if options.all else MOST
        render_terminal(_list_groups(players, most), sys.stdout)
    return 0


def _as_data(players: Mapping[str, Sequence[str]]) -> Iterator[dict[str, object]]:
    for name, surfaces in players.items():
        one = SCENARIOS[name]
        yield {
            "scenario": name,
            "group": one.group,
            "sentence": one.doc,
            "rfc": one.rfc,
            "tags": sorted(one.tags),
            "surfaces": list(surfaces),
        }


def _list_groups(players: Mapping[str, Sequence[str]], most: int | None) -> Iterator[Section]:
    for group in dict.fromkeys(SCENARIOS[name].group for name in players):
        ours = [name for name in SCENARIOS if name in players and SCENARIOS[name].group == group]
        lines = (line for name in ours for line in _list_one(name, players[name], most))
        yield Section(f"{group}: {pluralize(len(ours), 'scenario')}", tuple(lines))


def _list_one(name: str, surfaces: Iterable[str], most: int | None) -> Iterator[Line]:
    listed = list(surfaces)
    left = 0 if most is None else len(listed) - most
    named = [*listed[:most], f"and {left} more"] if left > 1 else listed
    yield Line("", name)
    yield Line("happens", SCENARIOS[name].doc)
    yield Line("played by", ", ".join(named), DIM)
