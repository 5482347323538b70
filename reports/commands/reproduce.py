"""The command `reproduce`: a stand-alone script that shows a behaviour, for a report upstream."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from fixtures.net import certificates as tls
from fixtures.run.distribution import is_installed

from ..arguments import add_cell, cell_named
from ..reproduction.script import require_writable, write_script
from ..results.release import Cell, CellResult, NotRunnable, WrongInput
from ..results.targets import parse_target
from ..results.unwritable import refuse
from ..running.release_runs import run_releases


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_cell(parser)
    parser.add_argument(
        "--release", metavar="V", help="show what release V does (default: what is installed)"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the script to FILE (default: the output)"
    )


def run(options: argparse.Namespace) -> int:
    """Write a script that shows a behaviour with the library and the standard library alone.

    Exit status: 0, or 3 if the release, or this cell of it, could not be run.
    """
    cell = cell_named(options.surface, options.scenario)
    text = reproduce_cell(cell, options.release)
    if options.output is None:
        sys.stdout.write(text)
        return 0
    try:
        options.output.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise refuse("--output", options.output, error) from error
    return 0


def reproduce_cell(cell: Cell, release: str | None = None) -> str:
    """The script for a cell of a release. Raises `NotRunnable` and `WrongInput`."""
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    if release is None and not is_installed(surface.library):
        raise WrongInput(f"{surface.library} is not installed here: name a --release")
    require_writable(surface, scenario)  # before anything is run
    trace = _trace(cell, release)
    if not (surface.tls or scenario.settings.tls):
        return write_script(surface, scenario, trace)
    with tempfile.TemporaryDirectory() as folder:
        return write_script(surface, scenario, trace, tls.issue(Path(folder)))


def _trace(cell: Cell, release: str | None) -> Trace:
    """What the cell shows; what it shows most often, if it races."""
    library = SURFACES[cell[0]].library
    found = next(iter(run_releases([parse_target(library, release or "installed")], [cell])))
    result = found.cells.get(cell, CellResult(reason=found.reason))
    if not result.traces or result.problems:
        raise NotRunnable(f"{'-'.join(cell)}: {'; '.join(result.problems) or result.reason}")
    return max(result.traces, key=lambda trace: result.behaviours[trace.behaviour_id])
