"""The page of an upgrade: the sentences of `compare` in their order, and both runs side by side."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from fixtures.model.event import OTHER
from suites.judging.promise import PROMISES

from ..diff.cell_names import describe_cell
from ..diff.comparison import APPEARED, GONE, NOT_RUNNABLE, Comparison
from ..diff.group import CountedCheck, Group
from ..diff.grouping import group_changes, group_minor_changes, group_new_changes
from ..program_name import PROGRAM
from ..render.change_block import locate
from ..render.overview import state_verdict
from .diagram import align, is_marked
from .links import Link, cell_page, link_source

REASONED = {APPEARED: "new, before:", GONE: "gone:", NOT_RUNNABLE: "not run:"}
"""What is said of cells that cannot be compared, before the reason."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A promise or a rule that breaks, or is kept now: in how many cells, and in those of a way."""

    kept: bool
    says: str
    expected: str
    source: Link
    known: Link
    cells: int
    here: int


@dataclass(frozen=True, slots=True)
class WayView:
    """One way in which an upgrade changes cells; `alike`: no event of the pair differs."""

    where: str
    sentences: tuple[tuple[str, int], ...]
    checks: tuple[CheckLine, ...]
    pair: tuple[tuple[Markup, Markup], ...]
    alike: bool
    two: bool
    example: str
    example_page: str
    doc: str
    cells: tuple[tuple[str, str], ...]
    acceptance: str


@dataclass(frozen=True, slots=True)
class UpgradeView:
    """An upgrade: the verdict in a sentence, the ways in the order of their weight, the rest."""

    old: str
    new: str
    verdict: str
    groups: tuple[WayView, ...]
    others: tuple[tuple[str, str, int], ...]
    command: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """The first sentence of each way."""
        return tuple(group.sentences[0][0] for group in self.groups)


def view_upgrade(comparison: Comparison) -> UpgradeView:
    """All that is said of an upgrade."""
    groups = group_changes(comparison)
    old, new = comparison.old, comparison.new
    return UpgradeView(
        old.label,
        new.label,
        state_verdict(comparison, groups).text,
        tuple(_view_way(number, group, comparison) for number, group in enumerate(groups, 1)),
        tuple(_list_others(comparison)),
        f"{PROGRAM} {shlex.join(['compare', old.library, old.label, new.label])}",
    )


def _view_way(number: int, group: Group, comparison: Comparison) -> WayView:
    total, example = len(group.cells), group.example
    sentences = [
        (one.text, 0 if len(one.cells) == total else len(one.cells)) for one in group.sentences
    ]
    pair = tuple(align(*example.example)) if example.example else ()
    two = any(trace.lanes[OTHER] for trace in example.example or ())
    cells = tuple(("/".join(cell), cell_page(cell)) for cell in group.cells)
    return WayView(
        locate(group),
        tuple(sentences),
        tuple(map(_view_check, group.checks)),
        pair,
        not any(is_marked(row) for rows in pair for row in rows),
        two,
        "/".join(example.cell),
        cell_page(example.cell),
        describe_cell(example.cell),
        cells,
        _accept(number, comparison),
    )


def _accept(number: int, comparison: Comparison) -> str:
    """The command that accepts a way, by its number in the report."""
    old, new = comparison.old, comparison.new
    words = ["gate", old.library, "--from", old.label, "--to", new.label]
    return f'{PROGRAM} {shlex.join(words)} --accept {number} --reason "..."'


def _view_check(counted: CountedCheck) -> CheckLine:
    change = counted.change
    promise = PROMISES.get(change.check)
    where = promise.source if promise else None
    source = link_source(where.page, where.place) if where else link_source(change.source)
    expected = change.expected if change.is_promise else ""
    known = link_source(change.known)
    counts = counted.cells, counted.here
    return CheckLine(change.kept, change.says.rstrip("."), expected, source, known, *counts)


def _list_others(comparison: Comparison) -> Iterator[tuple[str, str, int]]:
    """What is new, what cannot be compared and why, and what is minor: with a count of cells."""
    for sentence in group_new_changes(comparison):
        yield "new", sentence.text, len(sentence.cells)
    for word, label in REASONED.items():
        reasons = defaultdict[str, int](int)
        for difference in comparison.select(word):
            if difference.reason:
                reasons[difference.reason] += 1
        yield from ((label, reason, count) for reason, count in reasons.items())
    for sentence in group_minor_changes(comparison):
        yield "minor", sentence.text, len(sentence.cells)
