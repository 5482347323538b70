"""What a comparison lists beside its changes: what is new, gone, not runnable or minor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fixtures.model.text import pluralize

from ..diff.cell_names import exoticism
from ..diff.comparison import APPEARED, GONE, Comparison, Difference
from ..diff.grouping import group_minor_changes, group_new_changes
from ..results.release import Cell
from .acceptance_lines import report_acceptance
from .cell_lines import report_cells
from .change_block import MOST_NAMES
from .section import DIM, Line

MOST_NEW = 6
"""Lines on what is new that are shown, where not all is."""
MOST_MINOR = 8
"""Lines of minor changes that are shown; JSON has them all."""


def list_new(comparison: Comparison, *, whole: bool) -> Iterator[Line]:
    """What is new of what the application is told, and where."""
    found = group_new_changes(comparison)
    for sentence in found if whole else found[:MOST_NEW]:
        cells = [difference.cell for difference in sentence.differences]
        plainest: Cell = min(cells, key=exoticism)
        such = "" if whole else f", such as in {'/'.join(plainest)}"
        yield Line(pluralize(len(cells), "cell"), f"{sentence.text}{such}")
        if whole:
            yield from report_cells(cells, comparison)
    yield from _count_rest(len(found), whole=whole)


def list_by_reason(
    comparison: Comparison, word: str, *, whole: bool, accept: bool = False
) -> Iterator[Line]:
    """The cells of which a word is said, by reason, and which release that is about.

    What can only be done now needs no list of its cells. `accept`: with what to write so that what
    is gone is accepted.
    """
    most = None if whole else MOST_NAMES
    reasons: dict[str, list[Difference]] = defaultdict(list)
    for difference in comparison.select(word):
        if not difference.reason:  # what is new there is listed by itself
            continue
        reasons[difference.reason].append(difference)
    lacks = {APPEARED: comparison.old.label, GONE: comparison.new.label}.get(word, "")
    whole = whole or word != APPEARED
    found = sorted(reasons.items(), key=lambda one: -len(one[1]))
    for reason, where in found if whole else found[:MOST_NEW]:
        text = f"{lacks}: {reason}" if lacks else reason
        yield Line(pluralize(len(where), "cell"), text)
        if whole:
            yield from report_cells([one.cell for one in where], comparison, most)
        if accept and word == GONE:
            yield from report_acceptance(comparison, where)
    yield from _count_rest(len(found), whole=whole)


def _count_rest(count: int, *, whole: bool) -> Iterator[Line]:
    if not whole and count > MOST_NEW:
        yield Line("", f"and {count - MOST_NEW} more: --all", DIM)


def list_minor(comparison: Comparison) -> Iterator[Line]:
    """What is minor, what is true of most cells first."""
    found = group_minor_changes(comparison)
    for sentence in found[:MOST_MINOR]:
        count, cell = len(sentence.cells), "/".join(sentence.differences[0].cell)
        where = f"{count} cells, such as {cell}" if count > 1 else cell
        yield Line("", f"{sentence.text} ({where})", DIM)
    if len(found) > MOST_MINOR:
        yield Line("", f"and {len(found) - MOST_MINOR} more: --format json has all", DIM)
