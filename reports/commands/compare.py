"""What changes between two releases of a library: `python -m reports compare LIBRARY OLD NEW`.

Exit status: see `reports.upgrade.exit_status.STATUS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from suites.cells.story import list_events

from ..arguments import add_histories, add_running
from ..diff.comparison import MATTERS, Comparison
from ..html.upgrade_document import render_document
from ..render.output import add_output, write_report
from ..render.section import RAW, Line, Section
from ..results.cell_selection import cells_of
from ..results.targets import library_named, parse_target
from ..upgrade.exit_status import UpgradeResult
from ..upgrade.release_pair import RunOptions, compare_targets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("library", metavar="LIBRARY", help="a library, such as websocket-client")
    parser.add_argument("old", metavar="OLD", help="what to compare")
    parser.add_argument("new", metavar="NEW", help="what to compare it with")
    parser.add_argument(
        "--trace", action="store_true", help="show every event of each cell that changes"
    )
    add_running(parser)
    add_histories(parser)
    add_output(parser, render_document)


def run(options: argparse.Namespace) -> int:
    """Say what an application will notice between two releases of a library.

    OLD and NEW are releases, 'installed', paths of checkouts, or recorded files (*.jsonl).
    """
    library = library_named(options.library)
    old, new = (parse_target(library, text) for text in (options.old, options.new))
    cells = cells_of(library, options.selection)
    remarks = () if cells else (f"{options.selection} selects no cell of {library}",)
    comparison = compare_targets(old, new, cells, RunOptions.of(options))
    result = UpgradeResult((comparison,), remarks)
    return write_report(result, options, tuple(_timelines(comparison)) if options.trace else ())


def _timelines(comparison: Comparison) -> Iterator[Section]:
    """Every event of each changed cell, before and now."""
    for difference in comparison.select(*MATTERS):
        for label, trace in zip(("before", "now"), difference.example or (), strict=False):
            name = f"{'/'.join(difference.cell)}, {label}: {trace.loaded.version}"
            yield Section(name, tuple(Line("", f"  {text}", RAW) for text in list_events(trace)))
