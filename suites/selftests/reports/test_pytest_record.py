"""What a run of pytest leaves behind: its record, its timelines, in one process and in two."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtures.model.scenario import JUDGED_RACE_RUNS, RACE_RUNS
from fixtures.model.trace import Trace
from fixtures.run import cell as cells
from fixtures.run.cell import run_cell
from reports.results.record import Record, load_record

from ..conftest import ROOT, Miniature, Pytest
from ..miniatures import miniature_libraries as m

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]

pytest_plugins = ["pytester"]

FIRST = ("--library", "miniature", "-k", "peer_closes_first")
PEER_CLOSES = ("--library", "miniature", "-k", "peer_closes", "--collect-only", "-q")


def test_a_run_is_recorded(known: Miniature, run_pytest: Pytest, tmp_path: Path) -> None:
    """A cell that races has a trace of each run; what is not applicable has none, and says why."""
    known(m.Good)
    path = tmp_path / "run.jsonl"
    run_pytest("--library", "miniature", "-k", "elsewhere_with_code or no_pong", f"--record={path}")
    found = load_record(path)

    assert found.complete
    [release] = found.releases
    assert (release.line.library, release.line.label) == ("miniature", "1.0")
    assert {
        one.scenario: (len(one.traces), one.reason, one.verdict and one.verdict.word)
        for one in release.lines()
    } == {
        "application_closes_from_elsewhere_with_code": (12, "", "undocumented"),
        "no_pong_comes": (0, "a miniature has no settings", "not applicable"),
    }


@pytest.mark.parametrize(("record", "runs"), [(False, JUDGED_RACE_RUNS), (True, RACE_RUNS)])
def test_a_race_is_run_more_often_where_its_outcomes_are_counted(
    record: bool,
    runs: int,
    known: Miniature,
    run_pytest: Pytest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where each outcome is only judged, a few runs will do."""
    known(m.Good)
    seen: list[Trace] = []

    def run_and_keep(*arguments: Any, **options: Any) -> Trace:
        seen.append(run_cell(*arguments, **options))
        return seen[-1]

    monkeypatch.setattr(cells, "run_cell", run_and_keep)
    options = [f"--record={tmp_path / 'run.jsonl'}"] if record else []
    run_pytest("--library", "miniature", "-k", "closes_from_elsewhere_with_code", *options)

    assert len(seen) == runs


@pytest.mark.parametrize("arguments", [("-x",), ("-k", "clsoe")])
def test_a_run_that_stops_early_or_runs_nothing_leaves_an_incomplete_record(
    arguments: tuple[str, ...], known: Miniature, run_pytest: Pytest, tmp_path: Path
) -> None:
    """Nobody takes it for the whole."""
    known(m.ClosesTwice)
    path = tmp_path / "run.jsonl"
    run_pytest("--library", "miniature", "-k", "peer_closes", *arguments, f"--record={path}")

    assert not load_record(path).complete


def test_a_file_that_cannot_be_written_is_an_error(
    known: Miniature, run_pytest: Pytest, tmp_path: Path
) -> None:
    """Before anything is run."""
    known()
    result = run_pytest(*FIRST, f"--record={tmp_path}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --record {tmp_path}: Is a directory"])


def test_a_record_is_written_from_another_folder(tmp_path: Path) -> None:
    """Its path is relative to where pytest was started, and may have a space; twice, too."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(ROOT / "suites" / "test_close.py"),
        "-p",
        "no:cacheprovider",
    ]
    command += ["-k", "tornado_client and peer_closes_first", "--record", "a run.jsonl"]
    for _ in range(2):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    assert load_record(tmp_path / "a run.jsonl").complete


def test_collecting_leaves_a_record_as_it_was(
    known: Miniature, run_pytest: Pytest, tmp_path: Path
) -> None:
    """The file of an earlier run is not emptied."""
    known()
    path = tmp_path / "run.jsonl"
    path.write_text("as it was")
    run_pytest(*FIRST, f"--record={path}", "--collect-only")

    assert path.read_text() == "as it was"


def test_a_trace_is_printed_if_asked_for(known: Miniature, run_pytest: Pytest) -> None:
    """`--trace` prints timelines; no debugger is started."""
    known(m.Good)
    result = run_pytest(*FIRST, "--trace")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["miniature in peer_closes_first (*) is undocumented", "*on_close(1000, 'bye')*"]
    )


def test_a_seed_shuffles_the_cells_the_same_way_again(known: Miniature, run_pytest: Pytest) -> None:
    """Two runs with one seed have one order, which is not the order of the files."""
    known()
    orders = [
        [line for line in run_pytest(*PEER_CLOSES, *more).outlines if "::" in line]
        for more in ((), ("--shuffle", "1"), ("--shuffle", "1"), ("--shuffle", "2"))
    ]

    assert orders[1] == orders[2]
    assert orders[0] != orders[1] != orders[3]
    assert sorted(orders[0]) == sorted(orders[1])


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Record]]:
    """Output and record of some cells in one process, and in two of pytest-xdist's."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "lists").mkdir()
    m.install(folder)
    path = os.pathsep.join([str(folder), str(ROOT)])
    environment = os.environ | {"PYTHONPATH": path, "MINIATURE_LISTS": str(folder / "lists")}
    plugins = (
        "suites.selftests.miniatures.miniature_plugin",
        "no:hypothesispytest",
        "no:cacheprovider",
    )
    command = [sys.executable, "-m", "pytest", *(f"-p{plugin}" for plugin in plugins), "--trace"]
    command += ["--library", "miniature", "-k", "server_ or elsewhere or closes_first or 1000"]
    started = {}
    for name, more in {"one": (), "two": ("-n", "2")}.items():
        whole = [*command, "--record", str(folder / f"{name} of two"), *more]
        started[name] = subprocess.Popen(
            whole, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
    output = {name: process.communicate()[0] for name, process in started.items()}
    return {name: (output[name], load_record(folder / f"{name} of two")) for name in output}


def test_two_processes_count_like_one(two_runs: dict[str, tuple[str, Record]]) -> None:
    """The verdicts cross pytest-xdist, and so do the timelines."""
    counts = {tuple(re.findall(r"\n(?:miniature  |red: ).*", out)) for out, _ in two_runs.values()}
    timelines = {output.count("\nminiature in ") for output, _ in two_runs.values()}

    assert len(counts) == len(timelines) == 1
    assert "broken" in counts.pop()[1]
    assert timelines.pop() > 10


def test_two_processes_record_like_one(two_runs: dict[str, tuple[str, Record]]) -> None:
    """The same traces and verdicts, whoever ran first."""
    one, two = (record for _, record in two_runs.values())

    assert one.complete
    assert two.complete
    assert one.header == two.header
    assert summary(one) == summary(two)


def summary(record: Record) -> list[tuple[str, str, list[str]]]:
    """The verdict of each cell, and the behaviours of its runs."""
    [release] = record.releases
    cells = release.read().cells
    return sorted(
        (line.scenario, str(line.verdict), sorted(cells[line.surface, line.scenario].behaviours))
        for line in release.lines()
    )
