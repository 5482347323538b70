"""The command `history`: which release changed what, looked up in the history."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator

from ..arguments import add_histories, add_selection
from ..history import load, load_others
from ..history.change_points import require_cells
from ..program_name import PROGRAM
from ..render.history_report import report_history, report_missing_cells, summarize_history
from ..render.python_report import report_other_pythons
from ..render.section import COMMAND, Line, Section
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of
from ..results.targets import library_named

FEW = 30
"""Cells of which everything is printed; of more, a summary."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", help="a library, such as websocket-client")
    add_selection(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"print every change, of more than {FEW} cells as well",
    )
    parser.add_argument(
        "--minor", action="store_true", help="print changes of orders and log records as well"
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print each release in which a selected cell changes, and what changes, in words.

    Of many cells it is a summary: in how many, in how many ways, and what leads.

    Then, for each other kind of Python, what differs there in the newest release that is stored.
    """
    library = library_named(options.library)
    history = load(library.name, options.histories)
    chosen = cells_of(library, options.selection)
    cells = require_cells(history, chosen, options.selection)
    if len(cells) <= FEW or options.all or options.minor:
        head, *sections = report_history(history, cells, minor=options.minor)
    else:
        head, *sections = summarize_history(history, cells)
        sections.append(Section("To see more", tuple(_see_more(options))))
    lines = (*head.lines, *report_missing_cells(chosen, cells))
    others = report_other_pythons(history, load_others(history, options.histories), cells)
    render_terminal([Section(head.title, lines), *sections, *others], sys.stdout)
    return 0


def _see_more(options: argparse.Namespace) -> Iterator[Line]:
    """The commands that show everything: of all cells, of a cell, of a release."""
    words = ["history", options.library, *options.selection.words]
    yield Line("all of it", f"{PROGRAM} {shlex.join(words)} --all", COMMAND)
    yield Line("some cells", f"{PROGRAM} history {options.library} --cell 'SURFACE/*'", COMMAND)
    yield Line("a release", f"{PROGRAM} compare {options.library} OLD NEW", COMMAND)
