"""What differs on another kind of Python is stored beside the history, and said of that Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.run import interpreter
from fixtures.run.tls_reset import ENDS, RAISES, UNKNOWN
from reports.history import HistoryError, load, load_here, load_others, stale, update
from reports.history.stored_history import History, path_of
from reports.render.python_report import report_other_pythons
from reports.render.section import format_lines

from ..conftest import Miniature
from ..miniatures.miniature_history import history, make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE

A, B = BEFORE.behaviour_id, AFTER.behaviour_id


@pytest.fixture
def known_history(known: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Two cells in two releases, recorded where a read ends; this Python is now of another kind."""
    known()
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: ENDS)
    cells = {CELL: [BEFORE], RACE: [BEFORE]}
    found = history(tmp_path, [make_release(version, cells) for version in ("1.0", "1.1")])
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: RAISES)
    return found


def test_only_cells_that_differ_are_stored(known_history: History, tmp_path: Path) -> None:
    """In a file of their own; that of the library stays as it is."""
    before = path_of("miniature", tmp_path).read_bytes()
    path = update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)

    assert path.name == f"miniature.{RAISES}.json"
    [other] = load_others(known_history, tmp_path)
    assert other.cells == {CELL: {"1.1": (B,)}}
    assert list(other.behaviours) == [B]
    assert path_of("miniature", tmp_path).read_bytes() == before


def test_a_history_is_read_as_it_is_on_this_python(known_history: History, tmp_path: Path) -> None:
    """Cells that differ, and all others as they are on the other kind, of the releases run here."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    here = load_here("miniature", tmp_path)

    assert here.runnable == ["1.1"]
    assert [here.at(cell, "1.1") for cell in (CELL, RACE)] == [(B,), (A,)]
    assert here.code.python.endswith(f" ({RAISES})")
    assert {CELL, RACE}.isdisjoint(stale(here))


def test_a_history_is_that_of_its_own_kind(
    known_history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the version is."""
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: ENDS)
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "99", "0"))

    assert load_here("miniature", tmp_path).cells == known_history.cells


def test_a_kind_of_which_nothing_is_stored_is_an_error(
    known_history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no other kind's history; one line says how to record one."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    monkeypatch.setattr(interpreter, "find_tls_reset", lambda: UNKNOWN)

    with pytest.raises(HistoryError, match=r"with tls-reset-unknown: .*--releases 1\.1"):
        load_here("miniature", tmp_path)


def test_a_cell_that_was_not_run_is_not_taken_for_the_same(
    known_history: History, tmp_path: Path
) -> None:
    """Nor is a release that the history does not hold; nothing is written."""
    with pytest.raises(HistoryError, match=r"1 cell of miniature, such as .* cannot be compared"):
        update("miniature", [make_release("1.1", {CELL: [AFTER]})], tmp_path)
    with pytest.raises(HistoryError, match=r"has no release 1\.2"):
        update("miniature", [make_release("1.2", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    assert load_others(known_history, tmp_path) == []


def test_what_differs_is_said_of_that_python(known_history: History, tmp_path: Path) -> None:
    """In words, with what the Python does; nothing is said of cells that do not differ."""
    update("miniature", [make_release("1.1", {CELL: [AFTER], RACE: [BEFORE]})], tmp_path)
    others = load_others(load("miniature", tmp_path), tmp_path)
    [section] = report_other_pythons(known_history, others, [CELL, RACE])
    text = format_lines(section.lines)

    assert section.title == f"on {others[0].code.python}: miniature 1.1"
    assert "a TLS read raises ConnectionResetError" in text
    assert "1 cell" in text
    assert list(report_other_pythons(known_history, others, [RACE])) == []


@pytest.mark.parametrize("library", ["websocket-client", "websockets", "tornado"])
def test_where_a_read_raises_the_newest_release_differs_in_resets_over_tls(library: str) -> None:
    """And in no other cell; it is the newest release of the history."""
    stored = load(library)
    [other] = load_others(stored)

    assert other.code.python.endswith(f" ({RAISES})")
    assert other.runnable[-1] == stored.runnable[-1]
    assert all(surface.endswith("_tls") and "reset" in name for surface, name in other.cells)
    assert len(other.cells) == (8 if library == "websocket-client" else 0)
