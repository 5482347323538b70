"""`gate --base REF`: the lock file as it was in a commit of its own repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.results.release import WrongInput
from reports.upgrade.lock_base import Base
from reports.upgrade.lock_markers import choose_python

GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgSign=false")


def git(folder: Path, *arguments: str) -> None:
    """Run git there."""
    subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose first commit has files, which have moved in the working tree."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    old = {
        "requirements.txt": "websockets==14.0\n",
        "sub/requirements.txt": "-r more/base.txt\n",
        "sub/more/base.txt": "websockets==13.0\n",
    }
    write(folder, old)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    write(folder, {"requirements.txt": "websockets==15.0\n", "sub/more/base.txt": "tornado==6\n"})
    return folder


def read_base(path: Path, reference: str = "HEAD", *, outside: bool = False) -> str:
    """What a file pinned websockets to in a commit."""
    pin = Base(path, reference).read_lock(outside=outside).find("websockets", choose_python(None))
    return pin.what if pin else ""


def test_the_older_file_is_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the command runs, and by whatever path the file is named."""
    monkeypatch.chdir(repository / "sub")
    (repository / "link").symlink_to(repository)

    assert read_base(repository / "requirements.txt") == "14.0"
    assert read_base(repository / "requirements.txt", "main") == "14.0"
    assert read_base(Path("../requirements.txt")) == "14.0"
    assert read_base(repository / "link" / "requirements.txt") == "14.0"


def test_included_files_are_those_of_the_commit(repository: Path) -> None:
    """Not those of the working tree; one that was not there is noted."""
    path = repository / "sub" / "requirements.txt"
    now_there = {"sub/new.txt": "tornado==6\n", "sub/requirements.txt": "-r new.txt\n"}

    assert read_base(path) == "13.0"
    write(repository, {"sub/requirements.txt": "-r new.txt\nwebsockets==13.2\n"})
    git(repository, "commit", "-qam", "two")
    write(repository, now_there)
    assert read_base(path) == "13.2"
    assert (
        "line 1: the file that it includes cannot be read"
        in Base(path, "HEAD").read_lock().notes[0]
    )


def test_the_file_is_read_in_a_worktree(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in a hook, whose variables name another repository."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")

    assert read_base(tmp_path / "tree" / "requirements.txt", "main") == "14.0"


def test_a_file_that_is_new_has_no_pins(repository: Path) -> None:
    """Which is noted."""
    write(repository, {"new/requirements.txt": "websockets==15.0\n"})
    found = Base(repository / "new" / "requirements.txt", "main").read_lock()

    assert (found.name, found.pins) == ("main:new/requirements.txt", {})
    assert "main:new/requirements.txt is not there: every pin of " in found.notes[0]


def test_no_program_of_the_configuration_sees_the_file(repository: Path, tmp_path: Path) -> None:
    """Neither a filter, nor a text conversion, nor a diff."""
    write(repository, {".gitattributes": "* filter=x diff=x text=auto\n"})
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "-q", "-m", "attributes")
    ran = tmp_path / "ran"
    for name in ("filter.x.smudge", "filter.x.clean", "diff.x.textconv", "diff.external"):
        git(repository, "config", name, f"touch {ran}; false")
    git(repository, "config", "core.fsmonitor", f"touch {ran}; false")

    assert read_base(repository / "requirements.txt") == "14.0"
    assert not ran.exists()


def test_a_link_in_a_commit_is_not_followed(repository: Path, tmp_path: Path) -> None:
    """Neither is a folder a file."""
    (tmp_path / "uv.lock").write_text('[[package]]\nname = "websockets"\nversion = "1.0"\n')
    (repository / "uv.lock").symlink_to(tmp_path / "uv.lock")
    git(repository, "add", "uv.lock")
    git(repository, "commit", "-q", "-m", "link")

    for name in ("uv.lock", "sub"):
        with pytest.raises(WrongInput, match="it is a link or a folder, not a file"):
            read_base(repository / name)


def test_what_is_wrong_is_told(repository: Path, tmp_path: Path) -> None:
    """An unknown commit, a tree, an option, a file out of the repository, and no repository."""
    file = repository / "requirements.txt"
    for reference in ("nowhere", "HEAD:sub", "--help", "", "a\0b"):
        with pytest.raises(WrongInput, match=r"has no commit|needs git"):
            read_base(file, reference)
    write(tmp_path, {"requirements.txt": "websockets==15.0\n", "base.txt": "tornado==6.4\n"})
    with pytest.raises(WrongInput, match="is in no repository"):
        read_base(tmp_path / "requirements.txt")
    with pytest.raises(WrongInput, match="is out of the repository of"):
        Base(file, "HEAD").read_file(tmp_path / "base.txt")


def test_a_large_file_is_not_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the working tree."""
    monkeypatch.setattr("reports.upgrade.lock_base.LARGEST", 3)

    with pytest.raises(WrongInput, match="it is larger than"):
        read_base(repository / "requirements.txt")


def test_git_is_needed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(WrongInput, match="--base needs git: git is not installed"):
        read_base(repository / "requirements.txt")


def test_the_gate_takes_a_base(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With one file; what did not move is said, and a new file is no error."""
    write(repository, {"requirements.txt": "websockets==14.0\n", "new.txt": "websockets==15.0\n"})
    base = ("gate", "--base", "main", "--minimum", "0", "--lock")

    assert main([*base, str(repository / "requirements.txt")]) == 0
    assert main([*base, str(repository / "new.txt"), "websockets"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "websockets did not move: 14.0 in both files" in text
    assert "main:new.txt is not there: every pin of " in text
    assert "websockets is new, at 15.0: there is nothing to compare it with" in text
    assert main(["gate", "--base", "nowhere", "--lock", str(repository / "new.txt")]) == 2
    assert "has no commit 'nowhere'" in capsys.readouterr().err
