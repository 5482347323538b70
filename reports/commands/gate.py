"""May this upgrade go in? What CI calls: `python -m reports gate`.

Takes the two targets from `--from` and `--to`, or out of two lock files, and gates only libraries
that moved. Exit status: see `reports.upgrade.exit_status`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fixtures.drivers.surfaces import LIBRARIES

from ..arguments import add_histories, add_running, python_version, whole_number
from ..diff.comparison import Comparison
from ..html.upgrade_document import render_document
from ..render.output import add_output, write_report
from ..results import user_drivers as drivers
from ..results.cell_selection import cells_of
from ..results.release import WrongInput
from ..results.targets import Target, library_named, parse_target
from ..upgrade.acceptances import add_accepting, require_reason
from ..upgrade.accepting import accept_blocks
from ..upgrade.exit_status import STATUS, UpgradeResult
from ..upgrade.lock_markers import choose_python
from ..upgrade.lock_moves import Moves, compare_impossible, find_moves, is_impossible, read_files
from ..upgrade.policy import Policy
from ..upgrade.policy_file import OWN, SHARED, find_policy, load_policy
from ..upgrade.release_pair import RunOptions, compare_targets
from ..upgrade.settling import settle_all

HOW = "give LIBRARY --from OLD --to NEW, or --lock OLD NEW (two files), or --base REF --lock FILE"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, and say what each exit status means."""
    meanings = "; ".join(f"{status} {text}" for status, text in STATUS.items())
    parser.epilog = f"Exit status: {meanings}."
    parser.add_argument(
        "library",
        nargs="*",
        metavar="LIBRARY",
        help="libraries to compare (default: all whose pin moved)",
    )
    parser.add_argument(
        "--from", dest="old", metavar="OLD", help="a release, a checkout, or a record"
    )
    parser.add_argument(
        "--to", dest="new", metavar="NEW", help="a release, a checkout, or a record"
    )
    parser.add_argument(
        "--lock",
        nargs="+",
        metavar=("FILE", "FILE"),
        help="two lock files, the old and the new one; with --base one (forms: see the README)",
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="a commit, such as origin/main: the old lock file is what --lock FILE was there",
    )
    parser.add_argument(
        "--python",
        type=python_version,
        metavar="X.Y",
        help="of lock files, take the pins for this Python (default: for the one that runs this)",
    )
    parser.add_argument(
        "--allow-outside",
        action="store_true",
        help="let requirements files include (-r) files out of their folder",
    )
    parser.add_argument(
        "--policy",
        type=Path,
        metavar="FILE",
        help=f"what you use and accept (default: {OWN}, or a table of {SHARED}, here or above)",
    )
    add_accepting(parser)
    parser.add_argument(
        "--minimum",
        type=whole_number(1_000_000),
        default=1,
        metavar="N",
        help="the least number of cells that must be compared (default: 1)",
    )
    parser.add_argument("--warn-only", action="store_true", help="exit with 0 where it would be 1")
    add_running(parser)
    add_histories(parser)
    add_output(parser, render_document)


def run(options: argparse.Namespace) -> int:
    """Compare two releases, or what two lock files pin; the exit status is for CI."""
    drivers.load_drivers(drivers.names())
    require_reason(options)
    file = find_policy(options.policy)
    rules = load_policy(file) if file else Policy()
    moves = _find_moves(options)
    compared = [_compare_move(rules, *pair, options) for pair in moves.pairs]
    settled, notes = settle_all(rules, compared), list(moves.notes)
    if options.accept:
        rules, written = accept_blocks(rules, file, [one.comparison for one in settled], options)
        settled, notes = settle_all(rules, compared), [*notes, *written]
    result = UpgradeResult(
        tuple(one.comparison for one in settled),
        tuple(notes),
        tuple(str(entry) for one in settled for entry in one.unused),
        options.minimum,
        options.warn_only,
        acceptable=True,
        lock=Path(options.lock[0 if options.base else 1]) if options.lock else None,
    )
    return write_report(result, options)


def _compare_move(
    rules: Policy, old: Target, new: Target, options: argparse.Namespace
) -> Comparison:
    cells = [cell for cell in cells_of(old.library, options.selection) if rules.uses(cell)]
    if is_impossible(old, new):
        return compare_impossible(old, new, cells)
    return compare_targets(old, new, cells, RunOptions.of(options))


def _find_moves(options: argparse.Namespace) -> Moves:
    """What is to be compared, and notes on what is not. Raises `WrongInput`."""
    count = 1 if options.base else 2
    files = [Path(name) for name in (options.lock or ())[:count]]
    names = [*options.library, *(options.lock or ())[count:]]  # --lock OLD NEW LIBRARY
    libraries = list(dict.fromkeys(map(library_named, names)))
    if files and (options.old or options.new):
        raise WrongInput("give either --lock OLD NEW, or --from OLD --to NEW with a library")
    if files:
        old, new = read_files(files, options.base, outside=options.allow_outside)
        chosen, environment = libraries or LIBRARIES.values(), choose_python(options.python)
        needed = options.minimum > 0
        return find_moves(old, new, chosen, environment, asked=bool(libraries), needed=needed)
    if options.base or not (options.old and options.new and len(libraries) == 1):
        raise WrongInput(HOW)
    library = libraries[0]
    return Moves([(parse_target(library, options.old), parse_target(library, options.new))])
