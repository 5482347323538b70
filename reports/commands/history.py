"""The command `history`: which release changed what, looked up in the history."""

from __future__ import annotations

import argparse
import sys

from ..arguments import add_histories, add_selection
from ..history import load, load_others
from ..history.change_points import require_cells
from ..render.history_report import report_history, report_missing_cells
from ..render.python_report import report_other_pythons
from ..render.section import Section
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of
from ..results.targets import library_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", help="a library, such as websocket-client")
    add_selection(parser)
    parser.add_argument(
        "--minor", action="store_true", help="print changes of orders and log records as well"
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print each release in which a selected cell changes, and what changes, in words.

    Then, for each other kind of Python, what differs there in the newest release that is stored.
    """
    library = library_named(options.library)
    history = load(library.name, options.histories)
    chosen = cells_of(library, options.selection)
    cells = require_cells(history, chosen, options.selection)
    head, *sections = report_history(history, cells, minor=options.minor)
    lines = (*head.lines, *report_missing_cells(chosen, cells))
    others = report_other_pythons(history, load_others(history, options.histories), cells)
    render_terminal([Section(head.title, lines), *sections, *others], sys.stdout)
    return 0
