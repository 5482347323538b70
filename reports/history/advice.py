"""How far a library can be upgraded: which later releases change nothing, little, or break much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..diff.comparison import GONE, NOT_RUNNABLE, Comparison, Difference
from ..results.release import Cell
from .change_points import find_changes
from .file_format import NoBehaviour
from .stored_history import History, Known

UNDONE = 0.5
"""The share of what a release changes that a later one takes back, if the first is broken."""


@dataclass(frozen=True)
class Advice:
    """What each release after `version` changes; comparisons oldest first.

    `cells` says for each release how many cells are compared: as in `compare`, those that neither
    of the two releases can play do not count.
    """

    version: str
    cells: Mapping[str, int]
    later: Mapping[str, Comparison]

    @cached_property
    def highest(self) -> str:
        """The newest release in which nothing changes, or the one that is asked for."""
        unchanged = [release for release, one in self.later.items() if not one.differences]
        return unchanged[-1] if unchanged else self.version

    @cached_property
    def skip(self) -> list[str]:
        """The releases before the highest in which something changes."""
        return [one for one in self._up_to_highest if self.later[one].differences]

    @cached_property
    def beyond(self) -> dict[str, Comparison]:
        """The releases after the highest; in each of them something changes."""
        return {v: one for v, one in self.later.items() if v not in self._up_to_highest}

    @cached_property
    def nearest(self) -> str:
        """Of these, broken ones left out, the one that changes the fewest cells, and is newest."""
        whole = [one for one in self.beyond if one not in self.broken]
        return min(reversed(whole), key=lambda one: len(self.beyond[one].differences))

    @cached_property
    def target(self) -> str:
        """The release that the advice is about: the highest, or the nearest beyond."""
        return self.nearest if self.highest == self.version and self.beyond else self.highest

    @cached_property
    def broken(self) -> dict[str, tuple[str, int]]:
        """Those that a later one undoes for the most part: the first such, and in how many cells.

        What a release changes and the next ones keep is the library's new way; what they take back
        was an accident. A cell is undone if it is as before, or keeps a check again.
        """
        return dict(self._find_broken())

    def list_changed(self, release: str) -> set[Cell]:
        """The cells in which a release differs."""
        return set(self._differences[release])

    def group_alike(self) -> list[tuple[str, str, int]]:
        """The releases beyond, those in a row that change the same cells at once: first, last."""
        found: list[tuple[str, str, int]] = []
        cells = set[Cell]()
        for release in self.beyond:
            now = self.list_changed(release)
            if found and now == cells:
                found[-1] = found[-1][0], release, len(now)
            else:
                found.append((release, release, len(now)))
            cells = now
        return found

    @cached_property
    def _differences(self) -> dict[str, dict[Cell, Difference]]:
        return {v: {one.cell: one for one in c.differences} for v, c in self.later.items()}

    @cached_property
    def _up_to_highest(self) -> list[str]:
        listed = list(self.later)
        return listed[: listed.index(self.highest) + 1] if self.highest in listed else []

    def _find_broken(self) -> Iterator[tuple[str, tuple[str, int]]]:
        listed = list(self.beyond)
        for at, release in enumerate(listed):
            changed = self.list_changed(release)
            for other in listed[at + 1 :]:
                undone = [cell for cell in changed if self._is_undone(cell, release, other)]
                if len(undone) > UNDONE * len(changed):
                    yield release, (other, len(undone))
                    break

    def _is_undone(self, cell: Cell, release: str, other: str) -> bool:
        """Whether the other one has a cell as before, or keeps what the release breaks in it."""
        now = self._differences[other].get(cell)
        if now is None:
            return True
        broken = _list_broken_checks(self._differences[release][cell])
        return now.word not in (GONE, NOT_RUNNABLE) and bool(broken - _list_broken_checks(now))


def _list_broken_checks(difference: Difference) -> set[str]:
    return {check.check for check in difference.checks if not check.kept}


def find_advice(history: History, version: str, cells: Sequence[Cell]) -> Advice:
    """What becomes of these cells after `version`. Raises `HistoryError` for one it lacks."""
    history.require(version)
    later = history.runnable[history.runnable.index(version) + 1 :]
    tables = [history.table(cell) for cell in cells]
    counts = {
        release: sum(_is_judged(table[version], table[release]) for table in tables)
        for release in (version, *later)
    }
    return Advice(version, counts, find_changes(history, version, later, cells))


def _is_judged(*shown: Known) -> bool:
    """Whether one of two releases can play a cell, or failed to: it is not inapplicable."""
    return any(not isinstance(one, NoBehaviour) or one.failed for one in shown)
