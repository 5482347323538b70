"""Which of the cells that change have one cause, as far as their changes and scenarios show.

How this works. Sentences that are true of much the same cells belong together. A cell of which
several such sets are true counts for one of them: for the one that says that a handshake is
answered in another way, that something hangs or connects again, and else for the largest. Then
sets are one that say the same in the first place, unless one of them says such a thing and the
other does not; and sets of different surfaces, if they change in much the same scenarios: the
library has one cause, and each API tells of it in its own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..results.release import Cell
from .cell_names import family_of
from .group import Sentence
from .kinds import HANGS, OPENING, RECONNECTS
from .weight import lead_first

ALIKE = 0.75
"""The share of cells that two sentences have in common to belong together."""
SAME_SCENARIOS = 0.5
"""The share of scenarios that sets of two surfaces have in common to be of one cause."""
FIRST = {OPENING, RECONNECTS, HANGS}
"""The kinds that decide for which set a cell counts."""


@dataclass
class Cause:
    """Cells, the first sentence on them, and those of a kind that counts first."""

    cells: set[Cell]
    text: str
    first: frozenset[str]


def divide(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """The sentences of each cause, with its cells alone; those of most cells first.

    The sentences come with those of most cells first, and no cell is of two causes.
    """
    sets = _collect_sets(sentences)
    sets.sort(key=lambda one: (one[0].kind not in FIRST, -len(one[0].cells)))
    causes, taken = list[Cause](), set[Cell]()
    for found in sets:
        cells = {cell for sentence in found for cell in sentence.cells} - taken
        taken |= cells
        if cells:
            said = lead_first(_limit(sentences, cells))
            first = frozenset(one.text for one in said if one.kind in FIRST)
            causes.append(Cause(cells, said[0].text, first))
    return [list(_limit(sentences, cause.cells)) for cause in _unite(causes)]


def _collect_sets(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """Sentences that are true of much the same cells."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        for known in found:
            if _share(known[0].cells, sentence.cells) >= ALIKE:
                known.append(sentence)
                break
        else:
            found.append([sentence])
    return found


def _unite(causes: Iterable[Cause]) -> list[Cause]:
    """Those that are one."""
    found: list[Cause] = []
    for cause in causes:
        for known in found:
            same = (known.text, known.first) == (cause.text, cause.first)
            if same or _change_alike(known.cells, cause.cells):
                known.cells |= cause.cells
                break
        else:
            found.append(cause)
    return found


def _change_alike(some: set[Cell], others: set[Cell]) -> bool:
    """Whether they are cells of different surfaces, and of much the same scenarios."""
    apart = {surface for surface, _ in some}.isdisjoint(surface for surface, _ in others)
    families = ({family_of(scenario) for _, scenario in cells} for cells in (some, others))
    return apart and _share(*families) >= SAME_SCENARIOS


def _share(some: set[str] | set[Cell], others: set[str] | set[Cell]) -> float:
    return len(some & others) / len(some | others)


def _limit(sentences: Iterable[Sentence], cells: set[Cell]) -> Iterator[Sentence]:
    """What the sentences say of these cells, what is true of most of them first."""
    found = defaultdict[int, list[Sentence]](list)
    for sentence in sentences:
        here = tuple(one for one in sentence.differences if one.cell in cells)
        if here:
            found[-len(here)].append(replace(sentence, differences=here))
    for _, said in sorted(found.items()):
        yield from said
