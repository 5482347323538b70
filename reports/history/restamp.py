"""Put the fingerprints of today's code into a history, if all behaves as it is stored.

Code that is moved, renamed or made faster makes stored cells stale, though no behaviour has
changed. Here the releases are run again, and the history is kept as it is but for the fingerprints;
on another kind of Python, what is stored beside it (`other_pythons`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.run.interpreter import find_interpreter

from ..results.release import Cell, Release
from .other_pythons import (
    choose_other,
    is_of_kind,
    limit_code,
    name_kind,
    put_upon,
    require_all_cells,
)
from .rebuild import rebuild_history
from .stored_history import History, HistoryError, Known, load_whole, path_of
from .writer import write

MOST_NAMES = 5
"""Cells that differ and are named; all are counted."""


def restamp(library: str, releases: Iterable[Release], folder: Path | None = None) -> Path:
    """Re-stamp what is stored for this Python, given what its releases show now; the file.

    Raises `HistoryError`, as `restamp_history` does, and for a stored history that cannot be read.
    """
    known, here = load_whole(library, folder), find_interpreter()
    if is_of_kind(known, here):
        path = path_of(library, folder)
        write(path, restamp_history(known, releases))
        return path
    path = path_of(library, folder, name_kind(here))
    write(path, restamp_other(known, choose_other(known, folder), releases))
    return path


def restamp_other(known: History, other: History, releases: Iterable[Release]) -> History:
    """What is stored for another kind of Python, under today's fingerprints.

    Cells that it does not hold have to behave as the history has them. Raises `HistoryError`, as
    `restamp_history` does, and if the history itself is stale.
    """
    require_all_cells(known, known)
    found = restamp_history(put_upon(known, other), releases)
    return replace(other, code=limit_code(found.code, known))


def restamp_history(known: History, releases: Iterable[Release]) -> History:
    """The history that is known, under the fingerprints of the code as it is now.

    Raises `HistoryError` if a release, a cell, or a behaviour is another, or if one is missing.
    """
    now = rebuild_history(known.library, releases)
    if now.runnable != known.runnable:
        ends = dict.fromkeys((known.runnable[0], known.runnable[-1]))
        raise HistoryError(
            f"the releases of {known.library} that were run are not those of its history: run "
            f"{' to '.join(ends)}, or rebuild it with --update-history"
        )
    differing = list(_find_differences(known, now))
    if differing:
        named = [f"{'-'.join(cell)} of {version}" for cell, version in differing[:MOST_NAMES]]
        raise HistoryError(
            f"{len(differing)} cells do not behave as the history of {known.library} has them, "
            f"such as {', '.join(named)}: --update-history rebuilds it"
        )
    return replace(known, code=now.code)


def _find_differences(known: History, now: History) -> Iterator[tuple[Cell, str]]:
    """The cells, with their releases, that are not stored as they are now."""
    for cell in dict.fromkeys([*known.cells, *now.cells]):
        races = SURFACES[cell[0]].may_race(SCENARIOS[cell[1]])
        was, new = known.table(cell), now.table(cell)
        for version in known.runnable:
            if was[version] != new[version] and not (races and _meet(was[version], new[version])):
                yield cell, version


def _meet(one: Known, other: Known) -> bool:
    """Whether two sets of outcomes of one release have one in common: more is not to be had."""
    return isinstance(one, tuple) and isinstance(other, tuple) and bool(set(one) & set(other))
