"""The command `since`: which releases made a cell what it is, looked up in the history."""

from __future__ import annotations

import argparse
import sys

from fixtures.drivers.surfaces import SURFACES

from ..arguments import add_cell, add_histories, cell_named
from ..history import load, load_others
from ..history.change_points import require_cells
from ..render.python_report import report_other_pythons
from ..render.since_report import report_event, report_since
from ..render.terminal import render_terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_cell(parser)
    parser.add_argument("--release", metavar="V", help="look at release V (default: the newest)")
    parser.add_argument(
        "--event",
        metavar="NAME",
        help="only what became of a callback, a call or an exception, such as on_close or recv",
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print the releases that made a cell what it is, newest first, and what each changed.

    With `--event`, the release in which an event came, or went, and how it was in each. Then, for
    each other kind of Python, what differs there in the newest release that is stored.
    """
    cell = cell_named(options.surface, options.scenario)
    history = load(SURFACES[cell[0]].library.name, options.histories)
    require_cells(history, [cell])
    version = options.release or history.runnable[-1]
    history.require(version)
    if options.event is None:
        sections = list(report_since(history, cell, version))
    else:
        sections = list(report_event(history, cell, version, options.event))
    others = report_other_pythons(history, load_others(history, options.histories), [cell])
    render_terminal([*sections, *others], sys.stdout)
    return 0
