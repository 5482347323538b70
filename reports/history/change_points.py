"""Where a history changes: the stored releases, compared one by one, each with the one before.

Sets of outcomes are compared as those of runs are (`reports.diff.outcome_sets`), by how often each
outcome came (`race_counts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from fixtures.model.default_options import decode_missing_default
from fixtures.model.text import pluralize
from suites.judging.issues import Deviation

from ..diff.checks import FindVerdict, find_none
from ..diff.comparison import (
    APPEARED,
    MATTERS,
    NOT_APPLICABLE,
    NOT_RUNNABLE,
    SAME,
    Comparison,
    Difference,
    compare,
)
from ..program_name import PROGRAM
from ..results.cell_selection import EVERY, Selection
from ..results.release import Cell, CellResult, Release, WrongInput
from .file_format import NoBehaviour
from .stored_history import History, HistoryError


def change_points(
    history: History, cells: Iterable[Cell], *, judged: bool = True
) -> list[Comparison]:
    """Each release in which any of these cells changes, against the one before, oldest first.

    `judged`: see `compare`.
    """
    tables = {cell: history.table(cell) for cell in cells}
    points = []
    for old, new in pairwise(history.runnable):
        changed = [cell for cell, table in tables.items() if table[old] != table[new]]
        found = between(history, old, new, changed, judged=judged)
        differences = [d for d in found.differences if d.word not in (SAME, NOT_APPLICABLE)]
        if differences:
            points.append(replace(found, differences=tuple(differences)))
    return points


def between(
    history: History,
    old: str,
    new: str,
    cells: Iterable[Cell],
    *,
    judged: bool = True,
    deviations: Iterable[Deviation] = (),
    find_verdict: FindVerdict = find_none,
) -> Comparison:
    """Two stored releases compared in these cells; for what else is given, see `compare`."""
    listed = list(cells)
    before, after = (stored_release(history, version, listed) for version in (old, new))
    return compare(before, after, listed, deviations, judged=judged, find_verdict=find_verdict)


def stored_release(history: History, version: str, cells: Iterable[Cell]) -> Release:
    """What a stored release showed in these cells, or why it could not be run.

    Raises `HistoryError` for a release or a cell that the history lacks.
    """
    python, suite = history.code.python, history.code.machinery
    reason = history.releases.get(version)
    if reason is not None:
        return Release(history.library, version, version, python, reason=reason, suite=suite)
    found = {cell: _result(history, cell, version) for cell in cells}
    return Release(history.library, version, version, python, found, suite=suite)


def find_plain_differences(
    history: History, old: str, new: str, cells: Iterable[Cell]
) -> dict[Cell, Difference]:
    """What is to be said of cells of which no behaviour has to be looked at.

    They showed the same in two stored releases, which has no texts that could differ; or the old
    one could not play them, and lacks no option that has a default now.
    """
    found: dict[Cell, Difference] = {}
    for cell in cells:
        before, after = (history.at(cell, version) for version in (old, new))
        if isinstance(after, NoBehaviour):
            continue
        was, now = (history.count_runs(cell, version) for version in (old, new))
        counts = dict.fromkeys(after, 1) | dict(now)
        if before == after:
            both = dict.fromkeys(before, 1) | dict(was), counts
            found[cell] = Difference(cell, SAME, counts=both)
        elif isinstance(before, NoBehaviour) and _says_no_more(before):
            found[cell] = Difference(cell, APPEARED, reason=before.reason, counts=({}, counts))
    return found


def _says_no_more(before: NoBehaviour) -> bool:
    """Whether a release could not play a cell, and lacked no option that may have a default."""
    return not before.failed and decode_missing_default(before.reason) is None


def find_changes(
    history: History, old: str, later: Iterable[str], cells: Iterable[Cell]
) -> dict[str, Comparison]:
    """For each of the later releases: the cells in which something changes that matters.

    A cell that could not be run in one of the two counts as changed. Releases in which a cell shows
    the same share what is said of it.
    """
    found: dict[str, list[Difference]] = {release: [] for release in later}
    for cell in cells:
        table = history.table(cell)
        known: dict[tuple[object, ...], Difference | None] = {}
        for release, changed in found.items():
            shown = table[release], *sorted(history.count_runs(cell, release).items())
            if shown not in known:
                same = table[old] == table[release]
                known[shown] = None if same else _find_change(history, old, release, cell)
            difference = known[shown]
            if difference is not None:
                changed.append(difference)
    before = stored_release(history, old, ())
    return {
        release: Comparison(before, stored_release(history, release, ()), tuple(changed))
        for release, changed in found.items()
    }


def _find_change(history: History, old: str, new: str, cell: Cell) -> Difference | None:
    """What changes in a cell between two releases, if that matters."""
    found = between(history, old, new, [cell])
    return next(iter(found.select(*MATTERS, NOT_RUNNABLE)), None)


def count_cells(cells: Sequence[object]) -> str:
    """How many cells these are, in words."""
    return pluralize(len(cells), "cell")


def require_cells(
    history: History, cells: Sequence[Cell], selection: Selection = EVERY
) -> list[Cell]:
    """Those of the cells, which are selected, that the history holds.

    Raises `HistoryError` if it holds none, and `WrongInput` if the selection is of none.
    """
    if not cells:
        raise WrongInput(f"{selection} selects no cell of {history.library}")
    found = [cell for cell in cells if cell in history.cells]
    if not found:
        raise HistoryError(
            f"the history of {history.library} holds none of the {count_cells(cells)} selected: "
            f"{PROGRAM} sweep {history.library} --update-history"
        )
    return found


def result(history: History, cell: Cell, version: str) -> CellResult:
    """What a cell showed in a release, each outcome once."""
    known = history.at(cell, version)
    if isinstance(known, NoBehaviour):
        return CellResult(reason=known.reason, failed=known.failed)
    return CellResult(history.traces(cell, version, known), counted=False)


def _result(history: History, cell: Cell, version: str) -> CellResult:
    """What a cell showed in a release, each outcome as often as it came, if that is stored.

    One that an older run showed is as rare as one that came once.
    """
    found, counts = result(history, cell, version), history.count_runs(cell, version)
    if not counts:
        return found
    traces = [trace for trace in found.traces for _ in range(counts.get(trace.behaviour_id, 1))]
    return CellResult(tuple(traces))
