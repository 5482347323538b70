"""A check about a release as a whole, as one pytest test over all its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.text import pluralize
from fixtures.net.certificates import Certificates

from ..judging.issues import Deviation
from ..judging.judge import BROKEN, FIXED, KNOWN, CellVerdict, Verdict, judge
from ..judging.promise import PROMISES
from ..judging.rules import RULES
from ..judging.scope import RELEASE
from ..safe_text import defuse_lines
from .bounded_run import NotApplicable, run_bounded
from .summary import FoundIn, encode_issue


@dataclass
class ReleaseCheck:
    """A surface and a check about the release, with the cells that this run has judged so far.

    If this process has judged none of them, which happens with pytest-xdist, the check runs the
    first cell that shows what it is about.
    """

    surface: Surface
    check: str
    judged: dict[tuple[str, str], CellVerdict]
    deviations: tuple[Deviation, ...]
    certificates: Certificates
    stderr: int
    process: str = ""
    """The name of the process, if pytest-xdist runs several."""

    def __repr__(self) -> str:
        """Its name; pytest writes it for each test that does not pass, and all data are long."""
        return f"{self.surface}-{name_release_check(self.check)}"

    def settle(self) -> None:
        """Pass, fail, xfail or skip, according to the verdicts of the check on the cells."""
        __tracebackhide__ = True
        found = self._find_verdicts() or next(
            filter(None, map(self._run, self._list_scenarios())), {}
        )
        if not found:
            pytest.skip("not applicable: no cell shows what this check is about")
        red = {name: one for name, one in found.items() if one.word in {BROKEN, FIXED}}
        if red:
            pytest.fail(defuse_lines("\n".join(self._explain(red))), pytrace=False)
        known = {name: one.deviation for name, one in found.items() if one.word == KNOWN}
        if known:
            reasons = dict.fromkeys(f"{d.issue.why} {d.issue.link}" for d in known.values() if d)
            where = f"{len(known)} of {pluralize(len(found), 'cell')}"
            if self.process:
                where += f" that process {self.process} has run (the findings count all)"
            pytest.xfail(f"in {where}: {'; '.join(reasons)}")

    def list_findings(self) -> Iterator[FoundIn]:
        """The known cause of each cell in which the check does not hold, as a tally counts it."""
        for name, verdict in self._find_verdicts().items():
            if verdict.word == KNOWN and verdict.deviation:
                yield self.surface.name, name, encode_issue(verdict.deviation.issue)

    def _explain(self, red: dict[str, Verdict]) -> Iterator[str]:
        """What is not as the issues list it, cell by cell; each cell has failed with its story."""
        yield f"{self.surface}: {next(iter(red.values())).expected}"
        for name, verdict in red.items():
            yield f"  {verdict.word} in {name}: {verdict.text}"
        cell = self.judged[self.surface.name, next(iter(red))]
        yield f'  again with  pytest "{cell.node}" --trace'

    def _find_verdicts(self) -> dict[str, Verdict]:
        """The check's verdict in each cell of the surface that has one."""
        cells = [cell for (name, _), cell in self.judged.items() if name == self.surface.name]
        return {
            cell.scenario.name: verdict
            for cell in cells
            for verdict in cell.verdicts
            if verdict.check == self.check
        }

    def _list_scenarios(self) -> Iterator[Scenario]:
        """The scenarios that the surface plays and that the check can be about."""
        promise = PROMISES.get(self.check)
        for scenario in SCENARIOS.values():
            is_about_it = promise is None or scenario.name in promise.scenarios
            in_main_thread = scenario.settings.in_main_thread
            if is_about_it and self.surface.plays(scenario) and not in_main_thread:
                yield scenario

    def _run(self, scenario: Scenario) -> dict[str, Verdict]:
        """The check's verdicts with this cell among them; none if it does not apply."""
        try:
            traces = run_bounded(self.surface, scenario, self.certificates, self.stderr)
        except NotApplicable:
            return {}
        cell = judge(self.surface, scenario, traces, self.deviations)
        self.judged[self.surface.name, scenario.name] = cell
        return self._find_verdicts()


def list_release_checks(surfaces: list[Surface]) -> list[tuple[Surface, str]]:
    """Each of these surfaces with each check about the release, in a fixed order."""
    rules = [rule.id for rule in RULES.values() if rule.scope == RELEASE]
    return [
        (surface, check)
        for surface in surfaces
        for check in [
            *rules,
            *(
                promise.id
                for promise in PROMISES.values()
                if promise.scope == RELEASE and promise.surface == surface
            ),
        ]
    ]


def name_release_check(check: str) -> str:
    """The name of a rule or a promise, without that of its surface."""
    return RULES[check].name if check in RULES else PROMISES[check].name
