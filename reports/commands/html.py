"""The command `html`: pages of what is stored, to look at, to publish, and to link to."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..arguments import add_histories
from ..html.render import Job, count_steps, load_history, render
from ..html.site import prepare_folder
from ..results.cell_selection import choose_libraries
from ..results.release import WrongInput
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
        "--every-upgrade",
        action="store_true",
        help="write a page for any two releases (default: for those that most people upgrade)",
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
    chosen = choose_libraries(options.libraries)
    names = tuple(one.name for one in chosen)
    if options.single and options.every_upgrade:
        raise WrongInput("--every-upgrade is for a folder: one file would be too large to attach")
    given = names, options.out, options.histories, tuple(options.records)
    jobs = [Job(name, *given, options.single, options.every_upgrade) for name in names]
    histories = [load_history(job) for job in jobs]
    prepare_folder(options.out)
    with show_progress() as progress:
        progress.expect(sum(map(count_steps, histories)))
        render(jobs, histories, progress.advance)
    files = [f"{name}.html" for name in names] if options.single else ["index.html"]
    print(f"the report is {' and '.join(str(options.out / file) for file in files)}")
    return 0
