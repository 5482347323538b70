"""Sweeps: the command, its shards, its summary, and how it is stopped."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from reports import history
from reports.__main__ import main
from reports.commands import sweep
from reports.commands.merge import merge
from reports.results.record import load_record as read_record
from reports.results.release import CellResult, Release
from reports.results.targets import parse_target
from reports.running import plan, progress
from reports.running.release_runs import run_releases
from reports.running.release_selection import choose_targets
from reports.running.sweep_summary import Summary

from ..killing import Sweep, differences, disturb_often, fill_disk, send
from ..miniatures.miniature_history import few
from ..miniatures.miniature_index import Index, source, wheel
from ..miniatures.miniature_traces import make_trace

__all__ = ["few"]
"""A fixture that is declared elsewhere."""
SURFACE = "miniature_websocket_client"
CELLS = [(SURFACE, "peer_closes_first"), (SURFACE, "peer_ends")]
NARROW = ["-k", "peer_closes_first or peer_ends_after_a_message"]
Command = Callable[..., int]

pytestmark = pytest.mark.usefixtures("fresh_results")


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Sweeps the miniature, with a record in `record.jsonl`; the exit status."""

    def given(*arguments: str, library: str = "miniature-websocket") -> int:
        record = ["--record", str(tmp_path / "record.jsonl")]
        return main(["sweep", library, *NARROW, *record, *arguments])

    return given


def test_a_recorded_file_is_a_target(
    command: Command, miniature_index: Index, tmp_path: Path
) -> None:
    """It is read, not run."""
    assert command("--releases", "1.2") == 0
    path = str(tmp_path / "record.jsonl")
    lines: list[str] = []
    (release,) = run_releases(
        [parse_target(miniature_index.library, path)], None, progress=lines.append
    )

    assert (release.version, len(release.cells)) == ("1.2", 2)
    assert lines == [f"miniature-websocket {path}: 2 cells"]


