"""Records in the HTML report: a recorded release is a column beside those that are stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.model.trace import Trace
from reports.__main__ import main
from reports.history.file_format import NoBehaviour
from reports.history.stored_history import History
from reports.html.recorded_column import NO_RUN, add_release, add_releases
from reports.html.site import Folder
from reports.results.record import RecordWriter
from reports.results.release import Cell, CellResult, Release, WrongInput

from ..conftest import Listed
from ..miniatures.miniature_history import history, known_history, make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE

__all__ = ["known_history"]
"""A fixture that is declared elsewhere."""

A, B = (BEFORE.behaviour_id,), (AFTER.behaviour_id,)


def test_a_new_release_is_a_new_column(known_history: History) -> None:
    """In the order of the versions; what else is stored stays."""
    found = add_release(known_history, make_release("1.3", {CELL: [BEFORE]}))

    assert found.table(CELL) == {"1.0": A, "1.2": B, "1.3": A}
    assert found.traces(CELL, "1.3", A)[0].behaviour_id == A[0]
    assert known_history.runnable == ["1.0", "1.2"]


def test_a_release_that_is_stored_is_replaced_where_it_is_recorded(known_history: History) -> None:
    """Cells that nobody had before are in it alone."""
    found = add_release(known_history, make_release("1.2", {RACE: [BEFORE, AFTER, AFTER]}))

    assert found.table(CELL) == {"1.0": A, "1.2": B}
    assert found.table(RACE) == {"1.0": NO_RUN, "1.2": tuple(sorted(A + B))}
    assert found.count_runs(RACE, "1.2") == {A[0]: 1, B[0]: 2}


def test_a_release_that_could_not_be_run_before_can_now(known_history: History) -> None:
    """With what it says of each cell."""
    cells: dict[Cell, Sequence[Trace] | str] = {CELL: [BEFORE], RACE: "no threads here"}
    found = add_release(known_history, make_release("1.1", cells))

    assert found.runnable == ["1.0", "1.1", "1.2"]
    assert found.at(CELL, "1.1") == A
    assert found.at(RACE, "1.1") == NoBehaviour("no threads here")


def test_a_cell_that_failed(known_history: History) -> None:
    """It has no behaviour, and the reason."""
    release = make_release("1.3", {})
    failed = {CELL: CellResult(reason="it broke", failed=True)}
    found = add_release(known_history, dataclasses.replace(release, cells=failed))

    assert found.at(CELL, "1.3") == NoBehaviour("it broke", failed=True)


def test_a_part_of_a_new_release_is_no_column(known_history: History) -> None:
    """Every other cell would look as if it could not be played any more."""
    with pytest.raises(WrongInput, match="has no run of 1 of the 1 cells that are"):
        add_release(known_history, make_release("1.3", {RACE: [BEFORE]}))


@pytest.mark.parametrize("version", ["checkout", "/../../../outside", "1.0 beta", ""])
def test_a_version_that_is_none_is_no_page(version: str, known_history: History) -> None:
    """It would be the name of a file, anywhere."""
    release = dataclasses.replace(make_release("1.3", {CELL: [BEFORE]}), version=version)

    with pytest.raises(WrongInput, match="which is no version"):
        add_release(known_history, release)


def test_no_page_stands_outside_of_the_folder(tmp_path: Path) -> None:
    """Whatever its address is."""
    folder = Folder(tmp_path / "out")

    with pytest.raises(WrongInput, match="outside of its folder"):
        folder.write_text("../outside.html", "")
    assert not (tmp_path / "outside.html").exists()


def test_releases_of_other_libraries_are_left_out(known_history: History) -> None:
    """They have histories of their own."""
    other = Release("tornado", "6.0", "6.0", "CPython 3.11.0")

    assert add_releases(known_history, [other]) is known_history


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"reason": "it has no wheel"}, "1.3 could not be run: it has no wheel"),
        ({"python": "PyPy 3.10.1"}, "1.3 was recorded with PyPy 3.10.1, and the history with"),
    ],
)
def test_what_cannot_stand_beside_it(
    fields: dict[str, str], wanted: str, known_history: History
) -> None:
    """The error says why."""
    release = dataclasses.replace(make_release("1.3", {CELL: [BEFORE]}), **fields)  # type: ignore[arg-type] # data

    with pytest.raises(WrongInput, match=wanted):
        add_release(known_history, release)


def test_any_two_releases_can_have_a_page(
    known_history: History, listed: Listed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where they are asked for, in a folder."""
    listed()
    shown = {f"1.0.{patch}": one for patch, one in enumerate((BEFORE, AFTER, BEFORE, AFTER))}
    history(tmp_path, [make_release(name, {CELL: [one]}) for name, one in shown.items()])
    words = ["html", "miniature", "--histories", str(tmp_path), "--out", str(tmp_path / "out")]
    page = tmp_path / "out/miniature/upgrade/1.0.0..1.0.1.html"

    assert main(words) == 0
    assert page.is_file()
    assert not page.with_name("1.0.0..1.0.3.html").exists()
    assert main([*words, "--every-upgrade"]) == 0
    assert page.with_name("1.0.0..1.0.3.html").is_file()
    assert main([*words, "--every-upgrade", "--single"]) == 2
    assert "--every-upgrade is for a folder" in capsys.readouterr().err


def test_the_command_reads_records(
    known_history: History, listed: Listed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is none is wrong input."""
    listed()
    path, out = tmp_path / "run.jsonl", tmp_path / "out"
    words = ["html", "miniature", "--histories", str(tmp_path), "--out", str(out)]
    with path.open("wb") as file:
        writer = RecordWriter(file, "suite", {})
        writer.add(make_release("2.0+local", {CELL: [BEFORE]}))
        writer.finish()

    assert main([*words, "--record", str(path)]) == 0
    assert (out / "miniature/upgrade/1.2..2.0+local.html").is_file()
    assert 'href="1.2..2.0%2Blocal.html"' in (out / "miniature/upgrade/index.html").read_text()
    path.write_text("{}")
    assert main([*words, "--record", str(path)]) == 2
    assert capsys.readouterr().err.startswith("html: run.jsonl")
