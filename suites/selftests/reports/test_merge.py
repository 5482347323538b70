"""Records of sweeps: written, read back, refused where they are broken, and merged."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.__main__ import main
from reports.commands.merge import merge
from reports.results.record import RecordWriter
from reports.results.record import load_record as read_record
from reports.results.release import Cell, CellResult, Release, WrongInput

from ..miniatures.miniature_traces import make_trace, report

CELL: Cell = ("tornado_client", "peer_closes_first")
OTHER: Cell = ("tornado_client", "peer_ends")
RACE: Cell = ("tornado_client", "application_closes_from_elsewhere_when_idle")
HEADER = b'{"type":"record","schema":2,"suite":"s","drivers":{}}\n'
RELEASE = b'{"type":"release","library":"tornado","label":"6.5","version":"6.5","python":"C"}\n'
LINE = b'{"type":"cell","surface":"a","scenario":"b"}\n'
END = b'{"type":"end","releases":1,"cells":1}\n'
Write = Callable[..., Path]


def shown(*messages: str, **more: Any) -> CellResult:
    """What a cell showed: a trace for each message that came."""
    traces = (make_trace(report("message", "on_message", one)) for one in messages)
    return CellResult(tuple(traces), **more)


def release(label: str = "6.5", cells: dict[Cell, CellResult] | None = None) -> Release:
    """A release with one cell, or with these."""
    return Release("tornado", label, label, "C", {CELL: shown("a")} if cells is None else cells)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the record of a sweep with these releases."""

    def written(
        name: str, *releases: Release, suite: str = "s", drivers: str = "d", finish: bool = True
    ) -> Path:
        path = tmp_path / f"{name}.jsonl"
        with path.open("wb") as file:
            writer = RecordWriter(file, suite, {"tornado": drivers})
            for one in releases:
                writer.add(one)
            if finish:
                writer.finish()
        return path

    return written


def merged(*paths: Path) -> bytes:
    """The one record of these."""
    file = io.BytesIO()
    merge(paths, file)
    return file.getvalue()


def test_a_record_is_read_back(write: Write) -> None:
    """As it was written, release by release."""
    cells = {CELL: shown("a", "b"), OTHER: shown(reason="no"), RACE: shown(reason="x", failed=True)}
    written = [release("6.4", cells), Release("tornado", "6.0", "6.0", "C", {}, "no wheel")]
    found = read_record(write("a", *written))

    assert found.complete
    assert [one.read() for one in found.releases] == written


def test_what_was_cut_short_can_be_read(write: Write) -> None:
    """A line that is not whole is what a killed process leaves."""
    path = write("a", release("6.4"), release("6.5"), finish=False)
    path.write_bytes(path.read_bytes()[:-10])
    found = read_record(path)

    assert not found.complete
    assert found.releases[0].read() == release("6.4")
    assert found.releases[1].read().cells == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a record: it is empty; pytest --record FILE and"),
        (b"\xff\n", "is not a record: its first line is not the header of one; "),
        (b"[]\n", "is not a record"),
        (HEADER.replace(b":2,", b":3,"), "has schema 3; this version reads schema 2: record it"),
        (HEADER.replace(b'"s"', b"7"), "line 1: Expected `str`, got `int`"),
        (HEADER + b"{}\n", "line 2: Object missing required field `type`"),
        (HEADER + LINE, "line 2: a cell without a release above it"),
        (HEADER + RELEASE + LINE + LINE, "line 4: the cell a-b is there twice"),
        (HEADER + RELEASE + LINE + RELEASE, "line 4: 6.5 is there twice"),
        (HEADER + RELEASE + LINE + END + LINE, "line 5: goes on after its end: two records"),
        (HEADER + HEADER, "line 2: goes on after its end: two records"),
        (HEADER + RELEASE + END, "counts 1 releases and 1 cells; the file has 1 and 0"),
    ],
)
def test_what_is_no_record(tmp_path: Path, content: bytes, reason: str) -> None:
    """The error says which line is wrong, and how."""
    (tmp_path / "a.jsonl").write_bytes(content)

    with pytest.raises(WrongInput, match=reason):
        read_record(tmp_path / "a.jsonl")


