"""What a search has found, scenario by scenario: one that many surfaces play is found once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .search_index import Hit

WHOLE = 1.0
"""The coverage of a cell that has all words."""
FEW = 3
"""Words of which all are meant; a sentence has more, some of which are there to make it one."""
NEAR = 0.6
"""The share of the best that is good enough where not all words are asked for."""


@dataclass(frozen=True, slots=True)
class FoundScenario:
    """A scenario, and the cells of it that were found, the best first."""

    name: str
    hits: tuple[Hit, ...]

    @property
    def best(self) -> Hit:
        """The cell that says most."""
        return self.hits[0]


def choose_hits(hits: Sequence[Hit], words: int = FEW) -> list[Hit]:
    """Those that have all of so many words, the best first.

    Where none has, and of a whole sentence, those that are nearly as good as the best.
    """
    whole = [hit for hit in hits if hit.coverage == WHOLE]
    if whole and words <= FEW:
        return sorted(whole, key=lambda hit: -hit.score)
    ranked = sorted(hits, key=_rate)
    return [hit for hit in ranked if _rate(hit) <= NEAR * _rate(ranked[0])]


def _rate(hit: Hit) -> float:
    """What is smaller comes first: one good word counts less than many that are there."""
    return -hit.score * hit.coverage**2


def fold_hits(hits: Sequence[Hit]) -> list[FoundScenario]:
    """The scenarios of these cells, in the order of the best cell of each."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.cell[1], []).append(hit)
    return [FoundScenario(name, tuple(ours)) for name, ours in found.items()]
