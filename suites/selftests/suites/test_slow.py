"""Slow scenarios: they are run on request only."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from reports.history.provenance import code_of
from reports.page.claims import NO_CHECK, NOT_RECORDED
from reports.page.page_model import build_page
from reports.results.cell_selection import cells_of
from reports.results.release import CellResult, Release
from suites.judging.expectations import called
from suites.judging.judge import KEPT

from ..conftest import Miniature, Promised, Pytest
from ..miniatures.miniature_pairs import trace
from ..miniatures.miniature_traces import report

pytest_plugins = ["pytester"]

LIBRARY = LIBRARIES["websocket-client"]
SLOW, QUICK = "peer_closes_first", "peer_closes_without_reason"
BOTH = ("--library", "miniature", "-k", f"miniature-{SLOW}] or miniature-{QUICK}]")


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One scenario is slow."""
    monkeypatch.setitem(SCENARIOS, SLOW, dataclasses.replace(SCENARIOS[SLOW], slow=True))


@pytest.mark.parametrize(
    ("more", "ran"),
    [((), [QUICK]), (("-m", "slow"), [SLOW]), (("-m", "slow or not slow"), [SLOW, QUICK])],
)
def test_slow_cells_are_run_if_asked_for(
    more: tuple[str, ...], ran: list[str], known: Miniature, run_pytest: Pytest
) -> None:
    """By default they are deselected; `-m slow` takes them alone."""
    known()
    result = run_pytest(*BOTH, *more, "-v")

    result.assert_outcomes(passed=len(ran))
    result.stdout.fnmatch_lines([f"*miniature-{name}?*PASSED*" for name in ran])


def test_a_run_of_slow_cells_alone_is_no_success_without_them(
    known: Miniature, run_pytest: Pytest
) -> None:
    """A selection of slow cells only runs no cell, and says so."""
    known()
    result = run_pytest("--library", "miniature", "-k", f"miniature-{SLOW}]")

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["no cell was run: *-m slow*"])


def test_sweeps_leave_slow_cells_out() -> None:
    """Sweeps and comparisons leave slow cells out."""
    found = {scenario for _, scenario in cells_of(LIBRARY)}
    named = {scenario for _, scenario in cells_of(LIBRARY, f"{SLOW} or {QUICK}")}

    assert SLOW not in found | named
    assert QUICK in found & named


def test_histories_leave_slow_cells_out() -> None:
    """Histories store no slow cells."""
    assert SLOW not in code_of(LIBRARY).scenarios
    assert QUICK in code_of(LIBRARY).scenarios


def test_the_examples_of_the_drivers_are_quick() -> None:
    """The cells that show what drivers record are run by every run of the self-tests."""
    from .. import event_coverage

    slow = {name for name, one in SCENARIOS.items() if one.slow} - {SLOW}
    shown = {name for surface in SURFACES for name in event_coverage.load()[surface]}

    assert shown & slow == set()


def test_a_page_has_slow_cells_where_they_were_run(known: Miniature, promised: Promised) -> None:
    """A record without slow cells is still complete; a check of slow cells alone is red."""
    known()
    promised("on_close", called("on_close", 1000, "bye"))
    library, quick = LIBRARIES["miniature"], ("miniature", QUICK)
    run = {cell: CellResult((trace(),)) for cell in cells_of(library)}
    without = build_page(Release("miniature", "1.0", "1.0", "CPython 3.11.0", run), ())
    slow = {("miniature", SLOW): CellResult((trace(report("closed", "on_close", 1000, "bye")),))}
    both = build_page(Release("miniature", "1.0", "1.0", "CPython 3.11.0", run | slow), ())

    assert quick in run
    assert ("miniature", SLOW) not in run
    assert [(one.of(NOT_RECORDED), len(one.cells)) for one in (without, both)] == [
        ([], len(run)),
        ([], len(run) + 1),
    ]
    assert [one.promises[0].word for one in (without, both)] == [NO_CHECK, KEPT]
