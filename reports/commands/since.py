"""The command `since`: which release made a cell what it is, looked up in the history."""

from __future__ import annotations

import argparse
import sys

from fixtures.drivers.surfaces import SURFACES

from ..arguments import add_cell, add_histories, cell_named
from ..history import load, load_others
from ..history.change_points import require_cells
from ..render.history_report import report_since
from ..render.python_report import report_other_pythons
from ..render.terminal import render_terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_cell(parser)
    parser.add_argument("--release", metavar="V", help="look at release V (default: the newest)")
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print the release that made a cell what it is, and what it changed.

    Then, for each other kind of Python, what differs there in the newest release that is stored.
    """
    cell = cell_named(options.surface, options.scenario)
    history = load(SURFACES[cell[0]].library.name, options.histories)
    require_cells(history, [cell])
    version = options.release or history.runnable[-1]
    history.require(version)
    others = report_other_pythons(history, load_others(history, options.histories), [cell])
    render_terminal([report_since(history, cell, version), *others], sys.stdout)
    return 0
