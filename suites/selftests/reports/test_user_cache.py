"""The folder in which things are kept, and what stands in for one that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.results.release import NotRunnable
from reports.running import user_cache
from reports.running.environments import COMPLETE, install, known_packages
from reports.running.user_cache import cache_folder

from ..miniatures.miniature_index import Index

REMEMBERED = ("_make_usable", "_make_temporary", "warn_once")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nothing is known of any folder yet, and nothing was said."""
    for name in REMEMBERED:
        getattr(user_cache, name).cache_clear()


@pytest.fixture
def no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder would lie in what is a file."""
    path = tmp_path / "file"
    path.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(path))
    return path


def test_a_relative_path_is_one_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children run elsewhere, and find what is installed all the same."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "kept")

    assert cache_folder() == tmp_path / "kept" / "wslifecycle"
    assert cache_folder().is_dir()


def test_a_temporary_folder_stands_in(no_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The same one each time; one line says why, and what that means."""
    found = {cache_folder(), cache_folder()}

    [said] = caplog.messages
    assert said == (
        f"the cache folder {no_folder}/wslifecycle cannot be used (Not a directory): nothing is "
        "kept, and the next run begins anew"
    )
    assert len(found) == 1
    assert found.pop().is_dir()


def test_a_user_without_a_home(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As in a container, under a number that no user has."""

    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nobody)

    assert cache_folder().is_dir()
    assert "set XDG_CACHE_HOME: nothing is kept" in caplog.text


def test_without_any_folder(
    no_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no place for a library to be installed in: the reason names both."""
    monkeypatch.setattr("tempfile.tempdir", str(no_folder))

    with pytest.raises(NotRunnable, match=r"Not a directory\), and no temporary folder \(Not a"):
        cache_folder()


def test_names_in_messages_cannot_write_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The name of a folder is what somebody chose."""
    path = tmp_path / "a\n\x1b[2J"
    path.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(path))
    cache_folder()

    assert r"a\n\x1b[2J" in caplog.text


def test_what_is_installed_is_used_from_a_cache_that_can_only_be_read(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found there before anything is kept elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    before = install(miniature_index.library, "1.0")
    monkeypatch.setattr(user_cache, "cache_folder", lambda: tmp_path / "another")

    assert install(miniature_index.library, "1.0") == before


@pytest.mark.parametrize("text", ["", "{", '{"version": 1}', "\ud800"])
def test_a_mark_that_is_damaged_is_none(
    text: str, miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release is installed again, in its place."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    before = install(miniature_index.library, "1.0")
    mark = Path(before.folder, COMPLETE)
    mark.write_bytes(text.encode(errors="surrogatepass"))

    assert install(miniature_index.library, "1.0") == before


def test_a_folder_of_an_older_version_is_used(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mark says nothing of packages; it is not installed anew for that."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = install(miniature_index.library, "1.0").folder
    Path(folder, COMPLETE).write_text(json.dumps({"version": "1.0"}))
    monkeypatch.setattr("reports.running.uv_program.uv", None)

    assert install(miniature_index.library, "1.0").version == "1.0"
    assert known_packages(miniature_index.library, "1.0") == ()


def test_two_records_need_no_cache(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are compared without a look at it: it does not even come into being."""
    name, records = miniature_index.library.name, [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    few = ["-k", "peer_closes_first"]
    for release, record in zip(("1.0", "1.1"), map(str, records), strict=True):
        assert main(["sweep", name, "--releases", release, *few, "--record", record]) == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(user_cache, "user_cache", None)

    assert main(["compare", name, *map(str, records)]) == 1
    assert not (tmp_path / "cache").exists()
