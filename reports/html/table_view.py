"""The tables of a library: scenarios by surfaces, and scenarios by releases."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fixtures.model.scenario import Scenario
from fixtures.model.surface import Surface
from suites.judging.judge import NOT_APPLICABLE, WORDS

from ..diff.cell_names import family_of
from ..results.release import Cell
from .library_report import EDGE, LibraryReport, Stretch
from .links import cell_page, upgrade_page
from .site import CLASSES

GROUPS = {
    "close": "Closing",
    "open_time_close": "Closing while it is still opening",
    "error": "Errors",
}
"""The groups of scenarios, as a reader meets them."""
NEVER = 9999
"""The number of releases since the last change of what has never changed."""
MEANINGS = {
    "kept": "every promise and rule holds",
    "undocumented": "the documents are silent, or wrong",
    "known": "a bug that is listed, with its link",
    "broken": "a check does not hold, and no issue lists it",
    "fixed": "a listed bug no longer happens",
    "unstable": "several behaviours where none is decided by chance",
    "not testable": "our own machinery failed",
    "not applicable": "the API has no such thing",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A surface, its name without that of its library, and how many cells it has."""

    surface: Surface
    short: str
    cells: int


@dataclass(slots=True)
class MatrixRow:
    """A scenario, with the word and the page of each surface's cell; two empty texts: none.

    `alike` are those of its family that look just like it, each with the page of a cell.
    """

    scenario: Scenario
    cells: tuple[tuple[str, str], ...]
    words: str
    last: int
    findings: str
    alike: list[tuple[Scenario, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """Releases in a row that are drawn as one stretch."""

    length: int
    word: str
    letter: str
    edge: str
    last: str


@dataclass
class HeatRow:
    """A scenario over the releases, and those of its family that look just like it.

    `others`: where it differs on other Pythons, the name of each, and what it shows there.
    """

    scenario: Scenario
    runs: tuple[Run, ...]
    last: int
    others: tuple[tuple[str, tuple[Run, ...]], ...] = ()
    alike: list[Scenario] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Foot:
    """How many cells change at a release, how high a bar that is, and the page that says how."""

    old: str
    new: str
    count: int
    height: float
    page: str


def list_columns(report: LibraryReport) -> list[Column]:
    """The surfaces of a library."""
    counted = Counter(surface for surface, _ in report.cells)
    prefix = f"{report.name.replace('-', '_')}_"
    return [
        Column(one, one.name.removeprefix(prefix).replace("_", " "), counted[one.name])
        for one in report.surfaces
    ]


def list_groups(rows: Iterable[MatrixRow | HeatRow]) -> list[tuple[str, str]]:
    """The groups that have rows: names and titles, those of other libraries last."""
    found = {row.scenario.group for row in rows}
    known = {name: title for name, title in GROUPS.items() if name in found}
    others = {name: name.replace("_", " ") for name in sorted(found - GROUPS.keys())}
    return [*(known | others).items()]


def list_matrix(report: LibraryReport) -> list[MatrixRow]:
    """A row for each scenario; those of one family that look alike are one row."""
    names: dict[Cell, list[str]] = {}
    for finding in report.findings:
        for cell in finding.cells:
            names.setdefault(cell, []).append(finding.issue.id)
    rows: dict[object, MatrixRow] = {}
    for scenario in sort_scenarios(report.scenarios):
        row = _make_row(report, scenario, names)
        words = tuple(word for word, _ in row.cells)
        key = scenario.group, family_of(scenario.name), words, row.last, row.findings
        if key in rows:
            page = next(page for _, page in row.cells if page)
            rows[key].alike.append((scenario, page))
        else:
            rows[key] = row
    return list(rows.values())


def _make_row(
    report: LibraryReport, scenario: Scenario, names: Mapping[Cell, Sequence[str]]
) -> MatrixRow:
    places = [(surface.name, scenario.name) for surface in report.surfaces]
    found = [cell for cell in places if cell in report.verdicts]
    words = {report.newest_verdict(cell).word for cell in found}
    marks = [CLASSES[word] for word in WORDS if word in words]
    differs = ["differs"] if len(words - {NOT_APPLICABLE}) > 1 else []
    cells = tuple(
        (report.newest_verdict(cell).word, cell_page(cell)) if cell in report.verdicts else ("", "")
        for cell in places
    )
    last = min(count_since(report, cell) for cell in found)
    shown = sorted({name for cell in found for name in names.get(cell, ())})
    findings = f" {' '.join(shown)} "
    return MatrixRow(scenario, cells, " ".join([*marks, *differs]), last, findings)


def sort_scenarios(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The scenarios of a family beside each other, where the first of them stands."""
    listed = list(scenarios)
    places: dict[str, int] = {}
    for at, scenario in enumerate(listed):
        places.setdefault(family_of(scenario.name), at)
    return sorted(listed, key=lambda one: places[family_of(one.name)])


def count_since(report: LibraryReport, cell: Cell) -> int:
    """How many releases ago a cell last changed so that it matters; 1 is the newest."""
    at = len(report.releases)
    for stretch in reversed(report.stretches[cell]):
        at -= len(stretch.releases)
        if stretch.edge == EDGE:
            return len(report.releases) - at
    return NEVER


def list_heat(report: LibraryReport, surface: Surface) -> list[HeatRow]:
    """A row for each scenario of a surface; those of one family that look alike are one row."""
    held, rows = set(report.cells), dict[object, HeatRow]()
    for scenario in sort_scenarios(report.scenarios):
        cell = surface.name, scenario.name
        if cell not in held:
            continue
        runs = tuple(list_runs(report.stretches[cell]))
        others = tuple(_list_others(report, cell))
        key = scenario.group, family_of(scenario.name), runs, others
        if key in rows:
            rows[key].alike.append(scenario)
        else:
            rows[key] = HeatRow(scenario, runs, count_since(report, cell), others)
    return list(rows.values())


def _list_others(report: LibraryReport, cell: Cell) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """What a cell shows on other Pythons; a run without a word is where nothing is stored."""
    for other in report.others:
        words = {
            release: one.verdict.word
            for one in other.stretches.get(cell, ())
            for release in one.releases
        }
        if words:
            listed = ((release, words.get(release, "")) for release in report.releases)
            groups = itertools.groupby(listed, lambda one: one[1])
            spans = [(word, [release for release, _ in group]) for word, group in groups]
            yield other.name, tuple(Run(len(one), word, "", "", one[-1]) for word, one in spans)


def list_runs(stretches: Iterable[Stretch]) -> Iterator[Run]:
    """The stretches, those as one that follow each other without a change."""
    listed = list(stretches)
    steady = len({stretch.letter for stretch in listed}) == 1
    found: list[Run] = []
    for one in listed:
        word = one.verdict.word
        letter = "" if steady or word == NOT_APPLICABLE else one.letter
        run = Run(len(one.releases), word, letter, one.edge, one.last)
        if found and not one.edge and found[-1].word == word:
            was = found.pop()
            run = Run(was.length + run.length, word, was.letter, was.edge, run.last)
        found.append(run)
    yield from found


def list_foot(report: LibraryReport, surface: str) -> list[Foot]:
    """Below each release: how many cells of a surface change there."""
    counts = [report.count_changes(version, surface) for version in report.releases]
    most, olds = max(counts) or 1, ["", *report.releases]
    return [
        Foot(old, new, count, round(max(24 * count / most, 1), 1), upgrade_page(old, new))
        for old, new, count in zip(olds, report.releases, counts, strict=False)
    ]
