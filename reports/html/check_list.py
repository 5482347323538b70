"""The checks of a cell, each once, with the stretches of releases in which it is so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fixtures.model.text import pluralize
from suites.judging.issues import REASONS, UNREPORTED
from suites.judging.judge import KEPT, KNOWN, Verdict
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


@dataclass
class CheckedLine:
    """What a check says, its verdict, and the numbers of the stretches in which it is so."""

    word: str
    says: str
    is_promise: bool
    expected: str
    source: Link | None
    recorded: str
    why: Why | None
    stretches: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for lines that look alike."""
        return self.word, self.says, self.expected, self.recorded, self.why


def list_checks(stretches: Sequence[Stretch]) -> list[CheckedLine]:
    """The checks of all stretches: what does not hold, then the rest; the newest first."""
    found: dict[tuple[object, ...], CheckedLine] = {}
    for number, stretch in reversed([*enumerate(stretches)]):
        for line in _list_lines(stretch):
            found.setdefault(line.key, line).stretches.append(number)
    return sorted(found.values(), key=lambda line: line.word == KEPT)


def _list_lines(stretch: Stretch) -> Iterator[CheckedLine]:
    rules = 0
    for verdict in stretch.verdict.ordered:
        if isinstance(verdict.asked, Promise) or verdict.word != KEPT:
            yield _make_line(verdict)
        else:
            rules += 1
    if rules:
        says = f"{pluralize(rules, 'rule')} that hold for every library"
        yield CheckedLine(KEPT, says, False, "", None, "", None)


def _make_line(verdict: Verdict) -> CheckedLine:
    asked, is_kept = verdict.asked, verdict.word == KEPT
    is_promise = isinstance(asked, Promise)
    if isinstance(asked, Promise):
        source = link_source(asked.source.page, asked.source.place)
    else:
        source = link_source(verdict.source)
    return CheckedLine(
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
