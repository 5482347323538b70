"""One group of changes as lines of a report: what changes, what breaks, where to see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.event import WIRE
from fixtures.model.text import pluralize
from suites.cells.story import describe_wire

from ..diff.cell_names import describe_cell, exoticism
from ..diff.checks import CHANGED as DOCUMENT_CHANGED
from ..diff.checks import UNCHANGED, CheckChange
from ..diff.cited_docstrings import compare_docstrings, find_promised_object
from ..diff.comparison import Comparison, Difference
from ..diff.endings import find_answer
from ..diff.group import CountedCheck, Group, Sentence
from ..diff.kinds import HANGS, OPENING, RECONNECTS
from .cell_lines import report_cells
from .commands_to_see import see_cell
from .section import BAD, COMMAND, DIM, GOOD, Line

MOST_SENTENCES, MOST_CHECKS, MOST_NAMES = 5, 3, 6
"""Sentences, checks and names of cells of one block, where not all is shown."""
FEW = 0.1
"""The share of the cells of a block below which a sentence is only counted."""
_LONG = re.compile(r"(b?)(['\"])((?:(?!\2).){60,})\2")


def report_group(group: Group, comparison: Comparison, *, whole: bool) -> Iterator[Line]:
    """All that is to be said of a group, or what a reader needs of it first."""
    total = len(group.cells)
    shown = list(group.sentences) if whole else _choose_sentences(group)
    for sentence in shown:
        many = _many(len(sentence.cells)) if len(sentence.cells) < total else ""
        yield Line("change", sentence.text + many, BAD)
    yield from _count_rest(len(group.sentences) - len(shown), "change")
    checks = group.checks if whole else group.checks[:MOST_CHECKS]
    for check in checks:
        yield from report_check(check, total)
    yield from _count_rest(len(group.checks) - len(checks), "promise or rule", "promises and rules")
    yield from _compare_docstring(group, comparison)
    example = group.example
    yield from _count_runs(example)
    yield Line("example", f"{'/'.join(example.cell)}: {describe_cell(example.cell)}")
    yield from report_wire(example)
    yield Line("see it", see_cell(comparison, example.cell), COMMAND)
    if total > 1:
        yield from report_cells(group.cells, comparison, None if whole else MOST_NAMES)


def _choose_sentences(group: Group) -> list[Sentence]:
    """The first, those that are true of many cells, and those on the end of a run."""
    least = FEW * len(group.cells)
    often = [
        one
        for one in group.sentences[1:]
        if len(one.differences) >= least or one.kind in {OPENING, RECONNECTS, HANGS}
    ]
    return [group.sentences[0], *often[: MOST_SENTENCES - 1]]


def _count_rest(count: int, noun: str, nouns: str = "") -> Iterator[Line]:
    if count:
        text = f"{count} more {nouns}" if nouns and count > 1 else pluralize(count, f"more {noun}")
        yield Line("", f"and {text}: --all", DIM)


def locate(group: Group) -> str:
    """How many cells these are, and of which surfaces."""
    cells, racing = len(group.cells), sum(d.sometimes for d in group.differences)
    surfaces = ", ".join(dict.fromkeys(surface for surface, _ in group.cells))
    races = f" ({racing} of them race, and not every run shows it)" if racing else ""
    return f"{pluralize(cells, 'cell')} of {surfaces}{races}"


def _count_runs(difference: Difference) -> Iterator[Line]:
    """How often the example of a race is as it is shown, on both sides."""
    if difference.races and difference.example:
        before, now = difference.counts
        shown = [
            f"as it {when}: before {before.get(one.behaviour_id, 0)} of {sum(before.values())}, "
            f"now {now.get(one.behaviour_id, 0)} of {sum(now.values())}"
            for when, one in zip(("was", "is now"), difference.example, strict=True)
        ]
        yield Line("runs", "; ".join(shown), DIM)


def _compare_docstring(group: Group, comparison: Comparison) -> Iterator[Line]:
    """Whether the docstring changed of what changes, where no check of the group says so."""
    sentence = group.sentences[0]
    if sentence.subject and not group.checks:
        names = dict.fromkeys(d.cell[0] for d in sentence.differences)
        surfaces = [SURFACES[name] for name in names]
        found = compare_docstrings(sentence.subject, surfaces, *comparison.documents)
        if found:
            yield Line("docs", found, DIM)


def _many(count: int) -> str:
    return f" ({pluralize(count, 'cell')})"


def report_check(counted: CountedCheck, of: int = 1) -> Iterator[Line]:
    """A check that changed, in a group of so many cells."""
    check, many = counted.change, _situate(counted) if counted.cells != of else ""
    label, tone = ("now keeps", GOOD) if check.kept else ("breaks", BAD)
    who = "documented" if check.is_promise else "rule"
    yield Line(label, f"{who}: “{check.says.rstrip('.')}”{many}", tone)
    expected = f"{check.expected}; " if check.is_promise else ""
    yield Line("", f"{expected}{check.source}{_documents(check)}", DIM)
    if check.known:
        was = "was" if check.kept else "is"
        yield Line("", f"which {was} a known deviation: {check.known}", DIM)


def _situate(counted: CountedCheck) -> str:
    """In how many cells, and in which for example: the plainest of those of the group."""
    here = f", {counted.here} of them here" if counted.here < counted.cells else ""
    example = min(counted.where, key=exoticism)[1] if counted.where else ""
    if counted.cells == 1 and example:
        return f" (in {example})"
    such = f", such as {example}" if example else ""
    return f" ({pluralize(counted.cells, 'cell')}{here}{such})"


def _documents(check: CheckChange) -> str:
    name = find_promised_object(check.check)
    said = {UNCHANGED: "is the same in both", DOCUMENT_CHANGED: "has changed"}
    return f"; the docstring of {name} {said[check.documents]}" if check.documents else ""


def report_wire(difference: Difference) -> Iterator[Line]:
    """The wire of both sides, where it differs."""
    if difference.example is None:
        return
    was, now = difference.example
    if was.behaviour["lanes"].get(WIRE) != now.behaviour["lanes"].get(WIRE):
        whole = find_answer(was) != find_answer(now)
        yield Line("wire before", _short(describe_wire(was, whole=whole)))
        yield Line("wire now", _short(describe_wire(now, whole=whole)))


def _short(text: str) -> str:
    """The text with long payloads cut."""
    return _LONG.sub(lambda m: f"{m[1]}{m[2]}{m[3][:30]}...{m[2]}", text)
