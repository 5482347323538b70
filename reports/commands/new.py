"""The command `new`: releases that the index has and the history lacks, and what they change."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from packaging.version import Version

from fixtures.drivers.surfaces import Library
from fixtures.run.interpreter import encode_interpreter, find_interpreter

from ..arguments import add_histories
from ..diff.comparison import MATTERS, Comparison
from ..history import (
    History,
    HistoryError,
    load,
    path_of,
    rebuild_history,
    stale,
    write,
)
from ..history.change_points import between, count_cells
from ..program_name import PROGRAM
from ..render.comparison_report import report_comparison
from ..render.section import Line, Section
from ..render.terminal import render_terminal
from ..results.cell_selection import cells_of
from ..results.release import NotRunnable, Release
from ..results.targets import library_named, parse_target
from ..running.environments import releases
from ..running.progress import show_progress
from ..running.release_runs import run_releases


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", help="a library, such as websocket-client")
    parser.add_argument(
        "--update-history", action="store_true", help="add the new releases to the stored history"
    )
    add_histories(parser)


def run(options: argparse.Namespace) -> int:
    """Run the releases that the history lacks, and print what each changes.

    Exit status: 0 if there is none, or if nothing that matters changes; 1 if something does; 3
    if one of them could not be run, or if the index could not be asked.
    """
    library = library_named(options.library)
    known = load(library.name, options.histories)
    _require_current(known)
    missing = find_missing_releases(known, list(releases(library)))
    if not missing:
        newest = list(known.releases)[-1]
        text = f"the history has every release of the index up to {newest}"
        render_terminal([Section(library.name, (Line("new", text),))], sys.stdout)
        return 0
    found = _run(library, missing)
    history = rebuild_history(library.name, found, known)
    comparisons = list(compare_releases(history, missing))
    failed = {release.label: release.reason for release in found if release.reason}
    render_terminal(_sections(library, missing, failed, comparisons), sys.stdout)
    if options.update_history:
        write(path_of(library.name, options.histories), history)
    if failed:
        return NotRunnable.exit_status
    return int(any(comparison.select(*MATTERS) for comparison in comparisons))


def find_missing_releases(history: History, index: list[str]) -> list[str]:
    """The releases of the index that are newer than the oldest of the history, and not in it."""
    oldest = Version(next(iter(history.releases)))
    return sorted(
        (v for v in index if Version(v) > oldest and v not in history.releases), key=Version
    )


def compare_releases(history: History, versions: list[str]) -> Iterator[Comparison]:
    """Each of these releases that can be run against the one before it."""
    for version in versions:
        before = history.before(version)
        if before and version in history.runnable:
            yield between(history, before, version, history.cells)


def _require_current(known: History) -> None:
    """Raise `HistoryError` if the new releases could not be put beside the known ones."""
    here = encode_interpreter(find_interpreter().drop_micro())
    if known.code.python != here:
        raise HistoryError(
            f"the history of {known.library} is for {known.code.python}, and this is {here}: new "
            "releases are put into it with that Python"
        )
    changed = stale(known)
    if changed:
        raise HistoryError(
            f"the history of {known.library} is out of date: {count_cells(changed)}, such as "
            f"{'-'.join(changed[0])}, which is new or has changed. Rebuild it "
            f"first: {PROGRAM} sweep {known.library} --update-history"
        )


def _run(library: Library, versions: list[str]) -> list[Release]:
    targets = [parse_target(library, version) for version in versions]
    with show_progress() as progress:
        return list(run_releases(targets, cells_of(library), progress=progress))


def _sections(
    library: Library, missing: list[str], failed: dict[str, str], comparisons: list[Comparison]
) -> Iterator[Section]:
    lines = [Line("new", ", ".join(missing))]
    lines += [Line("not run", f"{version}: {reason}") for version, reason in failed.items()]
    yield Section(library.name, tuple(lines))
    for comparison in comparisons:
        yield from report_comparison(comparison)