def test_the_command(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It records every release, and says what it did."""
    assert command() == 0
    out, err = capsys.readouterr()
    record = read_record(tmp_path / "record.jsonl")

    assert out == "4 releases, 8 cells\n"
    assert err.splitlines()[0] == "miniature-websocket 1.0: 2 cells"
    assert record.complete
    assert [one.line.label for one in record.releases] == ["1.0", "1.1", "1.2", "1.3"]
    assert command("--releases", "1.2..") == 0
    assert "miniature-websocket 1.3: 2 cells, 2 already known" in capsys.readouterr().err


def test_what_is_run_in_real_time_is_stored_separately(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is known to the next sweep in real time, and to no other."""
    known = []
    for arguments in ((), ("--real-time",), ("--real-time",)):
        assert command("--releases", "1.3", *arguments) == 0
        known.append("2 already known" in capsys.readouterr().err)

    assert known == [False, False, True]


def test_nothing_need_be_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    """What was found is known from then on."""
    command = ["sweep", "miniature-websocket", "--releases", "1.0", *NARROW]

    assert main(command) == 0
    assert capsys.readouterr().out == "1 release, 2 cells\n"


def test_shards_make_the_same_record(command: Command, tmp_path: Path) -> None:
    """Merged, they are what one sweep records."""
    shards = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for number, path in enumerate(shards, 1):
        assert command("--shard", f"{number}/2") == 0
        (tmp_path / "record.jsonl").rename(path)
    assert command() == 0
    file = io.BytesIO()
    merge(shards, file)

    assert file.getvalue() == (tmp_path / "record.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--releases", "2.0.."], "--releases 2.0..: the index has no such release of miniature"),
        (["--releases", "1.0..last"], "--releases: 'last' is not a release"),
        (["--releases", "last"], "'last' is not a release of miniature-websocket"),
        (["--shard", "3/2"], "--shard 3/2: write I/N, with I from 1 to N"),
        (["--shard", "half"], "--shard half: write I/N"),
        (["--shard", "1/5"], "--shard 1/5: there are 4 releases for 5 shards"),
        (["-k", "nothing"], "-k 'nothing' selects no cell of miniature-websocket"),
        (["--engine", "steam"], "--engine steam: there are processes, dask, and tcp://"),
        (["--record", "/"], "--record /: Is a directory"),
    ],
)
def test_a_wrong_command_line(
    command: Command, arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and one line that says what is wrong."""
    assert command(*arguments) == 2
    assert capsys.readouterr().err.startswith(f"sweep: {reason}")


def test_a_wrong_library(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is unknown; releases without the name of their library."""
    assert command(library="websocket-clent") == 2
    assert "'websocket-clent'. Did you mean 'websocket-client'?" in capsys.readouterr().err
    assert main(["sweep", "--releases", "1.0"]) == 2
    assert "--releases 1.0: name the one library" in capsys.readouterr().err


def test_what_was_named_has_to_run(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """A release that cannot be run is reported, recorded, and exit status 3."""
    assert command("--releases", "1.0,9.9") == 3
    out, err = capsys.readouterr()
    assert "miniature-websocket 9.9 cannot be run: miniature-websocket has no release 9.9" in err
    assert out == "1 release, 2 cells; 1 release cannot be run\n"


def test_a_range_may_hold_what_cannot_run(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there, with its reason; but something has to run."""
    for version, text in (("1.0", source("1.0")), ("2.0", "raise LookupError")):
        wheel(tmp_path, version, text)
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))

    assert command() == 0
    releases = read_record(tmp_path / "record.jsonl").releases
    assert [one.line.reason for one in releases] == [
        "",
        "importing it raises LookupError: ",
    ]
    assert command("--releases", "2.0..") == 3


def test_a_release_without_a_wheel_is_not_asked_for(
    command: Command,
    miniature_index: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The index has said so; only `--build` tries it."""
    offered = {"0.8": "has no wheel", "0.9": "has no wheel", "1.0": ""}
    monkeypatch.setattr("reports.running.release_selection.releases", lambda library: offered)

    assert command() == 0
    assert capsys.readouterr().err.splitlines() == [
        "miniature-websocket: 2 releases cannot be run: each of 0.8 ... 0.9 has no wheel",
        "miniature-websocket 1.0: 2 cells",
    ]
    releases = read_record(tmp_path / "record.jsonl").releases
    assert [one.line.reason for one in releases] == ["has no wheel", "has no wheel", ""]
    assert not any(
        one.reason for one in choose_targets([miniature_index.library], "all", build=True)
    )


def test_what_is_not_testable_is_reported() -> None:
    """Faults of ours, and cells that end their child, make exit status 3."""
    faulty = CellResult((make_trace(problems=("the driver failed",)),))
    cells = {CELLS[0]: faulty, CELLS[1]: CellResult(reason="a crash", failed=True)}
    summary = Summary(every=False)
    summary.add(Release("miniature-websocket", "1.0", "1.0", "C", cells))

    text = "1 release, 1 cell; 1 cell could not be run; 1 cell not testable"
    assert (str(summary), summary.exit_status) == (text, 3)


def test_what_does_not_apply_is_counted_apart() -> None:
    """A release that has nothing of what the cells are about has been run all the same."""
    shown, absent = CellResult((make_trace(),)), CellResult(reason="no api")
    summary = Summary(every=True)
    for second in (shown, absent):
        cells = {CELLS[0]: second, CELLS[1]: second}
        summary.add(Release("miniature-websocket", "1.0", "1.0", "C", cells))
    text = "2 releases, 2 cells; 2 cells not applicable (nothing applies to 1 release)"
    assert (str(summary), summary.exit_status) == (text, 0)

    summary.add(
        Release(
            "miniature-websocket", "1.1", "1.1", "C", dict(zip(CELLS, (shown, absent), strict=True))
        )
    )
    assert str(summary).endswith("3 cells; 3 cells not applicable (nothing applies to 1 release)")


def test_a_sweep_of_nothing_that_applies_has_run_nothing() -> None:
    """Whatever could be loaded: exit status 3."""
    summary = Summary(every=False)
    cells = {CELLS[0]: CellResult(reason="no api")}
    summary.add(Release("miniature-websocket", "1.0", "1.0", "C", cells))
    text = "1 release, 0 cells; 1 cell not applicable (nothing applies to 1 release)"

    assert (str(summary), summary.exit_status) == (text, 3)


def test_ctrl_c_leaves_what_is_finished(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The record has no footer; the same command goes on."""
    say, said = progress.Progress.__call__, list[str]()

    def interrupted(self: progress.Progress, text: str) -> None:
        said.append(text)
        if len(said) == 2:
            raise KeyboardInterrupt
        say(self, text)

    monkeypatch.setattr(progress.Progress, "__call__", interrupted)
    assert command("--workers", "1") == 130
    record = read_record(tmp_path / "record.jsonl")
    done = len(record.releases)

    assert not record.complete
    assert done >= 2
    assert said[-1].startswith(f"stopped: {done} of 4 releases are finished; give the same comm")
    assert command() == 0
    assert "miniature-websocket 1.1: 2 cells, 2 already known" in capsys.readouterr().err


def test_ctrl_c_leaves_a_record_of_nothing(
    command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may come before anything is finished, and where nothing is recorded."""

    def interrupted(self: plan.Plan, *_: object) -> Iterator[Release]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(plan.Plan, "run", interrupted)

    assert main(["sweep", "miniature-websocket", "--releases", "1.0,a.jsonl", *NARROW]) == 130
    assert "stopped: 0 of 2 releases are finished" in capsys.readouterr().err
    assert command() == 130


@pytest.mark.integration
def test_nothing_is_lost_when_a_sweep_is_killed(miniature_index: Index, tmp_path: Path) -> None:
    """Killed at random moments and given again, it records what an undisturbed one records."""
    arguments = ["miniature-websocket", "-k", "illegal", "--workers", "1"]
    environment = {**miniature_index.environment}
    undisturbed = Sweep(arguments, tmp_path / "undisturbed", environment)
    disturbed = Sweep(arguments, tmp_path / "disturbed", environment)
    undisturbed.run()
    ways = [send("KILL"), send("TERM"), fill_disk]

    assert disturb_often(disturbed, ways, undisturbed.record, 2.0, random.Random(1)) == []


def test_differences_are_found(command: Command, tmp_path: Path) -> None:
    """Of releases, of cells, of what they show, of a record that is cut short."""
    record, other = tmp_path / "record.jsonl", tmp_path / "other.jsonl"
    assert command("--releases", "1.0,1.1") == 0
    record.rename(other)
    assert command("--releases", "1.0") == 0
    assert differences(record, other) == ["their releases"]
    text = other.read_text()
    record.write_text(text.replace('"failed":false', '"failed":true', 1))
    assert len(differences(record, other)) == 1
    record.write_text(text[: text.rindex("{")])
    assert differences(record, other) == ["one of them is cut short"]


@pytest.mark.parametrize("function", ["update", "restamp"])
def test_the_history_is_given_the_releases(
    function: str, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is rebuilt, or re-stamped, of what the sweep has found, as the record is."""
    given: dict[str, list[str]] = {}

    def update(library: str, releases: Iterable[Release]) -> None:
        given[library] = [release.label for release in releases]

    monkeypatch.setattr(history, function, update)
    monkeypatch.setattr(sweep, "_count_races", lambda *given, **options: None)
    assert command(f"--{function}-history", "--releases", "1.1..1.2") == 0

    assert given == {"miniature-websocket": ["1.1", "1.2"]}
    assert len(read_record(tmp_path / "record.jsonl").releases) == 2


@pytest.mark.parametrize("option", ["--update-history", "--restamp-history"])
def test_races_are_counted_for_the_history(
    option: str, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, few: None
) -> None:
    """As often as they are run where a comparison doubts; what is counted is not run again."""
    monkeypatch.setattr("reports.history.stored_history.FOLDER", tmp_path)
    race, asked = (SURFACE, "application_closes_from_elsewhere"), "reports.history.list_uncounted"
    given = ["--releases", "1.1..1.2", "-k", "not nothing"]
    assert command(*given, "--update-history") == 0
    monkeypatch.setattr(
        asked, lambda known: {} if known.runs else {version: [race] for version in ("1.1", "1.2")}
    )
    assert [command(*given, option), command(*given, "--restamp-history")] == [0, 0]
    found = history.load("miniature-websocket").runs[race]

    assert [sum(counts.values()) for counts in found.values()] == [48, 48]


def test_a_terminal_has_a_bar(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts cells; what is said stands above it, without anything a terminal obeys."""
    screen = Screen()
    with progress.show_progress(screen) as shown:
        shown.expect(3)
        shown("a [red]name[/red] \x1b[2J")
        shown.advance(2)

    assert "a [red]name[/red] \\x1b[2J" in screen.getvalue()
    assert "2/3" in screen.getvalue()


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True
