"""What is said of many cells at once: a sentence, a check, and the cells of one cause."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from ..results.release import Cell
from .cell_names import exoticism
from .checks import CheckChange
from .comparison import Difference
from .kinds import OTHER
from .statement import Shape


@dataclass(frozen=True, slots=True)
class Sentence:
    """What changes, in words, and in which cells; the rest: see `Change`."""

    text: str
    subject: str
    differences: tuple[Difference, ...]
    likeness: tuple[Hashable, ...]
    shape: Shape | None = None
    kind: str = OTHER

    @property
    def cells(self) -> set[Cell]:
        """The cells in which it is true."""
        return {difference.cell for difference in self.differences}


@dataclass(frozen=True, slots=True)
class CountedCheck:
    """A check that changed, in how many cells, and in which of those of its group."""

    change: CheckChange
    cells: int = 1
    where: tuple[Cell, ...] = ()

    @property
    def here(self) -> int:
        """In how many cells of its group."""
        return len(self.where)


@dataclass
class Group:
    """The cells of one cause, as far as that shows: what changes in them, and the checks about it.

    No two groups of a comparison have a cell in common. The sentences that are true of most of the
    cells come first, and so do the checks that break.
    """

    sentences: list[Sentence]
    checks: list[CountedCheck] = field(default_factory=list)

    @property
    def differences(self) -> list[Difference]:
        """The cells in which any of the sentences is true, those of the first one first."""
        found = {d.cell: d for sentence in self.sentences for d in sentence.differences}
        return list(found.values())

    @property
    def cells(self) -> list[Cell]:
        """The names of these cells."""
        return [difference.cell for difference in self.differences]

    @property
    def example(self) -> Difference:
        """The plainest cell that shows it: of a plain surface, where every library is.

        Of several, the first of which most of the sentences are true.
        """

        def distance(difference: Difference) -> tuple[bool, int, int]:
            shown = sum(difference.cell in sentence.cells for sentence in self.sentences)
            lead = difference.cell in self.sentences[0].cells
            return difference.sometimes, exoticism(difference.cell) - 2 * lead, -shown

        return min(self.differences, key=distance)

    @property
    def breaks(self) -> bool:
        """Whether the new side no longer keeps a check in one of its cells."""
        return any(not check.kept for one in self.differences for check in one.checks)

    @property
    def sometimes(self) -> bool:
        """Whether in each of its cells some runs are as they were before."""
        return all(difference.sometimes for difference in self.differences)
