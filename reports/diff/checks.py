"""Which promises and rules a cell keeps on one side of a comparison and not on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import suites.promises
import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from suites.judging.issues import Deviation
from suites.judging.judge import (
    BROKEN,
    KEPT,
    NOT_APPLICABLE,
    NOT_TESTABLE,
    CellVerdict,
    Verdict,
    judge,
)
from suites.judging.promise import PROMISES
from suites.judging.rules import RULES

from ..results.release import Cell, CellResult
from .cited_docstrings import find_promised_docstring

CHANGED, UNCHANGED, UNKNOWN = "changed", "unchanged", ""

FindVerdict = Callable[[Cell, Sequence[Trace]], CellVerdict | None]
"""What is known of these traces of a cell already, so that they need not be judged again."""


def find_none(cell: Cell, traces: Sequence[Trace]) -> CellVerdict | None:
    """Nothing is known."""


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A promise or rule that one side keeps and the other does not.

    `kept` says whether the new side keeps it; `recorded` is what stands in the way, on the side
    that does not. `documents` says whether the docstring of the object changed. `known` is the
    link of the known deviation that lists it. `subjects` is what it is about, by the library's
    names for that.
    """

    check: str
    kept: bool
    expected: str
    says: str
    source: str
    recorded: str
    documents: str = UNKNOWN
    known: str = ""
    subjects: frozenset[str] = frozenset()

    @property
    def is_promise(self) -> bool:
        """Whether a library's documentation says so; else a rule does."""
        return self.check in PROMISES

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same rule, and for promises that say the same of sibling surfaces."""
        name = self.says if self.is_promise else self.check
        return name, self.kept, self.expected, self.documents, self.known


@dataclass(frozen=True, slots=True)
class Evidence:
    """The traces of a cell on one side, and the docstring digests of that release."""

    traces: Sequence[Trace]
    documents: Mapping[str, str]


def compare_checks(
    cell: Cell,
    old: Evidence,
    new: Evidence,
    deviations: Iterable[Deviation] = (),
    find: FindVerdict = find_none,
) -> list[CheckChange]:
    """Every check of a cell that is kept on one side and broken on the other.

    A check that has nothing to look at on one side counts as not broken there.
    """
    listed = [entry for entry in deviations if entry.surface == cell[0]]
    before, after = (_verdicts(cell, side.traces, find) for side in (old, new))
    found = []
    for check in dict.fromkeys([*after, *before]):
        was, now = before.get(check), after.get(check)
        broke, breaks = _is_broken(was), _is_broken(now)
        if broke == breaks:
            continue
        verdict, traces = (now, new.traces) if breaks else (was, old.traces)
        assert verdict is not None
        found.append(
            CheckChange(
                check,
                not breaks,
                verdict.expected,
                verdict.says,
                verdict.source,
                verdict.recorded,
                _documents(check, old.documents, new.documents),
                _link(cell, verdict, traces, listed),
                _list_subjects(verdict),
            )
        )
    return found


def judge_result(cell: Cell, result: CellResult, deviations: Iterable[Deviation]) -> CellVerdict:
    """The verdict on a cell, from what a release showed in it, or from why it showed nothing."""
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    if result.traces:
        return judge(surface, scenario, result.traces, deviations)
    word = NOT_TESTABLE if result.failed else NOT_APPLICABLE
    return CellVerdict(surface, scenario, (), word, (), (result.reason,) if result.reason else ())


def _documents(check: str, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    was, now = (find_promised_docstring(check, side) for side in (old, new))
    if not was or not now:
        return UNKNOWN
    return UNCHANGED if was == now else CHANGED


def _verdicts(cell: Cell, traces: Sequence[Trace], find: FindVerdict) -> dict[str, Verdict]:
    """The verdict of each check that has something to look at; no deviation is listed."""
    judged = find(cell, traces) or judge(SURFACES[cell[0]], SCENARIOS[cell[1]], traces)
    found = [_ignore_deviation(verdict) for verdict in judged.verdicts if verdict.findings]
    listed = replace(judged, verdicts=tuple(found)).ordered
    return {verdict.check: verdict for verdict in listed}


def _ignore_deviation(verdict: Verdict) -> Verdict:
    """The verdict as it is where no deviation is listed."""
    word = KEPT if all(one.holds for one in verdict.findings) else BROKEN
    return verdict if verdict.word == word else replace(verdict, word=word)


def _list_subjects(verdict: Verdict) -> frozenset[str]:
    """What a check is about: what it looks at, and what is recorded where it does not hold."""
    promise = PROMISES.get(verdict.check)
    own = promise.expectation.subjects if promise else RULES[verdict.check].subjects
    return own.union(*(one.subjects for one in verdict.findings if not one.holds))


def _is_broken(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.word == BROKEN


def _link(
    cell: Cell, verdict: Verdict, traces: Sequence[Trace], listed: Iterable[Deviation]
) -> str:
    """The link of the known deviation that a broken check is, or nothing."""
    scenario, loaded = SCENARIOS[cell[1]], traces[0].loaded
    failures = verdict.failures
    for entry in listed:
        covers = entry.covers(verdict.check, scenario, loaded.version, loaded.python)
        if covers and all(map(entry.recognises, failures)):
            return entry.issue.link
    return ""
