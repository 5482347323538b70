"""What a search has found, scenario by scenario: one that many surfaces play is found once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .search_index import Hit

WHOLE = 1.0
"""The coverage of a cell that has all words."""
NEAR = 0.5
"""The share of the best score that is enough where no cell has all words."""


@dataclass(frozen=True, slots=True)
class FoundScenario:
    """A scenario, and the cells of it that were found, the best first."""

    name: str
    hits: tuple[Hit, ...]

    @property
    def best(self) -> Hit:
        """The cell that says most."""
        return self.hits[0]


def choose_hits(hits: Sequence[Hit]) -> list[Hit]:
    """Those that have all words or, where none has, those that have nearly as much as the best."""
    whole = [hit for hit in hits if hit.coverage == WHOLE]
    if whole:
        return sorted(whole, key=lambda hit: -hit.score)
    ranked = sorted(hits, key=lambda hit: -hit.score)
    return [hit for hit in ranked if hit.score >= NEAR * ranked[0].score]


def fold_hits(hits: Sequence[Hit]) -> list[FoundScenario]:
    """The scenarios of these cells, in the order of the best cell of each."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.cell[1], []).append(hit)
    return [FoundScenario(name, tuple(ours)) for name, ours in found.items()]
