"""What moved between two lock files is compared; of the rest, the report says why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.results.release import WrongInput
from reports.results.targets import PATH, library_named
from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lock_moves import Moves, find_moves, read_files

from ..malformed_texts import SECRET

ALL = ("websockets", "websocket-client", "tornado")
FORK = f"websockets @ git+https://me:{SECRET}@g/x@"


def move(folder: Path, old: str, new: str, *asked: str, python: str | None = None) -> Moves:
    """What moved between two requirements files."""
    for name, text in (("old-requirements.txt", old), ("requirements.txt", new)):
        (folder / name).write_text(text)
    files = read_files(
        [folder / "old-requirements.txt", folder / "requirements.txt"], None, outside=False
    )
    libraries = [library_named(name) for name in asked or ALL]
    return find_moves(*files, libraries, choose_python(python), asked=bool(asked))


def reason(moves: Moves) -> str:
    """Why the first pair cannot be compared."""
    return "".join(side.reason for side in moves.pairs[0])


def test_what_moved_is_compared(tmp_path: Path) -> None:
    """What did not, is a note."""
    found = move(tmp_path, "websockets==14.0\ntornado==6.4\n", "websockets==15.0\ntornado==6.4\n")

    assert [(one.version, other.version) for one, other in found.pairs] == [("14.0", "15.0")]
    assert found.notes == ["tornado did not move: 6.4 in both files"]


def test_a_fork_is_said_to_be_one(tmp_path: Path) -> None:
    """Nothing of that library is run; the others are compared."""
    found = move(tmp_path, "websockets==14.0\ntornado==6.4\n", f"{FORK}main\ntornado==6.5\n")

    assert [bool(new.reason) for _, new in found.pairs] == [True, False]
    assert "git+https://g/x@main; check it out, and gate websockets --from OLD" in reason(found)
    assert SECRET not in reason(found)


def test_a_fork_that_did_not_move_is_a_note(tmp_path: Path) -> None:
    """And one at another commit is none."""
    same = move(tmp_path, f"{FORK}1\n", f"{FORK}1\n")
    other = move(tmp_path, f"{FORK}1\n", f"{FORK}2\n")

    assert "websockets did not move: it comes from git+https://g/x@1" in same.notes[0]
    assert (same.pairs, len(other.pairs)) == ([], 1)


def test_a_range_in_both_files_is_a_note(tmp_path: Path) -> None:
    """On one side alone, it is not known what moved."""
    both = move(tmp_path, "websockets>=10\ntornado==6.4\n", "websockets>=12\ntornado==6.5\n")
    one = move(tmp_path, "websockets>=10\n", "websockets==15.0\n")

    assert both.notes == [
        "websockets is not pinned, so it is not compared: '>=10' is a range, not a release; "
        "'>=12' is a range, not a release"
    ]
    assert len(both.pairs) == 1
    assert "'>=10' is a range" in reason(one)


def test_a_range_of_what_was_asked_for_is_an_error(tmp_path: Path) -> None:
    """And so is what counts for another Python alone."""
    with pytest.raises(WrongInput, match="does not pin websockets to a single release: '>=10'"):
        move(tmp_path, "websockets>=10\n", "websockets>=10\n", "websockets")
    line = "websockets==15.0; python_version < '3.9'\n"
    with pytest.raises(WrongInput, match=r"pin websockets only for others than Python 3\.12 on"):
        move(tmp_path, line, line, "websockets", python="3.12")


def test_another_python_is_another_pin(tmp_path: Path) -> None:
    """What does not count is a note."""
    new = "websockets==15.0; python_version < '3.10'\nwebsockets==16.0; python_version > '3.12'\n"

    assert move(tmp_path, "websockets==14.0\n", new, python="3.9").pairs[0][1].version == "15.0"
    assert move(tmp_path, "websockets==14.0\n", new, python="3.13").pairs[0][1].version == "16.0"
    assert move(tmp_path, "websockets==14.0\n", new, python="3.11").notes == [
        f"websockets in {tmp_path / 'requirements.txt'}: only for others than Python 3.11 on "
        f"{sys.platform}; --python X.Y takes another",
        "websockets is gone: it was at 14.0",
    ]


def test_a_folder_is_run_as_it_is(tmp_path: Path) -> None:
    """Where it is a checkout of the library; else the report says that it is none."""
    (tmp_path / "lib").mkdir()
    none = move(tmp_path, "websockets @ file:lib\n", "websockets==15.0\n")
    gone = move(tmp_path, "websockets==15.0\n", "websockets @ file:nowhere\n")
    (tmp_path / "lib" / "websockets.py").touch()
    found = move(tmp_path, "websockets @ file:lib\n", "websockets==15.0\n")

    assert "lib is not a checkout of websockets" in reason(none)
    assert "there is no folder" in reason(gone)
    assert found.pairs[0][0].kind == PATH
    assert found.notes == [
        f"websockets was at a folder, {tmp_path / 'lib'}, which is run as it is now"
    ]


def test_a_broken_line_of_the_library_is_not_compared(tmp_path: Path) -> None:
    """Even if it is the same line in both files."""
    text = "websockets = 15.0\ntornado==6.4\n"

    assert "it is not a requirement" in reason(move(tmp_path, text, text))


def test_the_exit_status_of_what_cannot_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is 3, and one line says why; nothing is run."""
    monkeypatch.chdir(tmp_path)
    Path("old.txt").write_text("websockets==14.0\n")
    Path("new.txt").write_text(f"{FORK}main\n")

    assert main(["gate", "--lock", "old.txt", "new.txt", "--minimum", "0"]) == 3
    text = capsys.readouterr().out
    text = " ".join(text.split())
    assert "it comes from git+https://g/x@main; check it out" in text
    assert "cells could not be run" in text
    assert SECRET not in text


def test_another_number_of_files_is_an_error() -> None:
    """One with `--base`, two without."""
    for files, base in ((["a"], None), (["a", "b"], "HEAD")):
        with pytest.raises(WrongInput, match="give --lock OLD NEW"):
            read_files([Path(name) for name in files], base, outside=False)
