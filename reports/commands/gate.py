"""May this upgrade go in? What CI calls: `python -m reports gate`.

Takes the two targets from `--from` and `--to`, or out of two lock files, and gates only libraries
that moved. Exit status: see `reports.upgrade.exit_status`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fixtures.drivers.surfaces import LIBRARIES, Library

from ..arguments import add_histories, add_running, whole_number
from ..diff.comparison import Comparison
from ..render.output import add_output, write_report
from ..results import user_drivers as drivers
from ..results.cell_selection import cells_of
from ..results.release import WrongInput
from ..results.targets import Target, library_named, parse_target
from ..upgrade import lockfiles, policy
from ..upgrade.exit_status import STATUS, UpgradeResult
from ..upgrade.policy import Policy, settle
from ..upgrade.release_pair import RunOptions, compare_targets

POLICY = Path("lifecycle.toml")
Move = tuple[Library, str, str]
"""A library, and what it moves from and to."""


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
        nargs=2,
        type=Path,
        metavar=("OLD", "NEW"),
        help="two lock files: uv.lock, poetry.lock, pylock.toml, Pipfile.lock, requirements*.txt",
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
        help=f"what you use and accept (default: {POLICY}, if it is there)",
    )
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
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Compare two releases, or what two lock files pin; the exit status is for CI."""
    drivers.load_drivers(drivers.names())
    rules = _policy(options.policy)
    moves, remarks = _moves(options)
    pairs = [
        (parse_target(library, old), parse_target(library, new)) for library, old, new in moves
    ]
    settled = [settle(rules, _compare_move(rules, *pair, options)) for pair in pairs]
    result = UpgradeResult(
        tuple(one.comparison for one in settled),
        tuple(remarks),
        tuple(str(entry) for one in settled for entry in one.unused),
        options.minimum,
        options.warn_only,
    )
    return write_report(result, options)


def _compare_move(
    rules: Policy, old: Target, new: Target, options: argparse.Namespace
) -> Comparison:
    cells = [cell for cell in cells_of(old.library, options.selection) if rules.uses(cell)]
    return compare_targets(old, new, cells, RunOptions.of(options))


def _policy(path: Path | None) -> Policy:
    if path is None and not os.path.lexists(POLICY):
        return Policy()
    return policy.load_policy(path or POLICY)


def _moves(options: argparse.Namespace) -> tuple[list[Move], list[str]]:
    """What has moved, and notes on what has not. Raises `WrongInput`."""
    libraries = [library_named(name) for name in dict.fromkeys(options.library)]
    if options.lock and (options.old or options.new):
        raise WrongInput("give either --lock OLD NEW, or --from OLD --to NEW with a library")
    if options.lock:
        return _find_moves(options, libraries, asked=bool(libraries))
    if not (options.old and options.new and len(libraries) == 1):
        raise WrongInput("give LIBRARY --from OLD --to NEW, or --lock OLD NEW (two files)")
    return [(libraries[0], options.old, options.new)], []


def _find_moves(
    options: argparse.Namespace, libraries: list[Library], *, asked: bool
) -> tuple[list[Move], list[str]]:
    old, new = options.lock
    libraries = libraries or list(LIBRARIES.values())
    find = partial(lockfiles.find_pin, outside=options.allow_outside)
    pins = {library: (find(old, library.name), find(new, library.name)) for library in libraries}
    known = [library for library, (was, now) in pins.items() if was or now]
    if not known or (asked and len(known) < len(libraries)):
        missing = ", ".join(str(one) for one in libraries if one not in known)
        raise WrongInput(f"neither {old} nor {new} pins {missing.replace(', ', ' or ')}")
    moves = [(one, was, now) for one, (was, now) in pins.items() if was and now and was != now]
    return moves, list(_list_unmoved(pins))


def _list_unmoved(pins: dict[Library, tuple[str | None, str | None]]) -> Iterator[str]:
    for library, (was, now) in pins.items():
        if was and was == now:
            yield f"{library} did not move: {was} in both files"
        elif now and not was:
            yield f"{library} is new, at {now}: there is nothing to compare it with"
        elif was and not now:
            yield f"{library} is gone: it was at {was}"
