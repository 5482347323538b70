"""The stability run: what varies and is no race is reported, and what did not run is no success."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from fixtures.model.scenario import SCENARIOS
from reports.__main__ import main
from reports.commands import stability
from reports.commands.stability import IncompleteRun, add, report, run_suite
from reports.results.record import Record, load_record
from reports.running.session_record import SessionWriter, line_of
from suites.judging.judge import CellVerdict

from ..conftest import Miniature
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import LOADED, make_trace

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]

STEADY, RACING = (
    ("miniature", "peer_closes_first"),
    ("miniature", "peer_resets_right_after_the_handshake"),
)
COUNT = len(LIBRARIES)
"""How many libraries are installed, and no miniature."""
ONE = ["--surface", "tornado_client", "-k", "peer_closes_first"]


@pytest.fixture(autouse=True)
def _known(known: Miniature) -> None:
    """There is a surface that is called miniature."""
    known()


def recorded(folder: Path, *behaviours: str) -> Record:
    """The record of a run of one cell, with these behaviours: "a" ends, "b" never does."""
    waited = {"a": "at once", "b": "hang"}
    traces = [dataclasses.replace(make_trace(), waited=waited[one]) for one in behaviours]
    cell = CellVerdict(m.surface(), SCENARIOS[STEADY[1]], tuple(traces), "kept", ())
    path = folder / f"{'-'.join(behaviours)}.jsonl"
    writer = SessionWriter(path, [LOADED])
    writer.add(line_of(cell, [LOADED]))
    writer.finish()
    return load_record(path)


def test_cells_that_vary_are_printed_with_their_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """A cell that does not race and has two behaviours is undeclared."""
    stable = report({STEADY: Counter(a=2, b=1), RACING: Counter(a=1, b=1)})

    assert not stable
    assert capsys.readouterr().out.splitlines() == [
        "2 cells, 2 with several behaviours, 1 undeclared",
        "  UNDECLARED miniature-peer_closes_first: {'a': 2, 'b': 1}",
        "  race miniature-peer_resets_right_after_the_handshake: {'a': 1, 'b': 1}",
    ]


def test_races_alone_are_stable(capsys: pytest.CaptureFixture[str]) -> None:
    """Several behaviours are what a race is for."""
    assert report({STEADY: Counter(a=3), RACING: Counter(a=1, b=1)})
    assert capsys.readouterr().out.startswith("2 cells, 1 with several behaviours, 0 undeclared")


def test_what_races_on_one_surface_is_a_race(capsys: pytest.CaptureFixture[str]) -> None:
    """Its scenario is steady on others."""
    surface = "websockets_threading_client"
    cell = surface, "peer_closes_after_messages"

    assert report({cell: Counter(a=1, b=1)})
    assert not report({("websockets_asyncio_client", cell[1]): Counter(a=1, b=1)})


def test_behaviours_are_counted_over_all_runs(tmp_path: Path) -> None:
    """The counts of a cell add up."""
    seen: stability.Behaviours = {STEADY: Counter()}
    words = add(recorded(tmp_path, "a"), seen) + add(recorded(tmp_path, "a", "b"), seen)

    assert sorted(seen[STEADY].values()) == [1, 2]
    assert words == {"kept": 2}


@pytest.mark.parametrize(("behaviours", "status"), [("aaaa", 0), ("aaab", 1)])
def test_the_exit_status_says_whether_all_runs_were_alike(
    behaviours: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """The first runs are loaded, the last is shuffled; each is reported as it ends."""
    todo, halted = iter(behaviours), list[bool]()

    def run(*_: object, load: int, halted_after: float | None) -> Record:
        halted.append(halted_after is not None)
        return recorded(tmp_path, next(todo))

    monkeypatch.setattr(stability, "run_suite", run)
    assert main(["stability", "--runs", "4", "--loaded", "1", "--stopped", "1"]) == status
    assert halted == [False, True, False, False]
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()[:4]] == [
        "run 1 (loaded)",
        "run 2 (stopped)",
        "run 3 (idle)",
        "run 4 (shuffled)",
    ]


def test_a_run_is_a_run_of_pytest_with_busy_cores(tmp_path: Path) -> None:
    """Its record is complete, and the burners are gone."""
    found = run_suite(tmp_path / "0.jsonl", ONE, load=1)

    assert (found.complete, len(found.releases)) == (True, COUNT)


def test_a_run_that_is_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is over later, and complete."""
    monkeypatch.setattr(stability, "HALTED", 0.5)
    found = run_suite(tmp_path / "0.jsonl", ONE, load=0, halted_after=0.1)

    assert (found.complete, len(found.releases)) == (True, COUNT)


def test_what_pytest_says_of_a_run_that_is_none_is_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit status 2, and the reason."""
    command = ["stability", "--runs", "1", "--loaded", "0"]

    assert main([*command, "--", "--surface", "tornado_cilent"]) == 2
    written = capsys.readouterr().err
    assert "no surface is called 'tornado_cilent'" in written
    assert written.endswith("stability: a run was not completed: pytest ended with status 4\n")


def test_a_selection_without_cells_is_an_incomplete_run(tmp_path: Path) -> None:
    """Though all that it selects is not applicable, and pytest says that nothing failed."""
    with pytest.raises(IncompleteRun, match="pytest ended with status 5"):
        run_suite(tmp_path / "0.jsonl", ["-k", "tornado_client-application_closes_on_ping"], load=0)


def test_the_selection_is_given_to_pytest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exact names as well: what stands between the brackets of an id is one cell's."""
    given: list[list[str]] = []

    def run(target: Path, arguments: list[str], **_: object) -> Record:
        given.append(arguments)
        return recorded(tmp_path, "a")

    monkeypatch.setattr(stability, "run_suite", run)
    options = [
        "--runs",
        "1",
        "--loaded",
        "0",
        "--shuffled",
        "0",
        "--cell",
        "tornado_client/peer_ends",
    ]
    assert main(["stability", *options, "-k", "not close"]) == 0

    assert given == [["-k", "(not close) and (([tornado_client-) and (-peer_ends]))"]]
