"""One pytest session of cells: the selection, the verdicts so far, and the report at the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES, Surface
from fixtures.model.errors import UserError
from fixtures.model.scenario import JUDGED_RACE_RUNS, RACE_RUNS
from fixtures.model.text import pluralize
from fixtures.run import distribution

from .. import scenarios
from ..judging.issue_files import load_deviations
from ..judging.issues import Deviation, find_overdue
from ..judging.judge import CellVerdict
from ..safe_text import defuse_lines, format_message
from .selection import select_libraries, select_surfaces
from .summary import MarkedText, Tally, format_findings, format_hints, format_reviews, format_table

NOTHING_RAN = (
    "no cell was run: -k, -m or the arguments select no cell. "
    f"Groups: {', '.join(scenarios.GROUPS)}. Surfaces: {', '.join(SURFACES)}. "
    f"Libraries: {', '.join(LIBRARIES)}."
)
ONLY_CELLS = ("record", "baseline")
"""Options that are not about pairs of libraries."""
MOST_RUNS = 100_000
"""How often a cell is run in one session: days."""
NONE_APPLIES = "no cell was judged: none of the selected cells applies to its API (-rs: why)."


class Session:
    """What one pytest session keeps: the selection, the deviations, the verdicts, the timelines."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the options and the lists of deviations; a mistake in them is a usage error."""
        try:
            self.libraries = select_libraries(config.getoption("library"))
            self.surfaces = select_surfaces(config.getoption("surface"), self.libraries)
            self.loaded = [distribution.identify(library) for library in self.libraries]
            self.deviations = load_deviations()
        except UserError as error:
            raise pytest.UsageError(format_message(error)) from error
        self.real_time: bool = config.getoption("real_time")
        self.repeat: int = config.getoption("repeat")
        if not 1 <= self.repeat <= MOST_RUNS:
            raise pytest.UsageError(
                f"--repeat {self.repeat}: a cell is run at least once, {MOST_RUNS} times at most"
            )
        counted = config.getoption("record") or config.getoption("baseline")
        self.race_runs = RACE_RUNS if counted else JUDGED_RACE_RUNS
        self._by_surface: dict[str, list[Deviation]] = {}
        for one in self.deviations:
            self._by_surface.setdefault(one.surface, []).append(one)
        self.judged: dict[tuple[str, str], CellVerdict] = {}
        self.tally, self.pairs = Tally(), 0
        self.timelines: list[str] = []

    def find_deviations(self, surface: Surface) -> tuple[Deviation, ...]:
        """The deviations of a surface: a cell is compared with no others."""
        return tuple(self._by_surface.get(surface.name, ()))

    def summarise(self, reporter: pytest.TerminalReporter, exit_status: int) -> None:
        """Write the requested timelines, then the surfaces and the findings."""
        for text in self.timelines:
            reporter.write_line("")
            reporter.write_line(defuse_lines(text))
        asked = [f"--{name}" for name in ONLY_CELLS if reporter.config.getoption(name)]
        if self.pairs and asked:
            left_out = f"{pluralize(self.pairs, 'pair')} of the interop group"
            reporter.write_line(f"{' and '.join(asked)}: only cells, without {left_out}")
        if exit_status == pytest.ExitCode.NO_TESTS_COLLECTED and not self.tally.words:
            reporter.write_line(NOTHING_RAN, red=True)
        if not self.tally.words and not self.tally.causes:
            return
        if self.tally.none_applies:
            reporter.write_line(NONE_APPLIES, red=True)
        if self.tally.words:
            reporter.section("cells")
            _write(reporter, format_table(self.tally, self.loaded))
        if self.tally.causes:
            reporter.section(f"findings: {len(self.tally.causes)}, by the cells that show them")
            every = reporter.config.getoption("findings")
            width = reporter._tw.fullwidth
            _write(reporter, format_findings(self.tally, width, every=every))
            reporter.section("to see more")
            _write(reporter, format_hints(self.tally, width))
        _write(
            reporter, format_reviews(find_overdue(self._list_deviations(), datetime.date.today()))
        )

    def _list_deviations(self) -> list[Deviation]:
        names = {library.name for library in self.libraries}
        return [one for one in self.deviations if one.issue.library in names]


def _write(reporter: pytest.TerminalReporter, lines: Iterable[MarkedText]) -> None:
    for line in lines:
        for text, markup in line:
            reporter.write(format_message(text), **dict.fromkeys(markup, True))
        reporter.line("")
