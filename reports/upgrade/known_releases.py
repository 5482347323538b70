"""The sides of an upgrade that the stored history answers for, so that nothing has to be run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from suites.judging.issues import Deviation

from .. import history
from ..diff.comparison import Comparison, compare
from ..history.change_points import find_plain_differences, stored_release
from ..history.stored_history import History, HistoryError
from ..results.release import Cell, Release
from ..results.targets import RELEASE, Target, is_same_release


def find_history(
    targets: Sequence[Target], cells: Sequence[Cell], folder: Path | None = None
) -> History | None:
    """The history that knows all of the targets, or some of them, in all of these cells; or None.

    What is not known is run on this Python, with the code of today. So a history that knows only
    some has to be of such a Python, and none of the cells may have changed since. Raises
    `HistoryError` for a file that cannot be read.
    """
    library = targets[0].library.name
    is_there = history.path_of(library, folder).exists()
    is_asked = folder not in (None, history.FOLDER)  # a folder without it is a mistake
    if not (is_there or is_asked) or not any(one.kind == RELEASE for one in targets):
        return None
    found: History | None = history.load(library, folder)
    if not all(is_known(found, one) for one in targets):
        found = _find_alike(library, cells, folder)
    knows = any(is_known(found, one) for one in targets)
    return found if found and knows and found.cells.keys() >= set(cells) else None


def is_known(found: History | None, target: Target) -> bool:
    """Whether a history knows a target."""
    return found is not None and bool(_find_stored(found, target))


def _find_stored(found: History, target: Target) -> str:
    """The release as the history spells it, for 6.5.0 is 6.5; empty if it has none such.

    A history is of one release of each companion.
    """
    if target.kind != RELEASE or target.companions:
        return ""
    return next((one for one in found.releases if is_same_release(one, target.version or "")), "")


def compare_known(
    found: History, targets: Sequence[Target], cells: Sequence[Cell], listed: Iterable[Deviation]
) -> Comparison:
    """Two targets that a history knows, of which no more is read than has to be."""
    old, new = (_find_stored(found, one) for one in targets)
    are_runnable = {old, new} <= set(found.runnable)
    known = find_plain_differences(found, old, new, cells) if are_runnable else {}
    rest = [cell for cell in cells if cell not in known]
    before, after = (look_up(found, one, rest) for one in targets)
    return compare(before, after, cells, listed, known=known)


def look_up(found: History, target: Target, cells: Sequence[Cell]) -> Release:
    """What a history knows of a target in these cells."""
    version = _find_stored(found, target)
    return replace(stored_release(found, version, cells), label=target.label)


def _find_alike(library: str, cells: Sequence[Cell], folder: Path | None) -> History | None:
    """The history on Pythons such as this one, if it is of the code of today in these cells."""
    try:
        found = history.load_here(library, folder)
    except HistoryError:  # nothing is stored for this kind of Python
        return None
    return None if not set(cells).isdisjoint(history.stale(found)) else found
