"""From a cell's verdict to an ordinary pytest outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import RACE_RUNS, SCENARIOS, Scenario
from fixtures.net.certificates import Certificates

from ..judging.issues import Deviation
from ..judging.judge import KNOWN, NOT_APPLICABLE, NOT_TESTABLE, CellVerdict, judge
from ..safe_text import defuse_lines, format_message
from .bounded_run import NotApplicable, run_bounded
from .story import format_known, format_story


@dataclass
class CellRun:
    """A cell as a pytest test; `settle` runs it and sets `verdict`.

    `stderr` is where the end of the process is explained: what pytest captures is lost then.
    """

    surface: Surface
    scenario: Scenario
    deviations: tuple[Deviation, ...]
    certificates: Certificates
    stderr: int
    repeat: int = 1
    real_time: bool = False
    race_runs: int = RACE_RUNS
    verdict: CellVerdict | None = field(default=None)
    missing: str = ""

    def __repr__(self) -> str:
        """Its name; pytest writes it for each test that does not pass, and all data are long."""
        return f"{self.surface}-{self.scenario}"

    @property
    def recorded(self) -> CellVerdict | None:
        """The verdict for a record of the run, also of a cell that is not applicable."""
        if not self.missing:
            return self.verdict
        return CellVerdict(self.surface, self.scenario, (), NOT_APPLICABLE, (), (self.missing,))

    def settle(self) -> None:
        """Run and judge the cell, and pass, fail, xfail or skip accordingly.

        A known deviation is an xfail decided here, after the run, never a mark: a mark would
        also hide a failure of our own.
        """
        __tracebackhide__ = True
        try:
            self.verdict = self._run()
        except NotApplicable as reason:
            self.missing = str(reason)
        except (Exception, SystemExit) as error:
            problem = f"{type(error).__name__}: {error}"
            self.verdict = CellVerdict(
                self.surface, self.scenario, (), NOT_TESTABLE, (), (problem,)
            )
            raise
        if self.verdict is None:
            pytest.skip(f"not applicable: {format_message(self.missing)}")
        if self.verdict.is_red:
            story = defuse_lines(format_story(self.verdict))
            pytest.fail(f"{self.verdict.word}\n{story}", pytrace=False)
        if self.verdict.word == KNOWN:
            known = format_message(format_known(self.verdict))
            pytest.xfail(known)
            # Reached with --runxfail only: it switches xfails off, in order to see failures.
            pytest.fail(known, pytrace=False)

    def _run(self) -> CellVerdict:
        traces = [
            trace
            for _ in range(self.repeat)
            for trace in run_bounded(
                self.surface,
                self.scenario,
                self.certificates,
                self.stderr,
                real_time=self.real_time,
                race_runs=self.race_runs,
            )
        ]
        return judge(self.surface, self.scenario, traces, self.deviations)


def list_cells(group: str) -> list[tuple[Surface, Scenario]]:
    """Every surface with every scenario of a group that it plays, in a fixed order."""
    return [
        (surface, scenario)
        for surface in SURFACES.values()
        for scenario in SCENARIOS.values()
        if scenario.group == group and surface.plays(scenario)
    ]
