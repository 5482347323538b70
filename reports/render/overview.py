"""A comparison on one screen: the verdict, and the changes in the order of their weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixtures.model.text import pluralize

from ..diff.cell_names import describe_cell
from ..diff.comparison import ACCEPTED, GONE, MATTERS, NOT_RUNNABLE, WARNED, Comparison
from ..diff.group import Group
from .section import BAD, DIM, GOOD, Line, Section

MOST, FIRST = 12, 3
"""Changes that are shown, and those of them that are shown with several sentences."""
SENTENCES = 3
"""Sentences of each of the first changes."""
LONGEST = 86
"""Characters of a line: what a terminal of 100 columns has room for; a first sentence has two."""

SHORTEST = 24
"""Characters of a sentence below which it is left out."""


def state_verdict(comparison: Comparison, groups: Sequence[Group]) -> Line:
    """In one sentence, whether an application will notice anything."""
    changed, gone = len(comparison.select(*MATTERS)), len(comparison.select(GONE))
    missing = len(comparison.select(NOT_RUNNABLE))
    of = pluralize(comparison.judged, "cell")
    if not (comparison.reason or comparison.judged or missing):
        return Line("verdict", "nothing was compared", BAD)
    if comparison.reason:
        return Line("verdict", f"unknown: {comparison.reason}", BAD)
    parts = [f"{changed} of {of} {'changes' if changed == 1 else 'change'}"]
    if groups:
        parts += [f"in {pluralize(len(groups), 'way')}", *_count_breaks(groups)]
    parts += [f"{gone} cannot be played any more"] if gone else []
    parts += [f"{missing} could not be run"] if missing else []
    if not changed and not missing:
        allowed = len(comparison.select(ACCEPTED, WARNED))
        but = f", but {pluralize(allowed, 'cell')} that the policy lets pass" if allowed else ""
        return Line("verdict", f"nothing that matters changes in {of}{but}", GOOD)
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
    lines = [
        line for number, group in enumerate(groups[:MOST], 1) for line in _state(number, group)
    ]
    more = len(groups) - MOST
    rest = [Line("", f"and {more} more, in the order of their weight", DIM)] if more > 0 else []
    yield Section("What an application meets first", (*lines, *rest))


def _state(number: int, group: Group) -> Iterator[Line]:
    """What changes, in how many cells, and in which for example."""
    often = [one for one in group.sentences if 2 * len(one.cells) >= len(group.cells)]
    also = [one for one in often if one is not group.sentences[0]]
    shown = [group.sentences[0], *also[: SENTENCES - 1]] if number <= FIRST else group.sentences[:1]
    for place, sentence in enumerate(shown):
        most = LONGEST if place else 2 * LONGEST - 8
        yield Line("" if place else str(number), cut(sentence.text, most), BAD)
    cells, example = pluralize(len(group.cells), "cell"), group.example.cell
    where = f"{cells}, such as {'/'.join(example)}"
    if len(where) <= LONGEST - SHORTEST:
        where = cut(f"{where}: {describe_cell(example)}", LONGEST)
    yield Line("", where, DIM)


def cut(text: str, most: int) -> str:
    """A text of at most so many characters; what is too long ends after a word."""
    if len(text) <= most:
        return text
    return f"{text[: most - 3].rpartition(' ')[0].rstrip(',;:')}..."
