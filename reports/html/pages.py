"""The report as a folder: the start, and pages of libraries, surfaces, cells and upgrades."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from suites.judging.issues import LISTED_SINCE, Deviation
from suites.judging.judge import WORDS

from ..history import History
from ..program_name import PROGRAM
from ..results.release import Cell
from .badge import write_badge
from .cell_script import find_script
from .cell_view import list_changes, list_other_panels, list_panels, list_words
from .check_list import list_checks
from .endings_table import list_endings
from .library_report import LibraryReport
from .links import cell_page, upgrade_file, upgrade_page
from .release_heads import group_releases
from .search_data import make_search_data
from .site import Site
from .start_view import Card, list_findings, list_questions, make_card
from .table_view import (
    MEANINGS,
    Column,
    list_columns,
    list_foot,
    list_groups,
    list_heat,
    list_matrix,
)
from .upgrade_pairs import list_pairs
from .upgrade_view import UpgradeView, view_upgrade
from .what_happens import list_happenings


@dataclass(frozen=True, slots=True)
class Sibling:
    """The same scenario on another surface."""

    name: str
    short: str
    word: str
    page: str


@dataclass(frozen=True, slots=True)
class LibraryPages:
    """What other pages need to know of those of a library: its card, and the word of each cell."""

    card: Card
    words: Mapping[Cell, str]


def write_library(
    site: Site,
    report: LibraryReport,
    advance: Callable[[int], None],
    libraries: Sequence[str] = (),
    *,
    scripts: bool = True,
    every_upgrade: bool = False,
) -> LibraryPages:
    """Write the pages of a library; `advance` is told how many cells are written.

    `libraries` are those of the whole report, and `scripts` says whether the page of a cell has the
    script that shows it without this suite. `every_upgrade`: any two releases have a page.
    """
    pairs = list_pairs(report.releases, every=every_upgrade)
    card = _Writer(site, report, advance, libraries, pairs, scripts=scripts).write()
    return LibraryPages(card, {cell: report.newest_verdict(cell).word for cell in report.cells})


def write_start(
    site: Site,
    histories: Sequence[History],
    deviations: Sequence[Deviation],
    pages: Sequence[LibraryPages],
) -> None:
    """Write the page that leads to those of the libraries, and what its search looks through."""
    cards = [one.card for one in pages]
    words = {cell: word for one in pages for cell, word in one.words.items()}
    findings = [(card.name, card.findings) for card in cards]
    data = make_search_data(histories, deviations, words, findings)
    site.write_data("search.js", "wslifecycle_search", data)
    site.write_page(
        "index.html",
        "start.html",
        libraries=cards,
        released=[(history.library, history.runnable) for history in histories],
        cells=sum(card.cells for card in cards),
        releases=sum(card.releases for card in cards),
        questions=list(list_questions((one.card.name, one.words) for one in pages)),
    )


class _Writer:
    """Writes the pages of one library."""

    def __init__(
        self,
        site: Site,
        report: LibraryReport,
        advance: Callable[[int], None],
        libraries: Sequence[str],
        pairs: Sequence[tuple[str, str]],
        *,
        scripts: bool,
    ) -> None:
        self._site, self._report, self._advance = site, report, advance
        self._libraries, self._pairs, self._scripts = libraries, pairs, scripts
        self._columns: list[Column] = list_columns(report)
        self._families = group_releases(report.releases)
        self._short = {one.surface.name: one.short for one in self._columns}
        found = Counter(report.newest_verdict(cell).word for cell in report.cells)
        self._words = [(word, found[word]) for word in WORDS if found[word]]
        self._legend = [(word, MEANINGS[word]) for word, _ in self._words]

    def write(self) -> Card:
        """Write all of them; the card of the start page."""
        upgrades = self._write_upgrades()
        self._write_matrix()
        self._write("releases.html", "releases.html", python=self._report.history.code.python)
        self._write("findings.html", "findings.html", findings=list(list_findings(self._report)))
        for surface in self._report.surfaces:
            self._write_surface(surface.name)
        write_badge(self._site, self._report)
        return make_card(self._report, upgrades)

    def _write(self, path: str, template: str, **values: Any) -> None:
        report = self._report
        self._site.write_page(
            f"{report.name}/{path}",
            template,
            library=report.name,
            newest=report.newest,
            releases=report.releases,
            columns=self._columns,
            families=self._families,
            **values,
        )

    def _write_matrix(self) -> None:
        rows = list_matrix(self._report)
        self._write(
            "index.html",
            "matrix.html",
            rows=rows,
            libraries=self._libraries,
            situations=len(self._report.scenarios),
            groups=list_groups(rows),
            counts=self._words,
            legend=self._legend,
            findings=self._report.findings,
        )

    def _write_upgrades(self) -> dict[str, UpgradeView]:
        """The pages of the upgrades; those from a release to the next one by their pages."""
        steps: dict[str, UpgradeView] = {}
        wider: list[tuple[str, str, str]] = []
        for old, new in self._pairs:
            comparison = self._report.find_upgrade(old, new)
            if comparison is None:
                continue
            view, page = view_upgrade(comparison), upgrade_file(old, new)
            self._write(upgrade_page(old, new), "upgrade.html", up=view)
            if (old, new) in self._report.steps:
                steps[page] = view
            else:
                wider.append((old, new, page))
        steps = dict(reversed(steps.items()))
        entries = [
            {
                "new": view.new,
                "page": page,
                "verdict": view.verdict,
                "sentences": view.sentences[:3],
            }
            for page, view in steps.items()
        ]
        self._write("upgrade/index.html", "upgrades.html", upgrades=entries, pages=wider)
        return steps

    def _write_surface(self, name: str) -> None:
        """The page of a surface, and those of its cells."""
        report, surface = self._report, SURFACES[name]
        rows = list_heat(report, surface)
        self._write(
            f"{name}/index.html",
            "surface.html",
            surface=surface,
            rows=rows,
            groups=list_groups(rows),
            foot=list_foot(report, name),
            legend=self._legend,
            listed_since=LISTED_SINCE.get(report.name, report.releases[0]),
        )
        self._write(
            f"{name}/what-happens.html",
            "what_happens.html",
            surface=surface,
            endings=list_endings(report, surface),
            happenings=list_happenings(report, surface),
            groups=list_groups(rows),
        )
        order = [one for row in rows for one in (row.scenario, *row.alike)]
        for at, scenario in enumerate(order):
            around = [
                (rel, text, cell_page((name, order[place].name)))
                for rel, text, place in (("prev", "previous", at - 1), ("next", "next", at + 1))
                if 0 <= place < len(order)
            ]
            self._write_cell((name, scenario.name), around)
        self._advance(len(order))

    def _write_cell(self, cell: Cell, neighbours: list[tuple[str, str, str]]) -> None:
        report, stretches = self._report, self._report.stretches[cell]
        names = [(surface.name, cell[1]) for surface in report.surfaces]
        siblings = [
            Sibling(one[0], self._short[one[0]], report.newest_verdict(one).word, cell_page(one))
            for one in names
            if one in report.verdicts
        ]
        self._write(
            cell_page(cell),
            "cell.html",
            surface=SURFACES[cell[0]],
            scenario=SCENARIOS[cell[1]],
            words=list_words(stretches),
            neighbours=neighbours,
            siblings=siblings,
            stretches=stretches,
            panels=list_panels(report, cell),
            others=list_other_panels(report, cell),
            changes=list_changes(report, cell),
            checks=list_checks(stretches),
            commands=list_commands(cell),
            script=find_script(report, cell) if self._scripts else "",
        )


def list_commands(cell: Cell) -> list[tuple[str, str]]:
    """What shows a cell again: what each command is for, and the command."""
    return [
        ("everything that is known of it", f"{PROGRAM} explain {shlex.join(cell)}"),
        ("run it and see every event", f'pytest -k "{cell[0]} and {cell[1]}" --trace'),
        ("a script without this suite", f"{PROGRAM} reproduce {shlex.join(cell)}"),
    ]
