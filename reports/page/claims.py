"""What a page says of one promise or rule: its checks, the cells they cover, their verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fixtures.drivers.surfaces import Surface
from suites.judging.contradiction import contradict
from suites.judging.issues import DOCUMENT_REASONS
from suites.judging.judge import (
    BROKEN,
    FIXED,
    KEPT,
    KNOWN,
    WORDS,
    WORST_FIRST,
    CellVerdict,
    Verdict,
)
from suites.judging.promise import PROMISES, Source

NO_CHECK = "no check"
"""What is said of a promise that not one cell of the record shows to be kept or broken."""
NOT_RECORDED = "not in the record"
CELL_WORDS = (*WORDS, NOT_RECORDED)
SEVERITY = (NO_CHECK, *WORST_FIRST)
"""What is said of a promise, the worst first."""


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """What a check says of one cell that it covers: a verdict, or none where it has no trace."""

    cell: CellVerdict
    verdict: Verdict | None

    @property
    def word(self) -> str:
        """The check's verdict; else why there is none."""
        return self.verdict.word if self.verdict else self.cell.word


@dataclass(frozen=True, slots=True)
class Check:
    """What one surface is held to, as it would show, in every cell that it is about."""

    id: str
    expected: str
    surface: Surface
    found: tuple[CheckedCell, ...]

    @property
    def words(self) -> dict[str, int]:
        """How many cells there are of each word."""
        counted = Counter(found.word for found in self.found)
        return {word: counted[word] for word in CELL_WORDS if counted[word]}

    @property
    def word(self) -> str:
        """The worst of its cells'; `NO_CHECK` if it judges none of them."""
        if not any(found.verdict for found in self.found):
            return NO_CHECK
        return next(word for word in WORST_FIRST if word in self.words)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place in the documents promises, and the check of each surface it speaks of.

    Or a rule, with the check of each surface that shows what the rule is about.
    """

    name: str
    source: Source
    checks: tuple[Check, ...]

    @property
    def word(self) -> str:
        """The worst of its checks'."""
        words = {check.word for check in self.checks}
        return next(word for word in SEVERITY if word in words)

    def select(self, *words: str) -> list[CheckedCell]:
        """The cells in which it has one of these words."""
        return [found for check in self.checks for found in check.found if found.word in words]


def find_contradictions(found: CheckedCell) -> list[Verdict]:
    """The promises that cannot be kept together with this one, of other places in the documents.

    Those that are kept; and if it is the documents that are at fault, the others as well.
    """
    ours = found.verdict
    if ours is None or ours.check not in PROMISES:
        return []
    wrong = ours.deviation is not None and ours.deviation.issue.reason in DOCUMENT_REASONS
    others = [v for v in found.cell.verdicts if v.check in PROMISES and v.source != ours.source]
    expected = PROMISES[ours.check].expectation
    return [
        other
        for other in others
        if (wrong or other.word == KEPT)
        and any(
            contradict(expected, PROMISES[other.check].expectation, t) for t in found.cell.traces
        )
    ]


def is_shown(found: CheckedCell) -> bool:
    """Whether a known deviation happened here; one that happens sometimes may not have."""
    verdict = found.verdict
    if verdict is None:
        return False
    return verdict.word in {BROKEN, FIXED} or (verdict.word == KNOWN and bool(verdict.failures))
