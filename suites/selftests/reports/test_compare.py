"""`compare` on releases of a miniature library, each with one lifecycle change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fixtures.drivers.surfaces import WEBSOCKETS
from reports.__main__ import main
from reports.commands import compare
from reports.results.release import CellResult, NotRunnable, Release
from reports.results.targets import Side, side

from ..conftest import Miniature
from ..miniatures.miniature_index import Index
from ..miniatures.miniature_sides import AFTER, BEFORE, CELL, RACE, release

ONE = ("-k", "miniature_websocket_client-peer_closes_first")
LIBRARY = "miniature-websocket"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what was printed."""
    status = main(["compare", LIBRARY, *arguments])
    return status, capsys.readouterr().out


CHANGES = (
    ("1.0", "1.1", "`on_close` got (the peer's code, the peer's reason), now gets (None, None)"),
    (
        "1.1",
        "1.2",
        "`on_error` is now called, with Closed(code=the peer's code), before `on_close`",
    ),
    ("1.2", "1.3", "`run` returned False, now True"),
)


@pytest.mark.parametrize(("old", "new", "wanted"), CHANGES)
def test_each_change_is_found(
    old: str, new: str, wanted: str, miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one thing that a release changes is the one thing that is told."""
    status, text = ran(capsys, old, new, *ONE)

    assert status == 1
    assert text.count("  change ") == 1
    assert f"  change      {wanted}\n" in text


def test_a_release_is_like_itself(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing changes, and that is exit status 0."""
    status, text = ran(capsys, "1.0", "1.0", *ONE)

    assert (status, "1 same" in text) == (0, True)


def test_nothing_selected_is_no_success(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """An expression that selects nothing is told, and is exit status 3."""
    status, text = ran(capsys, "1.0", "1.1", "-k", "clsoe")

    assert status == 3
    assert "-k 'clsoe' selects no cell of miniature-websocket" in text


def test_a_release_that_does_not_exist_is_told(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason stands in the head, and it is exit status 3."""
    status, text = ran(capsys, "1.0", "9.9", *ONE)

    assert status == 3
    assert "  not run     9.9: " in text
    assert "1 cell could not be run" in text


def test_traces_are_shown_if_asked_for(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every event of both sides, in columns."""
    _, text = ran(capsys, "1.0", "1.1", *ONE, "--trace")

    assert "miniature_websocket_client-peer_closes_first, before: 1.0\n" in text
    assert "\n  on_close(None, None)\n" in text
    assert "rule." not in text


def test_a_report_goes_into_a_file_as_well(
    miniature_index: Index, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`--output` writes the format; people still get something to read."""
    path = tmp_path / "report"
    _, printed = ran(capsys, "1.0", "1.1", *ONE, "--format", "json", f"--output={path}")
    data: Any = json.loads(path.read_text())
    _, only = ran(capsys, "1.0", "1.1", *ONE, "--format", "json")
    ran(capsys, "1.0", "1.1", *ONE, f"--output={path}")

    assert printed.startswith("miniature-websocket 1.0 -> 1.1\n")
    assert data == json.loads(only)
    assert path.read_text() == printed


@pytest.mark.parametrize(("form", "start"), [("junit", "<?xml"), ("markdown", "### miniature")])
def test_other_forms_are_printed(
    form: str, start: str, miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """Markdown and JUnit."""
    assert ran(capsys, "1.0", "1.1", *ONE, "--format", form)[1].startswith(start)


def test_a_file_that_cannot_be_written_is_told_before_anything_is_run(
    miniature_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake in the command line is exit status 2."""
    with pytest.raises(SystemExit, match="2"):
        main(["compare", LIBRARY, "1.0", "1.1", "--output=/nowhere/x"])

    assert "argument --output: /nowhere/x: No such file" in capsys.readouterr().err


def pooling(monkeypatch: pytest.MonkeyPatch, *batches: tuple[Release, Release]) -> list[Any]:
    """Runs give these releases, batch by batch; the cells of each batch are kept."""
    asked: list[Any] = []

    def run(sides: object, cells: object, **options: object) -> tuple[Release, Release]:
        asked.append(cells)
        return batches[min(len(asked), len(batches)) - 1]

    monkeypatch.setattr(compare, "run_releases", run)
    monkeypatch.setattr(compare, "digests", lambda side: {})
    return asked


def sides(kind: str = "release") -> tuple[Side, Side]:
    """Two sides that nobody installs."""
    return Side(WEBSOCKETS, "1.0", kind), Side(WEBSOCKETS, "2.0", kind)


def test_a_race_in_doubt_is_run_more_often(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More runs show that a rare outcome is no change."""
    known()
    first = release("1.0", {RACE: [BEFORE] * 12}), release("2.0", {RACE: [AFTER] + [BEFORE] * 11})
    asked = pooling(monkeypatch, first)
    found = compare.compared(*sides(), [RACE])

    assert asked == [[RACE]] * 4
    assert sum(found.differences[0].counts[1].values()) == 48
    assert found.words == {"same": 1}


def test_a_change_in_real_time_is_confirmed_once(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every run agrees, one more is enough; where they do not, the usual one counts."""
    monkeypatch.setattr(compare, "unconfirmed", lambda found: sometimes(found))
    known()
    real = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [AFTER]})
    chance = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [BEFORE]})
    asked = pooling(monkeypatch, real)
    agreed = compare.compared(*sides(), [CELL])
    once = len(asked)
    asked = pooling(monkeypatch, real, chance)
    varied = compare.compared(*sides(), [CELL])

    assert (once, agreed.words) == (2, {"changed": 1})
    assert (len(asked), varied.words) == (2, {"same": 1})


def sometimes(found: Any) -> list[Any]:
    """The cells that changed and were run once."""
    return [d.cell for d in found.having("changed") if sum(d.counts[0].values()) == 1]


def test_of_recorded_files_the_cells_they_hold_are_compared(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has what it has, and is not run again."""
    known()
    monkeypatch.setattr(compare, "recorded", lambda side: release("1.0", {CELL: [BEFORE]}))
    both = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [AFTER]})
    asked = pooling(monkeypatch, both)
    found = compare.compared(*sides("record"), [CELL, RACE])

    assert asked == [[CELL]]
    assert found.words == {"changed": 1}


def test_docstrings_are_found_on_every_kind_of_side(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a release, a checkout, what is installed; a record has none."""
    library = miniature_index.library
    found = compare.digests(side(library, "1.0"))
    installed = compare.digests(Side(WEBSOCKETS, "installed", "installed", "17.4"))
    folder = miniature_index.folder / "checkout"
    folder.mkdir(exist_ok=True)
    (folder / "miniature_websocket.py").write_text('def f():\n    """Text."""\n')

    assert "miniature_websocket.Client.run" in found
    assert "websockets.exceptions.ConnectionClosed" in installed
    assert len(compare.digests(side(library, str(folder)))) == 1
    assert compare.digests(Side(library, "a.jsonl", "record")) == {}


def test_a_release_that_is_not_there_has_no_docstrings(miniature_index: Index) -> None:
    """Why it is not there is told elsewhere."""
    assert compare.digests(Side(miniature_index.library, "9.9", "release", "9.9")) == {}
    assert issubclass(NotRunnable, Exception)
    assert CellResult().traces == ()
