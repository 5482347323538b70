"""A comparison on one screen: the verdict, and the changes in the order of their weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixtures.model.text import pluralize

from ..diff.cell_names import describe_cell
from ..diff.comparison import GONE, MATTERS, NOT_RUNNABLE, Comparison
from ..diff.group import Group
from .section import BAD, DIM, GOOD, Line, Section

MOST = 14
"""Changes that are shown in one line each."""
LONGEST = 170
"""Characters of such a line: two lines of a terminal."""


def state_verdict(comparison: Comparison, groups: Sequence[Group]) -> Line:
    """In one sentence, whether an application will notice anything."""
    changed, gone = len(comparison.select(*MATTERS)), len(comparison.select(GONE))
    missing = len(comparison.select(NOT_RUNNABLE))
    of = pluralize(comparison.judged, "cell")
    if comparison.reason:
        return Line("verdict", f"unknown: {comparison.reason}", BAD)
    parts = [f"{changed} of {of} {'changes' if changed == 1 else 'change'}"]
    if groups:
        parts += [f"in {pluralize(len(groups), 'way')}", *_count_breaks(groups)]
    parts += [f"{gone} cannot be played any more"] if gone else []
    parts += [f"{missing} could not be run"] if missing else []
    if not changed and not missing:
        return Line("verdict", f"nothing that matters changes in {of}", GOOD)
    return Line("verdict", ", ".join(parts), BAD)


def _count_breaks(groups: Sequence[Group]) -> Iterator[str]:
    """How many of the changes break something, if any does."""
    breaking = sum(group.breaks for group in groups)
    if breaking == len(groups):
        yield f"{'which breaks' if breaking == 1 else 'each of which breaks'} a promise or a rule"
    elif breaking:
        yield f"{breaking} of which {'breaks' if breaking == 1 else 'break'} a promise or a rule"


def list_changes(groups: Sequence[Group]) -> Iterator[Section]:
    """The changes in the order in which an application meets them, if there are several."""
    if len(groups) < 2:
        return
    lines = [Line(str(number), _state(group), BAD) for number, group in enumerate(groups, 1)]
    more = len(lines) - MOST
    rest = [Line("", f"and {more} more, in the order of their weight", DIM)] if more > 0 else []
    yield Section("What an application meets first", (*lines[:MOST], *rest))


def _state(group: Group) -> str:
    lead, example = group.sentences[0], group.example.cell
    cells = pluralize(len(group.cells), "cell")
    where = f" ({cells}, such as {'/'.join(example)})"
    when = describe_cell(example)
    text = f"{lead.text}: {when[:1].lower()}{when[1:]}"
    room = LONGEST - len(where)
    return (text if len(text) <= room else f"{text[: room - 3].rstrip()}...") + where
