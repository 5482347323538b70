"""The command `html`: pages of what is stored, to look at, to publish, and to link to."""

from __future__ import annotations

import argparse
from pathlib import Path

import suites.promises  # noqa: F401 -- declares the promises
from suites.judging.issue_files import load_deviations

from ..arguments import add_histories
from ..history import History, load
from ..html.library_report import LibraryReport
from ..html.pages import write_report, write_single
from ..html.recorded_column import add_releases
from ..html.site import Folder
from ..results.cell_selection import choose_libraries
from ..results.record import load_complete_record
from ..results.release import Release
from ..running.progress import show_progress

FOLDER = "lifecycle-report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "libraries", nargs="*", metavar="LIBRARY", help="a library, such as tornado (default: all)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(FOLDER),
        metavar="DIR",
        help=f"the folder that the pages are written into (default: {FOLDER})",
    )
    parser.add_argument(
        "--single",
        action="store_true",
        help="write one file for each library, LIBRARY.html, which can be attached to a ticket",
    )
    parser.add_argument(
        "--record",
        dest="records",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="put what a record says beside what is stored (repeatable)",
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report of stored history and of records; no library is run.

    Exit status: 0, or 2 if the command line or a file is wrong, or DIR cannot be written.
    """
    libraries = choose_libraries(options.libraries)
    recorded = [release for path in options.records for release in _read_releases(path)]
    histories = [add_releases(load(one.name, options.histories), recorded) for one in libraries]
    listed = load_deviations()
    site = None if options.single else Folder(options.out)
    with show_progress() as progress:
        progress.expect(sum(map(_count_steps, histories)))
        reports = [LibraryReport(one, listed, progress.advance) for one in histories]
        if site:
            write_report(site, reports, progress.advance)
        for report in reports if not site else ():
            write_single(options.out, report, progress.advance)
    names = [f"{report.name}.html" for report in reports] if options.single else ["index.html"]
    print(f"the report is {' and '.join(str(options.out / name) for name in names)}")
    return 0


def _read_releases(path: Path) -> list[Release]:
    """Every release of a record. Raises `WrongInput` for a file that is none, or was cut short."""
    return [one.read() for one in load_complete_record(path).releases]


def _count_steps(history: History) -> int:
    """A step for each cell that is judged in a release, and for each that is written."""
    return len(history.cells) * (len(history.runnable) + 1)
