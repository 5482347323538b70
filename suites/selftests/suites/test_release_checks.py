"""Checks about a release as a whole: one test each, whatever the number of cells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import SURFACES
from suites.cells.release_checks import list_release_checks
from suites.judging.promise import PROMISES
from suites.judging.rules import RULES
from suites.judging.scope import CELL, RELEASE

from ..conftest import ROOT, Listed, Miniature, Pytest
from ..miniatures import miniature_libraries as m

pytest_plugins = ["pytester"]

LEAK = {"checks": ["rule.nothing_keeps_running"], "signatures": ["leftover tasks: *"]}
CLOSES = ("--library", "miniature", "-k", "peer_closes_first or nothing_keeps_running")
ALONE = ("--library", "miniature", "-k", "nothing_keeps_running")


def test_a_leak_that_is_listed_colours_no_cell(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """The cell passes, and the release is xfailed once, with the count of cells."""
    known(m.LeavesATask)
    listed(LEAK)
    result = run_pytest(*CLOSES, "-rx")

    result.assert_outcomes(passed=1, xfailed=1)
    result.stdout.fnmatch_lines(["XFAIL *test_release*nothing_keeps_running*in 1 of 1 cell: *"])


def test_a_leak_that_nobody_has_listed_fails_in_its_cell(
    known: Miniature, run_pytest: Pytest
) -> None:
    """The release fails as well: a new leak is red wherever it is seen."""
    known(m.LeavesATask)
    result = run_pytest(*CLOSES)

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "miniature: After the end no thread, task, timer, socket or process of the library*",
            "  broken in peer_closes_first: leftover tasks: *",
            '  again with  pytest "suites/test_close.py::*peer_closes_first]" --trace',
        ]
    )


@pytest.mark.parametrize(("miniature", "outcome"), [(m.Good, "passed"), (m.LeavesATask, "failed")])
def test_a_release_without_cells_runs_one(
    miniature: type[m.Good], outcome: str, known: Miniature, run_pytest: Pytest
) -> None:
    """Selected alone, or in a process of its own, a check about the release still judges."""
    known(miniature)

    run_pytest(*ALONE).assert_outcomes(**{outcome: 1})


def test_a_check_alone_has_its_finding(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """No cell was selected, and the finding still stands in the summary, with its cell."""
    known(m.LeavesATask)
    listed(LEAK)
    result = run_pytest(*ALONE, "--findings")

    result.stdout.fnmatch_lines(["*findings: 1, by the cells that show them*", "1 cell *"])


def test_in_several_processes_the_count_says_whose_it_is(
    listed: Listed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process knows its own cells only; the findings of the summary count all."""
    m.install(tmp_path)
    listed(LEAK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    monkeypatch.setenv("MINIATURE_LISTS", str(tmp_path))
    monkeypatch.setenv("MINIATURE", m.LeavesATask.__name__)
    plugins = ("-p", "suites.selftests.miniatures.miniature_plugin", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *plugins, *CLOSES, "-n1", "-rx"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "in 1 of 1 cell that process gw0 has run (the findings count all): " in done.stdout
    assert "findings: 1, " in done.stdout


def test_every_check_about_a_release_is_a_test_of_each_surface_it_is_about() -> None:
    """Rules are about all surfaces, and a promise is about its own."""
    surfaces = list(SURFACES.values())
    found = list_release_checks(surfaces)
    rules = [one.id for one in RULES.values() if one.scope == RELEASE]
    promises = [one for one in PROMISES.values() if one.scope == RELEASE]

    assert {*(r.scope for r in RULES.values()), *(p.scope for p in promises)} == {CELL, RELEASE}
    assert set(found) == {
        *((surface, rule) for surface in surfaces for rule in rules),
        *((one.surface, one.id) for one in promises),
    }


def test_of_a_check_pytest_writes_its_name(
    known: Miniature, listed: Listed, run_pytest: Pytest
) -> None:
    """Not each trace and verdict so far: to write them, unread, took a fifth of a whole run."""
    known(m.LeavesATask)
    listed(LEAK)
    result = run_pytest(*ALONE, "--xfail-tb")

    result.stdout.fnmatch_lines(["release_check = miniature-nothing_keeps_running"])
