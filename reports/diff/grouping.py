"""The changes of a comparison, grouped by cause: one change in many cells is one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from fixtures.model.text import pluralize

from ..results.release import Cell
from .causes import divide
from .checks import CheckChange
from .comparison import CHANGED, Comparison, Difference
from .events import Change
from .folding import fold, join
from .group import CountedCheck, Group, Sentence
from .weight import lead_first, weigh


def group_changes(comparison: Comparison) -> list[Group]:
    """What changed, by cause, the weightiest first: see `weight`."""
    changed = comparison.select(CHANGED)
    found = divide(_collect_sentences(changed, lambda change: change.matters))
    groups = [Group(sentences) for sentences in found]
    _attach(groups, changed)
    for group in groups:
        group.sentences = lead_first(_fold(group.sentences))
        group.checks.sort(key=lambda check: (check.change.kept, -check.here))
    return sorted(_join_groups(groups), key=weigh)


def group_new_changes(comparison: Comparison) -> list[Sentence]:
    """What is new, in every cell, what is true of most cells first."""
    return _collect_sentences(comparison.differences, lambda change: change.new)


def group_minor_changes(comparison: Comparison) -> list[Sentence]:
    """What is minor, in every cell, what is true of most cells first.

    Changes that are alike are one sentence.
    """
    found: dict[tuple[Hashable, ...], Sentence] = {}
    for one in _collect_sentences(comparison.differences, lambda change: change.minor):
        known = found.get(one.likeness, replace(one, differences=()))
        cells = {d.cell: d for d in (*known.differences, *one.differences)}
        found[one.likeness] = replace(known, differences=tuple(cells.values()))
    return sorted(found.values(), key=lambda sentence: -len(sentence.differences))


def _collect_sentences(
    differences: Iterable[Difference], wanted: Callable[[Change], bool]
) -> list[Sentence]:
    found: dict[Change, list[Difference]] = defaultdict(list)
    for difference in differences:
        for change in filter(wanted, difference.changes):
            found[change].append(difference)
    sentences = [
        Sentence(
            change.text,
            change.subject,
            tuple(where),
            change.likeness,
            change.shape,
            change.kind,
        )
        for change, where in found.items()
    ]
    return sorted(sentences, key=lambda sentence: -len(sentence.differences))


def _fold(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Sentences on the same cells that differ in one value, as one."""
    folded = fold(sentences, lambda sentence: frozenset(sentence.cells))
    return [replace(one, text=text, shape=shape) for one, text, shape in folded]


def _join_groups(found: Iterable[Group]) -> Iterator[Group]:
    """Groups as one that say no more than one thing, which is scattered over their cells."""
    alike: dict[Hashable, list[Group]] = defaultdict(list)
    for at, group in enumerate(found):
        shape = group.sentences[0].shape
        alone = len(group.sentences) > 1 or group.checks
        joins = shape is not None and shape.scattered and not alone
        alike[(shape.before, group.sometimes) if joins and shape else at].append(group)
    for groups in alike.values():
        yield groups[0] if len(groups) == 1 else Group([_join([g.sentences[0] for g in groups])])


def _join(found: list[Sentence]) -> Sentence:
    """One sentence of several values, with how many cells there are of each."""
    values = [
        f"{one.shape.value} ({pluralize(len(one.differences), 'cell')})"
        for one in found
        if one.shape
    ]
    first = found[0]
    assert first.shape is not None
    differences = {d.cell: d for one in found for d in one.differences}
    shape = replace(first.shape, value=join(values))
    return replace(first, text=str(shape), shape=shape, differences=tuple(differences.values()))


def _attach(found: list[Group], changed: Iterable[Difference]) -> None:
    """Give each check to the group that speaks of what it is about, and shares most cells."""
    where: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    checks: dict[tuple[object, ...], CheckChange] = {}
    for difference in changed:
        for check in difference.checks:
            where[check.key].append(difference.cell)
            checks.setdefault(check.key, check)
    for key, check in checks.items():
        cells = set(where[key])
        best = max(found, key=lambda group: _fit(group, check, cells))
        here = [cell for cell in best.cells if cell in cells]
        best.checks.append(CountedCheck(check, len(cells), tuple(here)))


def _fit(group: Group, check: CheckChange, cells: set[Cell]) -> tuple[bool, bool, float]:
    about = check.subjects & {sentence.subject for sentence in group.sentences}
    shared = cells & set(group.cells)
    return bool(shared), bool(about), len(shared) / len(cells | set(group.cells))