def test_a_trace_that_is_none(tmp_path: Path) -> None:
    """It is found when its release is read."""
    line = LINE.replace(b"}", b',"traces":[{"events":7}]}')
    (tmp_path / "a.jsonl").write_bytes(HEADER + RELEASE + line)

    with pytest.raises(
        WrongInput, match=r"a.jsonl: a trace in it cannot be read: Expected `array`"
    ):
        read_record(tmp_path / "a.jsonl").releases[0].read()


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    """The error says so."""
    with pytest.raises(WrongInput, match="cannot be read: No such file"):
        read_record(tmp_path / "a.jsonl")


def test_shards_are_merged(write: Write) -> None:
    """Releases in order, in whichever order their files come."""
    one = write("one", release("6.5.10"), release("6.4"))
    two = write("two", release("6.5.9"), release("installed"))

    assert merged(one, two) == merged(two, one)
    assert merged(one, two).count(b'"label":"6.') == 3
    labels = [line.split(b'"')[11] for line in merged(two, one).splitlines() if b'"label"' in line]
    assert labels == [b"6.4", b"6.5.9", b"6.5.10", b"installed"]


def test_the_cells_of_a_release_are_merged(write: Write, tmp_path: Path) -> None:
    """What only one of the files has, and what both have alike."""
    both = {CELL: shown("a"), OTHER: shown("o")}
    one, two = write("one", release(cells=both)), write("two", release(cells={OTHER: shown("o")}))
    (tmp_path / "all.jsonl").write_bytes(merged(one, two))
    (found,) = read_record(tmp_path / "all.jsonl").releases

    assert found.read().cells == both


def test_the_runs_of_a_race_are_added_up(write: Write, tmp_path: Path) -> None:
    """What it showed in one of the files it need not have shown in the other."""
    one = write("one", release(cells={RACE: shown("a", "a")}))
    two = write("two", release(cells={RACE: shown("a", "b")}))
    (tmp_path / "all.jsonl").write_bytes(merged(one, two))
    (found,) = read_record(tmp_path / "all.jsonl").releases

    both = shown("a", "a", "a", "b")
    assert found.read().cells[RACE].behaviours == both.behaviours


@pytest.mark.parametrize(
    ("two", "how", "reason"),
    [
        (release("6.4"), {"suite": "t"}, "two.jsonl is of suite t, .*one.jsonl of suite s"),
        (release("6.4"), {"drivers": "e"}, "were made with different drivers of tornado"),
        (release("6.4"), {"finish": False}, "two.jsonl was cut short: it has no last line"),
        (release(cells={CELL: shown("b")}), {}, "6.5 shows in tornado_client-peer_closes_first"),
        (release(cells={CELL: shown(reason="no")}), {}, "disagree on what tornado 6.5 shows"),
        (Release("tornado", "6.5", "6.5", "C", {}, "gone"), {}, "disagree on tornado 6.5: gone"),
    ],
)
def test_what_cannot_be_merged(
    write: Write, two: Release, how: dict[str, Any], reason: str
) -> None:
    """The error names the files."""
    with pytest.raises(WrongInput, match=reason):
        merged(write("one", release()), write("two", two, **how))


def test_the_command(
    write: Write, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """It writes to the file that is named, or to the output."""
    one, two, target = write("one", release()), write("two", release("6.4")), tmp_path / "all"

    assert main(["merge", str(one), str(two), "--record", str(target)]) == 0
    assert main(["merge", str(one), str(two)]) == 0
    assert capfdbinary.readouterr().out == target.read_bytes() == merged(one, two)


def test_the_command_refuses(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, the reason, and no record; nor may a file be merged into itself."""
    one, two, target = write("one", release()), write("two", suite="t"), tmp_path / "all"

    assert main(["merge", str(one), str(two), "--record", str(target)]) == 2
    assert capsys.readouterr().err.startswith(f"merge: {two} is of suite t")
    assert set(tmp_path.iterdir()) == {one, two}
    assert main(["merge", str(one), "--record", str(one)]) == 2
    assert "is one of the files that are to be merged" in capsys.readouterr().err
