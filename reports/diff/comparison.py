"""Two releases side by side: what is to be said of every cell. Pure functions of results."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from suites.judging.issues import Deviation

from ..results.release import Cell, CellResult, Release
from . import outcome_sets as races
from .checks import CheckChange, Evidence, FindVerdict, compare_checks, find_none
from .events import Change, find_default_change

SAME, MINOR, CHANGED = "same", "minor", "changed"
APPEARED, GONE, ACCEPTED, WARNED = "appeared", "gone", "accepted", "warned"
NOT_RUNNABLE, NOT_APPLICABLE = "not runnable", "not applicable"
WORDS = (
    CHANGED,
    APPEARED,
    GONE,
    NOT_RUNNABLE,
    WARNED,
    ACCEPTED,
    MINOR,
    SAME,
    NOT_APPLICABLE,
)
"""What a comparison says of a cell, in the order in which a summary counts it."""
MATTERS = frozenset({CHANGED, GONE})
"""What an application has to know before it upgrades; nobody can miss what is only new.

A cell has *appeared* if the old release could not play it, and if all that differs is new.
"""
Documents = tuple[Mapping[str, str], Mapping[str, str]]
"""The docstring digests of both sides, see `docstrings`; empty where they are unknown."""
Counts = tuple[Mapping[str, int], Mapping[str, int]]
"""How often each side showed each behaviour."""
NO_RESULT = CellResult(reason="it was not run", failed=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be said of one cell: the word, the changes, the checks, or the reason.

    `example` is a trace of each side that shows the changes. `counts` says how often each side
    showed each behaviour.
    """

    cell: Cell
    word: str
    changes: tuple[Change, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    reason: str = ""
    example: tuple[Trace, Trace] | None = None
    counts: Counts = ({}, {})

    @property
    def races(self) -> bool:
        """Whether the cell is one whose outcome a scheduler decides."""
        return _races(self.cell)

    @property
    def sometimes(self) -> bool:
        """Whether it races and both sides have an outcome in common: not every run differs."""
        return self.races and bool(self.counts[0].keys() & self.counts[1].keys())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases of one library and every cell's difference, in the order of the cells."""

    old: Release
    new: Release
    differences: tuple[Difference, ...]
    documents: Documents = ({}, {})

    @property
    def words(self) -> dict[str, int]:
        """How many cells there are of each word, in the order of `WORDS`."""
        counted = Counter(difference.word for difference in self.differences)
        return {word: counted[word] for word in WORDS if counted[word]}

    @property
    def judged(self) -> int:
        """How many cells were really compared."""
        return sum(d.word not in {NOT_RUNNABLE, NOT_APPLICABLE} for d in self.differences)

    @property
    def reason(self) -> str:
        """Why a whole release could not be run, or nothing."""
        return "; ".join(dict.fromkeys(side.reason for side in (self.old, self.new) if side.reason))

    def select(self, *words: str) -> list[Difference]:
        """The differences with one of these words."""
        return [difference for difference in self.differences if difference.word in words]


def compare(
    old: Release,
    new: Release,
    cells: Iterable[Cell],
    deviations: Iterable[Deviation] = (),
    documents: Documents = ({}, {}),
    *,
    judged: bool = True,
    known: Mapping[Cell, Difference] | None = None,
    find_verdict: FindVerdict = find_none,
) -> Comparison:
    """What differs between two releases in these cells.

    Unless it is `judged`, checks are left out where what an application is told differs anyway.
    Cells whose difference is `known` need no result, and traces of which `find_verdict` knows the
    verdict are not judged.
    """
    found, listed = Comparison(old, new, (), documents), defaultdict[str, list[Deviation]](list)
    for one in deviations:
        listed[one.surface].append(one)
    make = functools.partial(_compare_cell, found, find=find_verdict, judged=judged)
    differences = tuple((known or {}).get(cell) or make(cell, listed[cell[0]]) for cell in cells)
    return replace(found, differences=differences)


def find_doubtful(old: Release, new: Release) -> list[Cell]:
    """The cells that race and have to be run more often to be distinguished."""
    pairs = [(cell, result, _result(new, cell)) for cell, result in old.cells.items()]
    return [
        cell for cell, before, after in pairs if _races(cell) and races.is_doubtful(before, after)
    ]


def find_unconfirmed(comparison: Comparison) -> list[Cell]:
    """The cells whose change may be chance: threads, seen once, or varying."""
    pair = comparison.old, comparison.new
    return [
        difference.cell
        for difference in comparison.select(CHANGED)
        if difference.example
        and not (difference.races or SURFACES[difference.cell[0]].is_async)
        and (
            all(len(_result(release, difference.cell).traces) == 1 for release in pair)
            or not races.is_unanimous(*(_result(release, difference.cell) for release in pair))
        )
    ]


def _compare_cell(
    comparison: Comparison,
    cell: Cell,
    listed: Sequence[Deviation],
    *,
    find: FindVerdict,
    judged: bool,
) -> Difference:
    old, new, documents = comparison.old, comparison.new, comparison.documents
    before, after = (_result(release, cell) for release in (old, new))
    counts = before.behaviours, after.behaviours
    failure = _failure(old, before) or _failure(new, after)
    if failure:
        return Difference(cell, NOT_RUNNABLE, reason=failure, counts=counts)
    if not before.traces or not after.traces:
        word = NOT_APPLICABLE if before.traces == after.traces else APPEARED
        word = GONE if before.traces else word
        reason = before.reason or after.reason
        defaults = find_default_change(reason, after.traces[0]) if word == APPEARED else []
        word = CHANGED if defaults else word
        return Difference(cell, word, tuple(defaults), reason=reason, counts=counts)
    found = races.choose_outcomes(before, after, race=_races(cell))
    changes, checks = found.changes, list[CheckChange]()
    decided = not judged and any(change.matters for change in changes)
    if set(counts[0]) != set(counts[1]) and changes and not decided:
        sides = Evidence(found.old, documents[0]), Evidence(found.new, documents[1])
        checks = compare_checks(cell, *sides, listed, find)
    changes = _weigh(changes, checks)
    word = _word_for(changes)
    example = found.pairs[0] if found.pairs else None
    return Difference(cell, word, tuple(changes), tuple(checks), "", example, counts)


def _word_for(changes: Iterable[Change]) -> str:
    """The word for a cell in which this differs."""
    listed = list(changes)
    if any(change.matters for change in listed):
        return CHANGED
    return APPEARED if any(change.new for change in listed) else MINOR if listed else SAME


def _weigh(changes: list[Change], checks: Iterable[CheckChange]) -> list[Change]:
    """The changes, of which none is minor that mends a promise or a rule, or new that breaks it."""
    listed = list(checks)
    if listed and not any(change.new for change in changes):  # an order above all
        changes = [_as_change(c) if c.subject else c for c in changes]
    if all(check.kept for check in listed) or any(change.matters for change in changes):
        return changes
    return [_as_change(change) for change in changes]


def _as_change(change: Change) -> Change:
    """It is neither minor nor new."""
    return replace(change, minor=False, new=False, wording=())


def _races(cell: Cell) -> bool:
    return SURFACES[cell[0]].may_race(SCENARIOS[cell[1]])


def _result(release: Release, cell: Cell) -> CellResult:
    return release.cells.get(cell, NO_RESULT)


def _failure(release: Release, result: CellResult) -> str:
    """Why a cell has no result that can be compared, or nothing."""
    if result.problems:
        return f"{release.label}: {result.problems[0]}"
    if result.failed or (release.reason and not result.traces):
        return f"{release.label}: {release.reason or result.reason}"
    return ""
