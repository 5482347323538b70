"""The command `explain`: all that is known of one cell.

What the documents promise, what one release does, on one timeline with the wire, what the checks
say of it, and the history of the cell.
"""

from __future__ import annotations

import argparse
import sys

import suites.promises  # noqa: F401 -- declares the promises
from fixtures.drivers.surfaces import SURFACES
from fixtures.run.distribution import is_installed
from suites.judging.issue_files import load_deviations

from ..arguments import add_cell, add_histories, cell_named
from ..history import History, HistoryError, load, load_others
from ..history.change_points import require_cells, result
from ..render.cell_explanation import Observation, explain_cell
from ..render.python_report import report_other_pythons
from ..render.terminal import render_terminal
from ..results.release import Cell, CellResult, NotRunnable
from ..results.targets import parse_target
from ..running.release_runs import run_releases


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_cell(parser)
    parser.add_argument(
        "--release",
        metavar="V",
        help="a release, 'installed' or a checkout (default: what is installed, or the newest)",
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Print all about one cell: documents, timeline, verdicts, history.

    Exit status: 0, or 3 if the release could not be run and the history does not know it.
    """
    load_deviations()  # a mistake in the issues is an error before anything is printed
    cell = cell_named(options.surface, options.scenario)
    history, problem = _history(cell, options)
    others = load_others(history, options.histories) if history else []
    seen = _observe(cell, options.release, history)
    sections = explain_cell(cell, seen, history, problem)
    differing = report_other_pythons(history, others, [cell]) if history else ()
    render_terminal([*sections, *differing], sys.stdout)
    return 0 if seen.result.traces or not seen.result.failed else NotRunnable.exit_status


def _history(cell: Cell, options: argparse.Namespace) -> tuple[History | None, str]:
    """The history of the cell, or why there is none."""
    try:
        history = load(SURFACES[cell[0]].library.name, options.histories)
        require_cells(history, [cell])
    except HistoryError as error:
        return None, str(error)
    return history, ""


def _observe(cell: Cell, wanted: str | None, history: History | None) -> Observation:
    """What a release shows now or, where it cannot be run, what the history knows of it."""
    library = SURFACES[cell[0]].library
    newest = history.runnable[-1] if history else "installed"
    label = wanted or ("installed" if is_installed(library) else newest)
    release = next(iter(run_releases([parse_target(library, label)], [cell])))
    found = release.cells.get(cell, CellResult(reason=release.reason, failed=True))
    if found.traces or not found.failed or history is None or label not in history.runnable:
        origin = f"run with {release.python}"
        return Observation(release.version or label, found, origin, release.python)
    origin = f"from the history for {history.code.python}: {found.reason}"
    return Observation(label, result(history, cell, label), origin, history.code.python)
