"""The command `advise`: how far a library can be upgraded before the selected cells change."""

from __future__ import annotations

import argparse
import sys

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import Version

from ..arguments import add_histories, add_selection
from ..history import load, load_others
from ..history.advice import find_advice
from ..history.change_points import require_cells
from ..render.advice_report import report_advice
from ..render.history_report import report_missing_cells
from ..render.python_report import report_differing
from ..render.section import Section
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of
from ..results.release import WrongInput
from ..results.targets import library_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "pin", metavar="LIBRARY==V", help="what you use, such as websocket-client==1.8.0"
    )
    add_selection(parser)
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print how far to upgrade: what is unchanged, what changes little, and what to skip."""
    name, version = parse_pin(options.pin)
    library = library_named(name)
    history = load(library.name, options.histories)
    chosen = cells_of(library, options.selection)
    cells = require_cells(history, chosen, options.selection)
    found = find_advice(history, version, cells)
    first, *others = report_advice(history, found, options.selection)
    pythons = report_differing(history, load_others(history, options.histories), cells)
    lines = (*first.lines, *pythons, *report_missing_cells(chosen, cells))
    render_terminal([Section(first.title, lines), *others], sys.stdout)
    return 0


def parse_pin(text: str) -> tuple[str, str]:
    """Library and release of `LIBRARY==V`. Raises `WrongInput`."""
    try:
        wanted = Requirement(text)
    except (InvalidRequirement, RecursionError, ValueError) as error:
        raise WrongInput(f"{text!r} is not LIBRARY==V, such as websocket-client==1.8.0") from error
    pins = [one.version for one in wanted.specifier if one.operator in {"==", "==="}]
    if len(wanted.specifier) != 1 or len(pins) != 1 or "*" in pins[0]:
        raise WrongInput(f"{text!r} does not name a single release: write {wanted.name}==V")
    try:
        return wanted.name, str(Version(pins[0]))
    except ValueError as error:
        raise WrongInput(f"{pins[0]!r} is not a release: write {wanted.name}==V") from error
