"""One pytest session of cells: what was chosen, what has been judged, and what is reported."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.errors import UserError
from fixtures.run import distribution

from .. import scenarios
from ..judging.issue_files import load
from ..judging.issues import Deviation, overdue
from ..judging.judge import CellVerdict
from .selection import selected_libraries, selected_surfaces
from .summary import Line, Tally, findings, further, reviews, table

NOTHING_RAN = (
    "no cell was run: nothing that is selected by -k, -m or the arguments is a cell. "
    f"Groups: {', '.join(scenarios.GROUPS)}. Surfaces: {', '.join(SURFACES)}. "
    f"Libraries: {', '.join(LIBRARIES)}. Slow cells are run with -m slow."
)
NOT_ONE = "no cell was judged: not one that is selected applies to its API (-rs: why)."


class Session:
    """What one pytest session keeps: the choice, the deviations, the verdicts, the timelines."""

    def __init__(self, config: pytest.Config) -> None:
        """Read options and lists; a mistake in either is a usage error."""
        try:
            self.libraries = selected_libraries(config.getoption("library"))
            self.surfaces = selected_surfaces(config.getoption("surface"), self.libraries)
            self.loaded = [distribution.identify(library) for library in self.libraries]
            self.deviations = load()
        except UserError as error:
            raise pytest.UsageError(str(error)) from error
        self.repeat: int = config.getoption("repeat")
        if self.repeat < 1:
            raise pytest.UsageError(f"--repeat {self.repeat}: a cell is run at least once")
        self.judged: dict[tuple[str, str], CellVerdict] = {}
        self.tally = Tally()
        self.timelines: list[str] = []

    def summarise(self, reporter: pytest.TerminalReporter, exit_status: int) -> None:
        """Write the timelines that were asked for, then the surfaces and the findings."""
        for text in self.timelines:
            reporter.write_line("")
            reporter.write_line(text)
        if exit_status == pytest.ExitCode.NO_TESTS_COLLECTED and not self.tally.words:
            reporter.write_line(NOTHING_RAN, red=True)
        if not self.tally.words:
            return
        if self.tally.none_applies:
            reporter.write_line(NOT_ONE, red=True)
        reporter.section("cells")
        _write(reporter, table(self.tally, self.loaded))
        if self.tally.causes:
            reporter.section(f"findings: {len(self.tally.causes)}, by the cells that show them")
            every = reporter.config.getoption("findings")
            width = reporter._tw.fullwidth
            _write(reporter, findings(self.tally, width, every=every))
            reporter.section("to see more")
            _write(reporter, further(self.tally, width))
        _write(reporter, reviews(overdue(self._ours(), datetime.date.today())))

    def _ours(self) -> list[Deviation]:
        names = {library.name for library in self.libraries}
        return [one for one in self.deviations if one.issue.library in names]


def _write(reporter: pytest.TerminalReporter, lines: Iterable[Line]) -> None:
    for line in lines:
        for text, markup in line:
            reporter.write(text, **dict.fromkeys(markup, True))
        reporter.line("")
