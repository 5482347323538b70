"""Put the records of several sweeps into one: `python -m reports merge FILE...`.

For the shards of a CI matrix. The records have to be of one suite and of the same drivers, each
with its footer. A cell that is in several of them has to have shown the same in each; where it
races, what it showed is added up. Exit status: 0, or 2 if the records cannot be merged.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from packaging.version import InvalidVersion, Version

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS

from ..results import record
from ..results.release import Cell, CellResult, Release, WrongInput
from ..results.unwritable import refuse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="write the record to FILE (default: the output)"
    )


def run(options: argparse.Namespace) -> int:
    """Put the records of several sweeps, such as the shards of a CI matrix, into one.

    Refuses records of different suites, records that were cut short, and cells that differ from
    file to file.
    """
    if options.record is None:
        merge(options.files, sys.stdout.buffer)
        return 0
    if options.record in options.files:
        raise WrongInput(f"--record {options.record} is one of the files that are to be merged")
    draft = Path(f"{options.record}.new")
    try:
        file = draft.open("wb")
    except (OSError, ValueError) as error:
        raise refuse("--record", options.record, error) from error
    try:
        with file:
            merge(options.files, file)
        draft.replace(options.record)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return 0


def merge(paths: Sequence[Path], file: BinaryIO) -> None:
    """Write one record of all these to `file`, the same in whichever order they are given.

    Raises `WrongInput` if they do not go together; what is written by then has no footer.
    """
    found = [record.load_complete_record(path) for path in paths]
    drivers = _same_suite(found)
    import suites.scenarios  # noqa: F401 -- says which of them race

    writer = record.RecordWriter(file, found[0].header.suite, drivers)
    for parts in _group_by_release(found):
        writer.add(_join(parts))
    writer.finish()


def _same_suite(found: Sequence[record.Record]) -> dict[str, str]:
    """The digests of all drivers. Raises `WrongInput` unless all files agree."""
    drivers: dict[str, tuple[str, str]] = {}
    for one in found:
        if one.header.suite != found[0].header.suite:
            raise WrongInput(
                f"{one.path} is of suite {one.header.suite}, {found[0].path} of suite "
                f"{found[0].header.suite}: sweep with one version of the suite"
            )
        for library, digest in one.header.drivers.items():
            other, where = drivers.setdefault(library, (digest, str(one.path)))
            if other != digest:
                raise WrongInput(
                    f"{one.path} and {where} were made with different drivers of {library}"
                )
    return {library: digest for library, (digest, _) in drivers.items()}


def _group_by_release(found: Iterable[record.Record]) -> Iterator[list[record.RecordedRelease]]:
    """What the files say of each release, in the order of library, release and Python."""
    groups: dict[tuple[str, str, str], list[record.RecordedRelease]] = {}
    for one in found:
        for part in one.releases:
            groups.setdefault(part.line.key, []).append(part)
    for key in sorted(groups, key=_order):
        yield sorted(groups[key], key=lambda part: str(part.path))


def _order(key: tuple[str, str, str]) -> tuple[object, ...]:
    library, label, python = key
    try:
        return library, 0, Version(label), python
    except InvalidVersion:
        return library, 1, label, python


def _join(parts: Sequence[record.RecordedRelease]) -> Release:
    """One release out of what each file says of it. Raises `WrongInput` where they disagree."""
    first = parts[0]
    cells: dict[Cell, CellResult] = {}
    for part in parts:
        here = part.read()
        if (here.version, here.reason) != (first.line.version, first.line.reason):
            raise WrongInput(
                f"{part.path} and {first.path} disagree on {here.library} {here.label}: "
                f"{here.reason or here.version}; {first.line.reason or first.line.version}"
            )
        for cell, result in here.cells.items():
            both = _both(cells[cell], result, cell) if cell in cells else result
            if both is None:
                raise WrongInput(
                    f"{part.path} and {first.path} disagree on what {here.library} "
                    f"{here.label} shows in {'-'.join(cell)}: sweep it again with --fresh"
                )
            cells[cell] = both
    line = first.line
    ordered = {cell: cells[cell] for cell in sorted(cells)}
    packages = next((part.line.packages for part in parts if part.line.packages), ())
    return Release(
        line.library, line.label, line.version, line.python, ordered, line.reason, packages
    )


def _both(one: CellResult, other: CellResult, cell: Cell) -> CellResult | None:
    """What two files say of a cell, if they agree."""
    surface, scenario = SURFACES.get(cell[0]), SCENARIOS.get(cell[1])
    races = surface and scenario and surface.may_race(scenario)
    if races and one.traces and other.traces:
        return CellResult(one.traces + other.traces)
    same = (one.behaviours, one.reason, one.failed) == (
        other.behaviours,
        other.reason,
        other.failed,
    )
    return one if same else None
