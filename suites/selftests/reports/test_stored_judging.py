"""A verdict comes from the behaviour alone: no check looks at the order between lanes.

So a stored release is judged as it would be if it were run; see `fixtures.model.behaviour`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import suites.promises
import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import SCENARIOS
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_cell
from fixtures.run.distribution import identify, is_installed
from reports.diff.checks import judge_result
from reports.history import load, update
from reports.history.change_points import result
from reports.results.release import CellResult, Release
from reports.running import fingerprints
from suites.judging.issue_files import load_deviations as load_deviations
from suites.judging.judge import CellVerdict

pytestmark = pytest.mark.integration

HERE = [name for name, surface in SURFACES.items() if is_installed(surface.library)]


def run_every_cell(surface: Surface, certificates: Certificates) -> Release:
    """What the installed release shows in every cell of a surface, each run once."""
    cells = {
        (surface.name, scenario.name): CellResult((run_cell(surface, scenario, certificates),))
        for scenario in SCENARIOS.values()
        if surface.plays(scenario) and not surface.not_applicable(scenario)
    }
    version = identify(surface.library).version
    return Release(surface.library.name, version, version, fingerprints.python(), cells)


def checks(verdict: CellVerdict) -> list[tuple[str, str, str]]:
    """What is said of a cell, check by check."""
    return [(verdict.word, "", ""), *((v.check, v.word, v.recorded) for v in verdict.verdicts)]


@pytest.mark.integration
@pytest.mark.parametrize("surface", HERE)
def test_a_stored_behaviour_is_judged_as_its_trace(
    surface: str, certificates: Certificates, tmp_path: Path
) -> None:
    """In every cell: the same word, of every check the same word and the same record."""
    release = run_every_cell(SURFACES[surface], certificates)
    update(release.library, [release], tmp_path)
    stored, listed = load(release.library, tmp_path), load_deviations()

    for cell, shown in release.cells.items():
        known = result(stored, cell, release.version)
        verdicts = [checks(judge_result(cell, one, listed)) for one in (known, shown)]
        assert verdicts[0] == verdicts[1], cell
