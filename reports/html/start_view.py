"""The start page: a card for each library, and the questions of the README."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from suites.judging.issues import REASONS, Issue
from suites.judging.judge import NOT_APPLICABLE, WORDS

from ..render.readme_tables import QUESTIONS
from ..results.release import Cell
from .library_report import LibraryReport
from .links import Link, cell_page, link_source
from .upgrade_view import UpgradeView

MOST_CHANGES = 5
"""Releases with changes that a card has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A word, how many cells have it, and its part of a bar, in percent."""

    word: str
    count: int
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as it is listed."""

    issue: Issue
    reason: str
    link: Link
    cells: Sequence[Cell]
    example: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """A release that changed cells: how many, and in which ways."""

    new: str
    page: str
    count: int
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Card:
    """What the start page says of a library."""

    name: str
    newest: str
    python: str
    cells: int
    releases: int
    bars: Sequence[Bar]
    findings: Sequence[FindingLine]
    last: Sequence[LastChange]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and the page that shows it."""

    asked: str
    answer: str
    page: str


def make_card(report: LibraryReport, upgrades: Mapping[str, UpgradeView]) -> Card:
    """The card of a library; `upgrades` by the page of each, the newest first."""
    return Card(
        report.name,
        report.newest,
        report.history.code.python,
        len(report.cells),
        len(report.releases),
        list(_list_bars(report)),
        list(list_findings(report)),
        list(_list_last(report, upgrades)),
    )


def list_findings(report: LibraryReport) -> Iterator[FindingLine]:
    """The findings of a library, each with an example."""
    for one in report.findings:
        link, example = link_source(one.link), cell_page(one.cells[0])
        yield FindingLine(one.issue, REASONS[one.issue.reason], link, one.cells, example)


def _list_bars(report: LibraryReport) -> Iterator[Bar]:
    """How many cells have each word, but those that do not apply."""
    counted = Counter(report.newest_verdict(cell).word for cell in report.cells)
    shown = [word for word in WORDS if counted[word] and word != NOT_APPLICABLE]
    total, at = sum(counted[word] for word in shown) or 1, 0.0
    for word in shown:
        width = 100 * counted[word] / total
        yield Bar(word, counted[word], round(at, 2), round(max(width - 0.3, 0.2), 2))
        at += width


def _list_last(report: LibraryReport, upgrades: Mapping[str, UpgradeView]) -> Iterator[LastChange]:
    changed = [(page, one) for page, one in upgrades.items() if one.groups]
    for page, one in changed[:MOST_CHANGES]:
        count = report.count_changes(one.new)
        yield LastChange(one.new, page, count, one.sentences)


def list_questions(libraries: Iterable[tuple[str, Iterable[Cell]]]) -> Iterator[Asked]:
    """The questions of the README whose cells a library of the report has."""
    held = {cell: name for name, cells in libraries for cell in cells}
    for one in QUESTIONS:
        cell = one.surface.name, one.scenarios[0].name
        if cell in held:
            yield Asked(one.asked, one.answer, f"{held[cell]}/{cell_page(cell)}")
