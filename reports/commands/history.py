"""The commands `history` and `since`: which release changed what, looked up in the history."""

from __future__ import annotations

import argparse
import sys

from fixtures.drivers.surfaces import SURFACES

from ..arguments import add_cell, add_expression, add_histories, cell_named
from ..history import load
from ..history.change_points import recorded
from ..render.history_report import report_history, report_missing_cells, report_since
from ..render.section import Section
from ..render.terminal import render
from ..results.cell_selection import cells_of
from ..results.targets import library_named


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `history` and `since`."""
    history = commands.add_parser(
        "history", help="which release changed what", description=tell_history.__doc__
    )
    history.add_argument("library", help="such as websocket-client")
    add_expression(history)
    history.add_argument("--minor", action="store_true", help="orders and log records as well")
    add_histories(history)
    history.set_defaults(run=tell_history)
    since = commands.add_parser(
        "since", help="which release made a cell what it is", description=tell_since.__doc__
    )
    add_cell(since)
    since.add_argument("--release", metavar="V", help="what it is in V (in the newest)")
    add_histories(since)
    since.set_defaults(run=tell_since)


def tell_history(options: argparse.Namespace) -> int:
    """Print each release in which a selected cell changes, and what changes, in words."""
    library = library_named(options.library)
    history = load(library.name, options.histories)
    chosen = cells_of(library, options.expression)
    cells = recorded(history, chosen)
    head, *points = report_history(history, cells, minor=options.minor)
    lines = (*head.lines, *report_missing_cells(chosen, cells))
    render([Section(head.title, lines), *points], sys.stdout)
    return 0


def tell_since(options: argparse.Namespace) -> int:
    """Print the release that made a cell what it is, and what it changed."""
    cell = cell_named(options.surface, options.scenario)
    history = load(SURFACES[cell[0]].library.name, options.histories)
    recorded(history, [cell])
    version = options.release or history.runnable[-1]
    history.require(version)
    render([report_since(history, cell, version)], sys.stdout)
    return 0
