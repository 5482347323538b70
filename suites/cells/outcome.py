"""From a cell's verdict to an ordinary pytest outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often

from ..judging.issues import Deviation
from ..judging.judge import KNOWN, NOT_APPLICABLE, NOT_TESTABLE, CellVerdict, judge
from .story import known_story, story


@dataclass
class CellRun:
    """A cell on its way through pytest; `verdict` is there once `settle` has run it."""

    surface: Surface
    scenario: Scenario
    deviations: tuple[Deviation, ...]
    certificates: Certificates
    repeat: int = 1
    verdict: CellVerdict | None = field(default=None)
    missing: str = ""

    @property
    def recorded(self) -> CellVerdict | None:
        """What a record says of the cell: the verdict, or why it is not applicable."""
        if not self.missing:
            return self.verdict
        return CellVerdict(self.surface, self.scenario, (), NOT_APPLICABLE, (), (self.missing,))

    def settle(self) -> None:
        """Run and judge the cell, and pass, fail, xfail or skip accordingly.

        A known deviation is an xfail decided here, after the run, never a mark: a mark would
        also hide a failure of our own.
        """
        __tracebackhide__ = True
        self.missing = self.surface.not_applicable(self.scenario)
        if self.missing:
            pytest.skip(f"not applicable: {self.missing}")
        try:
            self.verdict = self._judged()
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            self.verdict = CellVerdict(
                self.surface, self.scenario, (), NOT_TESTABLE, (), (problem,)
            )
            raise
        if self.verdict.is_red:
            pytest.fail(f"{self.verdict.word}\n{story(self.verdict)}", pytrace=False)
        if self.verdict.word == KNOWN:
            pytest.xfail(known_story(self.verdict))
            # Only --runxfail comes here: whoever switches xfails off wants to see failures.
            pytest.fail(known_story(self.verdict), pytrace=False)

    def _judged(self) -> CellVerdict:
        traces = [
            trace
            for _ in range(self.repeat)
            for trace in run_often(self.surface, self.scenario, self.certificates)
        ]
        return judge(self.surface, self.scenario, traces, self.deviations)


def cells(group: str) -> list[tuple[Surface, Scenario]]:
    """Every surface with every scenario of a group that has a part for it, in a fixed order."""
    return [
        (surface, scenario)
        for surface in SURFACES.values()
        for scenario in SCENARIOS.values()
        if scenario.group == group and surface.plays(scenario)
    ]
