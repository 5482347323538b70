"""All that the pages say of one library, worked out once: verdicts, stretches, changes, findings.

Each behaviour of a cell is judged once, and each pair of neighbouring behaviours compared once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from suites.judging.issues import UNREPORTED, Deviation, Issue
from suites.judging.judge import KNOWN, CellVerdict

from ..diff.comparison import MATTERS, MINOR, NOT_APPLICABLE, SAME, Comparison, Difference
from ..history import History
from ..history.release_verdicts import ReleaseJudge
from ..history.stored_history import Known
from ..results.cell_selection import cells_of
from ..results.release import Cell
from .comparer import Comparer
from .diagram import Drawing, draw
from .other_python import list_others

EDGE, THIN = "edge", "thin"
"""How a change is drawn: one that matters, one that is minor."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Releases in a row in which a cell shows and means the same.

    `letter` is equal for equal behaviours of the cell; `edge` says how its first release differs
    from the one before.
    """

    releases: tuple[str, ...]
    known: Known
    letter: str
    verdict: CellVerdict
    edge: str

    @property
    def first(self) -> str:
        """The oldest of the releases."""
        return self.releases[0]

    @property
    def last(self) -> str:
        """The newest of the releases."""
        return self.releases[-1]

    @property
    def span(self) -> str:
        """Which releases these are, in words."""
        return self.first if len(self.releases) == 1 else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause of deviations in the newest release, and the cells that show it."""

    issue: Issue
    cells: tuple[Cell, ...]

    @property
    def link(self) -> str:
        """Where it is written about, or nothing."""
        return "" if self.issue.link == UNREPORTED else self.issue.link


class LibraryReport:
    """What a history says of one library."""

    def __init__(
        self,
        history: History,
        deviations: Sequence[Deviation],
        advance: Callable[[int], None] = lambda count: None,
        others: Iterable[History] = (),
    ) -> None:
        """Judge every cell in every release; `advance` is told how many cells are done.

        `others`: what is stored beside the history, of other Pythons.
        """
        self.history = history
        self.name = history.library
        self.releases = history.runnable
        self.cells = [c for c in cells_of(LIBRARIES[self.name]) if c in history.cells]
        self.verdicts: dict[Cell, list[CellVerdict]] = {cell: [] for cell in self.cells}
        self._drawings: dict[str, Drawing] = {}
        self.others = list_others(others, deviations)
        self._comparer = Comparer(history, self.verdicts, deviations)
        judge = ReleaseJudge(history, deviations)
        for version in self.releases:
            for cell, verdict in zip(self.cells, judge.judge(self.cells, version), strict=True):
                self.verdicts[cell].append(verdict)
            advance(len(self.cells))

    @property
    def newest(self) -> str:
        """The newest release that is stored."""
        return self.releases[-1]

    @cached_property
    def surfaces(self) -> list[Surface]:
        """The surfaces that have cells, in their order."""
        return [SURFACES[name] for name in dict.fromkeys(surface for surface, _ in self.cells)]

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """The scenarios that have cells, in their order."""
        named = {scenario for _, scenario in self.cells}
        return [scenario for name, scenario in SCENARIOS.items() if name in named]

    @cached_property
    def steps(self) -> set[tuple[str, str]]:
        """Each release and the next one."""
        return set(pairwise(self.releases))

    @cached_property
    def points(self) -> dict[str, Comparison]:
        """Each release in which any cell changes, compared with the one before in every cell."""
        found = {new: self.find_upgrade(old, new) for old, new in pairwise(self.releases)}
        return {new: one for new, one in found.items() if one}

    def find_upgrade(self, old: str, new: str) -> Comparison | None:
        """Two releases compared in every cell; None where they show the same in each."""
        return self._comparer.find(old, new)

    @cached_property
    def differences(self) -> dict[tuple[Cell, str], Difference]:
        """What changes in a cell at a release."""
        return {
            (difference.cell, version): difference
            for version, point in self.points.items()
            for difference in point.differences
            if difference.word not in (SAME, NOT_APPLICABLE)
        }

    def newest_verdict(self, cell: Cell) -> CellVerdict:
        """The verdict on a cell in the newest release."""
        return self.verdicts[cell][-1]

    def draw(self, behaviour: str, history: History | None = None) -> Drawing:
        """The diagram of a behaviour; of another history, where one is given."""
        if behaviour not in self._drawings:
            self._drawings[behaviour] = draw((history or self.history).shapes[behaviour])
        return self._drawings[behaviour]

    @cached_property
    def stretches(self) -> dict[Cell, list[Stretch]]:
        """What each cell showed, from its oldest release to the newest."""
        return {cell: list(self._list_stretches(cell)) for cell in self.cells}

    def _list_stretches(self, cell: Cell) -> Iterator[Stretch]:
        table, verdicts = self.history.table(cell), self.verdicts[cell]
        letters: dict[Known, str] = {}
        start = 0
        for at, version in enumerate(self.releases):
            is_last = at + 1 == len(self.releases)
            if not is_last and verdicts[at + 1] is verdicts[at]:
                continue
            known = table[version]
            letters.setdefault(known, _name_letter(len(letters)))
            releases = tuple(self.releases[start : at + 1])
            edge = self._edge(cell, start, table)
            yield Stretch(releases, known, letters[known], verdicts[at], edge)
            start = at + 1

    def _edge(self, cell: Cell, at: int, table: dict[str, Known]) -> str:
        """How a cell changes at a release: not at all, minor, or so that it matters."""
        version = self.releases[at]
        if not at or table[version] == table[self.releases[at - 1]]:
            return ""
        found = self.differences.get((cell, version))
        return THIN if found is None or found.word == MINOR else EDGE

    def count_changes(self, version: str, surface: str = "") -> int:
        """How many cells (of a surface) change at a release so that it matters."""
        point = self.points.get(version)
        found = point.select(*MATTERS) if point else []
        return sum(difference.cell[0] == surface or not surface for difference in found)

    @cached_property
    def findings(self) -> list[Finding]:
        """The causes of deviations in the newest release, those with most cells first."""
        issues: dict[tuple[str, str], Issue] = {}
        cells: dict[tuple[str, str], dict[Cell, None]] = defaultdict(dict)
        for cell in self.cells:
            for verdict in self.newest_verdict(cell).select(KNOWN):
                assert verdict.deviation is not None
                key = _identify(verdict.deviation.issue)
                issues.setdefault(key, verdict.deviation.issue)
                cells[key][cell] = None
        found = [Finding(issue, tuple(cells[key])) for key, issue in issues.items()]
        return sorted(found, key=lambda one: -len(one.cells))


def _identify(issue: Issue) -> tuple[str, str]:
    """What is equal for issues that are one for a reader: upstream has one thread about them."""
    is_thread = "/issues/" in issue.link or "/pull/" in issue.link
    return (issue.reason, issue.link) if is_thread else (issue.reason, issue.id)


def _name_letter(number: int) -> str:
    """A, B, ... Z, A1, B1 and so on."""
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")
