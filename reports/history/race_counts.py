"""How often each outcome of a race came in a release: counted once its history is rebuilt.

How this works. A stored set says which outcomes a cell that races has, and not which of them are
rare; without that, a comparison cannot tell a change from chance. So after a sweep every such cell
is run as often as `compare` runs it where it is in doubt, and the counts are stored beside the
sets. A cell that shows one outcome in every release needs none. The counts stay until the cell is
run again for the history, so that the file does not change where no behaviour does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS

from ..results.release import Cell, Release
from .rebuild import list_changes, make_behaviour
from .stored_history import History, Known

Wanted = Mapping[str, Collection[Cell]]
"""Cells of releases that can be run."""


def list_uncounted(history: History) -> dict[str, list[Cell]]:
    """The cells that race, of which it is not known how often each outcome comes: by release."""
    found = defaultdict[str, list[Cell]](list)
    for cell in _list_races(history):
        for version, known in history.table(cell).items():
            if isinstance(known, tuple) and not history.count_runs(cell, version):
                found[version].append(cell)
    return dict(found)


def add_runs(history: History, releases: Iterable[Release], wanted: Wanted) -> History:
    """The history with the runs of the wanted cells in these releases.

    An outcome that is seen for the first time is known from then on. What could not be run counts
    for nothing.
    """
    cells = {cell: history.table(cell) for of in wanted.values() for cell in of}
    runs = {cell: dict(counted) for cell, counted in history.runs.items()}
    behaviours = dict(history.behaviours)
    for release in releases:
        for cell in wanted.get(release.version, ()):
            result = release.cells.get(cell)
            if result is None or result.failed or result.problems or not result.traces:
                continue
            known = runs.setdefault(cell, {}).get(release.version, {})
            seen = {one: known.get(one, 0) + n for one, n in result.behaviours.items()}
            runs[cell][release.version] = {**known, **seen}
            cells[cell][release.version] = _unite(cells[cell][release.version], seen)
            for trace in result.traces:
                if trace.behaviour_id not in behaviours:
                    behaviours[trace.behaviour_id] = make_behaviour(trace)
    changed = {cell: list_changes(row, history.runnable) for cell, row in cells.items()}
    return replace(
        history,
        cells={**history.cells, **changed},
        behaviours=dict(sorted(behaviours.items())),
        runs={cell: counted for cell, counted in runs.items() if counted},
    )


def _list_races(history: History) -> Iterator[Cell]:
    """The cells that race, and that show several outcomes in some release."""
    for cell, row in history.cells.items():
        varies = any(isinstance(known, tuple) and len(known) > 1 for known in row.values())
        if varies and SURFACES[cell[0]].may_race(SCENARIOS[cell[1]]):
            yield cell


def _unite(known: Known, seen: Iterable[str]) -> Known:
    return tuple(sorted({*known, *seen})) if isinstance(known, tuple) else known
