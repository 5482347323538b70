"""The checks of a cell, each once, with the stretches of releases in which it is so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fixtures.model.text import pluralize
from suites.judging.issues import REASONS, UNREPORTED
from suites.judging.judge import KEPT, KNOWN, CellVerdict, Verdict
from suites.judging.promise import Promise

from .diagram_rows import clean
from .library_report import Stretch
from .links import Link, link_source


@dataclass(frozen=True, slots=True)
class Why:
    """Why a check does not hold: the reason in a word, the explanation, and where it stands."""

    reason: str
    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Check:
    """What a check says, its verdict, and why that is so."""

    word: str
    says: str
    is_promise: bool = False
    expected: str = ""
    source: Link | None = None
    recorded: str = ""
    why: Why | None = None


@dataclass
class CheckedLine:
    """A check, and the numbers of the stretches in which it is so."""

    check: Check
    stretches: list[int] = field(default_factory=list)


def list_checks(stretches: Sequence[Stretch]) -> list[CheckedLine]:
    """The checks of all stretches: what does not hold, then the rest; the newest first."""
    found: dict[Check, CheckedLine] = {}
    for number, stretch in reversed([*enumerate(stretches)]):
        for check in list_lines(stretch.verdict):
            found.setdefault(check, CheckedLine(check)).stretches.append(number)
    return sorted(found.values(), key=lambda line: line.check.word == KEPT)


def list_lines(verdict: CellVerdict) -> Iterator[Check]:
    """The checks of a cell: every promise, what does not hold, and how many rules hold."""
    rules = 0
    for one in verdict.ordered:
        if isinstance(one.asked, Promise) or one.word != KEPT:
            yield _make_line(one)
        else:
            rules += 1
    if rules:
        says = f"{pluralize(rules, 'rule')} that hold for every library"
        yield Check(KEPT, says)


def _make_line(verdict: Verdict) -> Check:
    asked, is_kept = verdict.asked, verdict.word == KEPT
    is_promise = isinstance(asked, Promise)
    if isinstance(asked, Promise):
        source = link_source(asked.source.page, asked.source.place)
    else:
        source = link_source(verdict.source)
    return Check(
        verdict.word,
        verdict.says.rstrip("."),
        is_promise,
        verdict.expected if is_promise and not is_kept else "",
        source,
        "" if is_kept else clean(verdict.text),
        explain_deviation(verdict),
    )


def explain_deviation(verdict: Verdict) -> Why | None:
    """Why a known deviation is there; None for any other verdict."""
    if verdict.word != KNOWN or verdict.deviation is None:
        return None
    issue = verdict.deviation.issue
    link = None if issue.link == UNREPORTED else link_source(issue.link)
    return Why(REASONS[issue.reason], issue.why, link)
