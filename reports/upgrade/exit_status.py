"""What compare and gate have to tell: comparisons, notes, and the exit status they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..diff.comparison import MATTERS, NOT_RUNNABLE, Comparison
from ..render.sections import BAD, DIM, GOOD, Line, Section, sections

NOTHING, CHANGED, WRONG, INCOMPLETE = 0, 1, 2, 3
STATUS = {
    NOTHING: "nothing that matters changed",
    CHANGED: "something that matters changed, or an acceptance no longer matches",
    WRONG: "the command line or a file is wrong",
    INCOMPLETE: "something could not be run, or too few cells were",
}
"""The exit statuses of compare and gate, and what each means."""


@dataclass(frozen=True, slots=True)
class Told:
    """Comparisons and what else there is to say of them.

    `notes` are facts, such as a library that did not move; `unused` the acceptances that match
    nothing. `minimum`: how many cells must be compared. `warn_only`: a change is no failure.
    """

    comparisons: tuple[Comparison, ...]
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    minimum: int = 1
    warn_only: bool = False

    @property
    def judged(self) -> int:
        """How many cells were really compared."""
        return sum(comparison.judged for comparison in self.comparisons)

    @property
    def status(self) -> int:
        """The exit status."""
        return status(
            could_not_run=any(c.reason or c.having(NOT_RUNNABLE) for c in self.comparisons),
            too_few=self.judged < self.minimum,
            changed=self._changed,
            warn_only=self.warn_only,
        )

    @property
    def meaning(self) -> str:
        """The exit status in words."""
        not_run = sum(len(c.having(NOT_RUNNABLE)) for c in self.comparisons)
        changed = sum(len(c.having(*MATTERS)) for c in self.comparisons)
        said = [
            f"{_cells(not_run)} could not be run" if not_run else "",
            f"{_cells(self.judged)} compared, at least {self.minimum} must be"
            if self.judged < self.minimum
            else "",
            f"{_cells(changed)} changed or gone" if changed else "",
            f"{len(self.unused)} acceptance(s) that match nothing" if self.unused else "",
        ]
        found = "; ".join(filter(None, said)) or STATUS[NOTHING]
        return f"{found} (--warn-only)" if self._changed and not self.status else found

    @property
    def _changed(self) -> bool:
        return bool(self.unused) or any(c.having(*MATTERS) for c in self.comparisons)


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)}"


def status(*, could_not_run: bool, too_few: bool, changed: bool, warn_only: bool) -> int:
    """The exit status of what could be read: an incomplete answer outweighs a change."""
    if could_not_run or too_few:
        return INCOMPLETE
    return CHANGED if changed and not warn_only else NOTHING


def told_sections(told: Told, most: int | None = None) -> Iterator[Section]:
    """Everything there is to tell, the result last; only so many changes in full."""
    for comparison in told.comparisons:
        yield from sections(comparison, most)
    yield Section("Result", tuple(_result(told)))


def _result(told: Told) -> Iterable[Line]:
    for note in told.notes:
        yield Line("note", note, DIM)
    for entry in told.unused:
        yield Line("delete", f"an acceptance that matches nothing any more: {entry}", BAD)
    tone = GOOD if told.status == NOTHING else BAD
    yield Line("exit status", f"{told.status}: {told.meaning}", tone)
