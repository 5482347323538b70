"""How far a library can be upgraded: which later releases change nothing, little, or break much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..diff.comparison import Comparison
from ..results.release import Cell
from .change_points import find_changes
from .stored_history import History

UNDONE = 0.5
"""The share of what a release changes that a later one has as before, if the first is broken."""


@dataclass(frozen=True)
class Advice:
    """What each release after `version` changes in `cells` cells; comparisons oldest first."""

    version: str
    cells: int
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
        """Of these the one that changes the fewest cells; the newest of several."""
        return min(reversed(self.beyond), key=lambda one: len(self.beyond[one].differences))

    @cached_property
    def broken(self) -> dict[str, tuple[str, int]]:
        """Those that a later one undoes for the most part: the first such, and in how many cells.

        What a release changes and the next ones keep is the library's new way; what they take back
        was an accident.
        """
        return dict(self._find_broken())

    def list_changed(self, release: str) -> set[Cell]:
        """The cells in which a release differs."""
        return {difference.cell for difference in self.later[release].differences}

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
    def _up_to_highest(self) -> list[str]:
        listed = list(self.later)
        return listed[: listed.index(self.highest) + 1] if self.highest in listed else []

    def _find_broken(self) -> Iterator[tuple[str, tuple[str, int]]]:
        listed = list(self.beyond)
        for at, release in enumerate(listed):
            changed = self.list_changed(release)
            for other in listed[at + 1 :]:
                undone = len(changed - self.list_changed(other))
                if undone > UNDONE * len(changed):
                    yield release, (other, undone)
                    break


def find_advice(history: History, version: str, cells: Sequence[Cell]) -> Advice:
    """What becomes of these cells after `version`. Raises `HistoryError` for one it lacks."""
    history.require(version)
    later = history.runnable[history.runnable.index(version) + 1 :]
    return Advice(version, len(cells), find_changes(history, version, later, cells))
