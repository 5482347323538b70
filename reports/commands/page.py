"""The command `page`: what a library's documents promise, and what a record shows of it.

The page is Markdown, and the same for the same record. A promise that no cell of the record
checks is red, and so is everything that `suites.judging.judge` calls so.
"""

from __future__ import annotations

import argparse
import shlex
import sys

from fixtures.drivers.surfaces import Library
from suites.judging import issue_files

from ..page import document as page_text
from ..page.page_model import build_page
from ..render.output import writable
from ..results.cell_selection import cells_of
from ..results.release import Release
from ..results.targets import RECORD, Target, library_named, parse_target, read_recorded
from ..running.progress import show_progress
from ..running.release_runs import run_releases


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", help="a library, such as websocket-client")
    of = parser.add_mutually_exclusive_group()
    of.add_argument(
        "--record",
        metavar="FILE",
        help="judge the record FILE: what pytest --record or a sweep wrote",
    )
    of.add_argument(
        "--release",
        metavar="V",
        default="installed",
        help="judge a release or a checkout, which is run if need be (default: installed)",
    )
    parser.add_argument(
        "--output",
        type=writable,
        metavar="FILE",
        help="write the page to FILE (default: the output)",
    )
    parser.add_argument(
        "--cells", action="store_true", help="name every cell below the promise that it checks"
    )


def run(options: argparse.Namespace) -> int:
    """Write the page of a library: each documented promise, its checks and their verdicts.

    Exit status: 0 if every promise has a check and nothing is red, 1 if a promise has none or
    something is red, 2 if the command line or a file is wrong, 3 if the record lacks cells or
    nothing could be judged.
    """
    library = library_named(options.library)
    issues = issue_files.load_deviations()
    is_recorded = options.record is not None
    release = _read_release(library, options.record) if is_recorded else _run(library, options)
    found = build_page(release, issues)
    shown_by = found.version if is_recorded else options.release
    again = "" if shown_by == "installed" else f" --release {shlex.quote(shown_by)}"
    text = page_text.render_page(found, again, every_cell=options.cells)
    if options.output is None:
        sys.stdout.write(text)
    else:
        options.output.write_text(text, encoding="utf-8")
        print(page_text.summary(found))
    return found.status


def _run(library: Library, options: argparse.Namespace) -> Release:
    """What a release shows, run where it is not known yet."""
    targets, cells = [parse_target(library, options.release)], cells_of(library)
    with show_progress() as progress:
        [found] = run_releases(targets, cells, progress=progress, advance=progress.advance)
    return found


def _read_release(library: Library, record: str) -> Release:
    """What a record holds of the library. Raises `WrongInput` for a file that is not a record."""
    is_named = ".jsonl" in record  # FILE.jsonl@RELEASE is one of several
    chosen = (
        parse_target(library, record) if is_named else Target(library, record, RECORD, place=record)
    )
    return read_recorded(chosen)
