"""One change in many cells is one sentence: the cells of a comparison, grouped by what changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import suites.scenarios
from fixtures.model.scenario import SCENARIOS, Family
from fixtures.model.text import pluralize

from ..results.release import Cell
from .checks import CheckChange
from .comparison import CHANGED, Comparison, Difference
from .events import Change
from .folding import fold, join
from .statement import Shape


@dataclass(frozen=True, slots=True)
class CountedCheck:
    """A check that changed, in how many cells, and in how many of those of its group."""

    change: CheckChange
    cells: int = 1
    here: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """What changes, in words, and in which cells; `likeness` and `shape`: see `Change`."""

    text: str
    subject: str
    differences: tuple[Difference, ...]
    likeness: tuple[Hashable, ...]
    shape: Shape | None = None

    @property
    def cells(self) -> set[Cell]:
        """The cells in which it is true."""
        return {difference.cell for difference in self.differences}


@dataclass
class Group:
    """Sentences that are true of much the same cells, and the checks that go with them.

    The first sentence is the one that is true of most cells, and so is the first check that breaks.
    """

    sentences: list[Sentence]
    checks: list[CountedCheck] = field(default_factory=list)

    @property
    def differences(self) -> list[Difference]:
        """The cells in which any of the sentences is true, those of the first one first."""
        found = {d.cell: d for sentence in self.sentences for d in sentence.differences}
        return list(found.values())

    @property
    def cells(self) -> list[Cell]:
        """The names of these cells."""
        return [difference.cell for difference in self.differences]

    @property
    def example(self) -> Difference:
        """The cell that shows it best: the first of which most of the sentences are true."""

        def distance(difference: Difference) -> tuple[bool, int]:
            shown = sum(difference.cell in sentence.cells for sentence in self.sentences)
            return difference.sometimes, -shown

        return min(self.differences, key=distance)

    @property
    def breaks(self) -> bool:
        """Whether the new side no longer keeps a check."""
        return any(not check.change.kept for check in self.checks)

    @property
    def sometimes(self) -> bool:
        """Whether in each of its cells some runs are as they were before."""
        return all(difference.sometimes for difference in self.differences)


ALIKE = 0.75
"""The share of cells that two sentences have in common to be in one group."""


def group_changes(comparison: Comparison) -> list[Group]:
    """What changed, the broken promises first, then what is true of most cells.

    Then come causes of exceptions, which few programs read; what not every run shows is last.
    """
    changed = comparison.select(CHANGED)
    found: list[Group] = []
    for sentence in _collect_sentences(changed, lambda change: change.matters):
        for group in found:
            if _alike(group.sentences[0].cells, sentence.cells):
                group.sentences.append(sentence)
                break
        else:
            found.append(Group([sentence]))
    _attach(found, changed)
    for group in found:
        group.sentences = _fold(group.sentences)
        group.checks.sort(key=lambda check: (check.change.kept, -check.here))
    return sorted(_join_groups(found), key=_rank)


def _rank(group: Group) -> tuple[bool, bool, bool, int]:
    scattered = all(one.shape is not None and one.shape.scattered for one in group.sentences)
    return group.sometimes, not group.breaks, scattered, -len(group.cells)


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
        Sentence(change.text, change.subject, tuple(where), change.likeness, change.shape)
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


def _alike(some: set[Cell], others: set[Cell]) -> bool:
    return len(some & others) >= ALIKE * len(some | others)


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
        best.checks.append(CountedCheck(check, len(cells), len(cells & set(best.cells))))


def _fit(group: Group, check: CheckChange, cells: set[Cell]) -> tuple[bool, bool, float]:
    about = check.subjects & {sentence.subject for sentence in group.sentences}
    shared = cells & set(group.cells)
    return bool(shared), bool(about), len(shared) / len(cells | set(group.cells))


def name_scenarios(cells: Iterable[Cell]) -> dict[str, list[str]]:
    """The cells' scenarios by surface; a family whose scenarios are all there is named once."""
    found: dict[str, list[str]] = defaultdict(list)
    for surface, scenario in cells:
        found[surface].append(scenario)
    return {surface: _join_families(names) for surface, names in found.items()}


def _join_families(names: list[str]) -> list[str]:
    joined: dict[str, None] = {}
    for name in names:
        family = _FAMILIES.get(name, ())
        here = [member for member in family if member in names]
        of = "" if len(here) == len(family) else f" of {len(family)}"
        joined[f"{_common_prefix(family)}* ({len(here)}{of})" if len(here) > 2 else name] = None
    return list(joined)


def _common_prefix(names: tuple[str, ...]) -> str:
    shortest = min(names, key=len)
    same = (i for i, char in enumerate(shortest) if any(name[i] != char for name in names))
    return shortest[: next(same, len(shortest))]


_FAMILIES: dict[str, tuple[str, ...]] = {
    scenario.name: tuple(member.name for member in family)
    for module in (*suites.scenarios.GROUPS.values(), *suites.scenarios.OF_ONE_LIBRARY)
    for family in getattr(module, "__dict__", {}).values()
    if isinstance(family, Family)
    for scenario in family
}


def describe_cell(cell: Cell) -> str:
    """What happens in a cell, as its scenario says."""
    return SCENARIOS[cell[1]].doc.rstrip(".")
