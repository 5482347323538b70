"""Compares stored releases of a library with each other; what two pairs have in common, once.

Most releases show in a cell what another one shows. So what is to be said of a cell is worked out
once for each two behaviours of it, with the verdicts on them, whatever releases show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fixtures.model.trace import Trace
from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict

from ..diff.comparison import NOT_APPLICABLE, SAME, Comparison, Difference
from ..history import History
from ..history.change_points import between, find_plain_differences, stored_release
from ..results.release import Cell


class Comparer:
    """Compares the releases of a history."""

    def __init__(
        self,
        history: History,
        verdicts: Mapping[Cell, Sequence[CellVerdict]],
        deviations: Sequence[Deviation] = (),
    ) -> None:
        """`verdicts` on each cell, one for each release that can be run, in their order."""
        self._history, self._verdicts, self._deviations = history, verdicts, deviations
        self._places = {release: at for at, release in enumerate(history.runnable)}
        self._tables = {cell: history.table(cell) for cell in verdicts}
        self._known: dict[tuple[str, str], Comparison | None] = {}
        self._differences: dict[tuple[object, ...], Difference] = {}

    def find(self, old: str, new: str) -> Comparison | None:
        """Two releases compared in every cell; None where they show the same in each."""
        if (old, new) not in self._known:
            self._known[old, new] = self._compare(old, new)
        return self._known[old, new]

    def _compare(self, old: str, new: str) -> Comparison | None:
        changed = [cell for cell, table in self._tables.items() if table[old] != table[new]]
        keys = {cell: self._name_pair(cell, old, new) for cell in changed}
        untold = [cell for cell in changed if keys[cell] not in self._differences]
        told = between(
            self._history,
            old,
            new,
            untold,
            deviations=self._deviations,
            find_verdict=self._find_verdict,
        )
        self._differences |= {keys[one.cell]: one for one in told.differences}
        found = {cell: self._differences[keys[cell]] for cell in changed}
        if all(one.word in (SAME, NOT_APPLICABLE) for one in found.values()):
            return None
        rest = [cell for cell in self._tables if cell not in found]
        found |= find_plain_differences(self._history, old, new, rest)
        differences = tuple(found[cell] for cell in self._tables if cell in found)
        before, after = (stored_release(self._history, version, ()) for version in (old, new))
        return Comparison(before, after, differences)

    def _name_pair(self, cell: Cell, old: str, new: str) -> tuple[object, ...]:
        """Equal for two pairs of releases of which the same is to be said in a cell."""
        return cell, *(self._name_side(cell, release) for release in (old, new))

    def _name_side(self, cell: Cell, release: str) -> tuple[object, ...]:
        shown, verdict = self._tables[cell][release], self._find(cell, release)
        counts = sorted(self._history.count_runs(cell, release).items())
        return shown, id(verdict), *counts

    def _find(self, cell: Cell, release: str) -> CellVerdict:
        return self._verdicts[cell][self._places[release]]

    def _find_verdict(self, cell: Cell, traces: Sequence[Trace]) -> CellVerdict | None:
        """The verdict on these traces, if they are all that a release showed."""
        known = self._find(cell, traces[0].loaded.version)
        shown = {trace.behaviour_id for trace in known.traces}
        return known if shown == {trace.behaviour_id for trace in traces} else None
