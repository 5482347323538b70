"""What matters first: the order in which an application meets changes.

Kinds come in the order of `KINDS`; so does what breaks a promise before what does not. But a change
that shows in many cells is met before a graver one that shows in few, and what only one library can
do, or a variant of a surface shows, is met later. What not every run shows comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from .cell_names import exoticism
from .group import Group, Sentence
from .kinds import KINDS

RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
DOUBLING, EXOTIC, BREAKS = 1.5, 2.0, 1.0
"""What counts as much as so many kinds: twice as many cells, a step away from what is plain (see
`exoticism`), a check that breaks."""
LEAST = 0.5
"""The share of the cells of the most common sentence in which one that leads is true."""


def weigh(group: Group) -> tuple[bool, bool, float]:
    """The weight of a group: what is smaller goes first."""
    lead = group.sentences[0]
    scattered = all(one.shape is not None and one.shape.scattered for one in group.sentences)
    far = EXOTIC * min(map(exoticism, lead.cells)) - BREAKS * group.breaks
    score = RANKS[lead.kind] + far - DOUBLING * log2(len(lead.cells))
    return group.sometimes, scattered, round(score, 6)


def lead_first(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, first that of the weightiest kind among those that are true of many cells."""
    found = list(sentences)
    most = max(len(one.differences) for one in found)
    often = [one for one in found if len(one.differences) >= LEAST * most]
    lead = min(often, key=lambda one: RANKS[one.kind])
    return [lead, *(one for one in found if one is not lead)]
