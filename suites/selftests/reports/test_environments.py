"""Folders of releases: installed once, offline, from the index that uv is given."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import Library
from reports.results.release import NotRunnable
from reports.running import environments, user_cache, uv_program
from reports.running.environments import index_tag, install, releases
from reports.running.installation import copy_installed

from ..miniatures.miniature_index import Index, source, wheel

Uv = Callable[[dict[str, str]], None]


@pytest.fixture
def index(miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels to write to, with release 1.0 in it, and a cache of its own."""
    folder = tmp_path / "index"
    folder.mkdir()
    wheel(folder, "1.0", source("1.0"))
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def answers(miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Uv:
    """Makes an index say these things: what is said, by an option of the question."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("UV_NO_INDEX")

    def answer(said: dict[str, str]) -> None:
        def uv(arguments: list[str]) -> subprocess.CompletedProcess[str]:
            text = next((text for option, text in said.items() if option in arguments), "")
            return subprocess.CompletedProcess(arguments, 0, text, "no answer comes")

        monkeypatch.setattr(uv_program, "uv", uv)

    return answer


def test_a_release_is_installed_once(
    index: Path, miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is there is used without asking uv."""
    first = install(miniature_index.library, "1.0")
    monkeypatch.setattr(uv_program, "uv", None)

    assert install(miniature_index.library, "1.0") == first
    assert first.version == "1.0"
    assert (Path(first.folder) / "miniature_websocket.py").exists()


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("1 / 0")])
def test_a_release_that_changed_its_own_files_is_installed_anew(
    change: Callable[[Path], object], index: Path, miniature_index: Index
) -> None:
    """As a library may that removes itself, or writes into its own modules."""
    module = Path(install(miniature_index.library, "1.0").folder) / "miniature_websocket.py"
    change(module)
    again = install(miniature_index.library, "1.0")

    assert Path(again.folder) == module.parent
    assert module.read_text() == source("1.0")


def test_a_release_has_the_name_that_its_distribution_says(
    index: Path, miniature_index: Index
) -> None:
    """1.0.0 is another name of 1.0."""
    assert install(miniature_index.library, "1.0.0").version == "1.0"


def test_installations_at_once(
    index: Path, miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One installs, and the others wait for it."""
    asked, uv = list[Sequence[str]](), uv_program.uv
    together = threading.Barrier(4)

    def slow(arguments: Sequence[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return uv(arguments, text)

    def one(_: int) -> str:
        together.wait()
        return install(miniature_index.library, "1.0").version

    monkeypatch.setattr(uv_program, "uv", slow)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == ["1.0"] * 4
    assert ["install" in arguments for arguments in asked].count(True) == 1


def test_an_installation_that_was_killed(index: Path, miniature_index: Index) -> None:
    """It holds nobody up, and what it had begun is gone."""
    home = user_cache.cache_folder() / user_cache.python_tag() / index_tag()
    rubbish = home / ".partial-miniature-websocket-1.0" / "rubbish"
    rubbish.mkdir(parents=True)
    lock = home / ".miniature-websocket-1.0.lock"
    hold = f"import fcntl, os; fcntl.flock(open({str(lock)!r}, 'ab'), fcntl.LOCK_EX); os.abort()"
    subprocess.run([sys.executable, "-c", hold], check=False)

    assert install(miniature_index.library, "1.0").version == "1.0"
    assert lock.exists()
    assert not rubbish.parent.exists()


def test_the_index_is_asked_before_what_uv_keeps_of_it(
    index: Path, miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What uv keeps may be older than the release."""
    asked, uv = list[bool](), uv_program.uv

    def ask(arguments: Sequence[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
        asked.append("--offline" in arguments)
        return uv(["--no-such-option", *arguments], text)

    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.setattr(uv_program, "uv", ask)
    with pytest.raises(NotRunnable, match="cannot be installed"):
        install(miniature_index.library, "1.0")

    assert asked == [False, True]
    assert index_tag() == ""


def test_a_cache_that_breaks_meanwhile(
    index: Path, miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its disk was full, say: the reason is one line."""
    home = user_cache.cache_folder() / user_cache.python_tag()
    home.write_text("")

    with pytest.raises(NotRunnable, match=r"miniature-websocket 1\.0 cannot be installed: .*Not a"):
        install(miniature_index.library, "1.0")


def test_a_folder_that_is_not_complete_is_replaced(index: Path, miniature_index: Index) -> None:
    """What an interrupted installation has left behind is no release."""
    home = user_cache.cache_folder() / user_cache.python_tag() / index_tag()
    (home / "miniature-websocket-1.0" / "rubbish").mkdir(parents=True)

    assert not (Path(install(miniature_index.library, "1.0").folder) / "rubbish").exists()


def test_wheels_of_another_folder_are_another_release(index: Path, miniature_index: Index) -> None:
    """A wheel that was built again is not taken for the one before."""
    before = install(miniature_index.library, "1.0")
    wheel(index, "1.0", source("1.0") + "\n# edited\n")

    assert install(miniature_index.library, "1.0").folder != before.folder


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("7.0", "has no release 7.0 in the index"),
        ("4.0", f"4.0 needs another Python than {sys.implementation.cache_tag}"),
        ("5.0", f"5.0 has no wheel for {sys.implementation.cache_tag}; --build builds"),
        ("six", "'six' is not a release of miniature-websocket"),
        ("6.0", "cannot be installed"),
    ],
)
def test_a_release_that_cannot_be_installed(
    index: Path, miniature_index: Index, version: str, reason: str
) -> None:
    """The reason is one line that says what is wrong."""
    wheel(index, "4.0", "", python=">=9")
    (index / "miniature_websocket-5.0.tar.gz").write_bytes(b"")
    (index / "miniature_websocket-6.0-py3-none-any.whl").write_bytes(b"no wheel")

    with pytest.raises(NotRunnable, match=reason):
        install(miniature_index.library, version)


def test_the_releases_of_local_wheels(miniature_index: Index) -> None:
    """They are those in the folders that uv is given, oldest first."""
    assert releases(miniature_index.library) == {"1.0": "", "1.1": "", "1.2": "", "1.3": ""}


def test_the_releases_of_an_index(answers: Uv, miniature_index: Index) -> None:
    """A release without a wheel for this Python is there, with that as its reason."""
    every, usable = '{"versions": ["1.10", "1.9", "1.8"]}', '{"versions": ["1.10", "1.9"]}'
    answers({"--ignore-requires-python": every, "--only-binary": usable})

    found = releases(miniature_index.library)

    assert list(found) == ["1.8", "1.9", "1.10"]
    assert [version for version, reason in found.items() if "no wheel" in reason] == ["1.8"]


def test_an_index_that_is_silent_is_what_it_was(
    answers: Uv, miniature_index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    """What it said last is used, with a warning."""
    answers({"--ignore-requires-python": '{"versions": ["1.0"]}', "--only-binary": "{}"})
    with pytest.raises(NotRunnable, match="did not say which releases miniature-websocket has"):
        releases(miniature_index.library)
    answers({"versions": '{"versions": ["1.0"]}'})
    before = releases(miniature_index.library)
    answers({})

    with caplog.at_level(logging.WARNING):
        assert releases(miniature_index.library) == before
    assert "no answer comes; these are the releases it had before" in caplog.text


def test_the_index_of_uv_is_asked(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The index that uv is given is handed to pip, which knows which releases there are."""
    asked: list[list[str]] = []

    def uv(arguments: list[str]) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return subprocess.CompletedProcess(arguments, 0, json.dumps({"versions": []}), "")

    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://index.invalid/simple")
    monkeypatch.setattr(uv_program, "uv", uv)
    releases(miniature_index.library)

    assert all("https://index.invalid/simple" in arguments for arguments in asked)


def test_without_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason says how to get it."""
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NotRunnable, match="pip install uv"):
        uv_program.uv(["--version"])


def test_what_is_installed_is_copied_with_what_it_needs(
    index: Path, miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its neighbours stay behind, and so does what only an extra or another Python needs."""
    needs = ["needed", "other; extra == 'more'", "other; python_version < '3'"]
    wheel(index, "1.0", source("1.0"), needs=needs)
    wheel(index, "2.0", "", name="needed", needs=["miniature-websocket"])
    folder = install(miniature_index.library, "1.0").folder
    with (Path(folder) / "miniature_websocket-1.0.dist-info" / "RECORD").open("a") as file:
        file.write("../bin/script,,\nlost.py,,\n__pycache__/old.pyc,,\n")
    (Path(folder) / "__pycache__").mkdir(exist_ok=True)
    (Path(folder) / "__pycache__" / "old.pyc").write_bytes(b"of older code")
    monkeypatch.syspath_prepend(folder)
    copy = tmp_path / "copy"

    found = copy_installed(miniature_index.library, copy)

    assert found == environments.Environment(str(copy), "1.0")
    assert sorted(path.name for path in copy.glob("*.py")) == [
        "miniature_websocket.py",
        "needed.py",
    ]
    assert not list(copy.rglob("*.pyc"))


def test_what_is_not_installed_cannot_be_copied(tmp_path: Path) -> None:
    """The reason names it."""
    with pytest.raises(NotRunnable, match="nowhere is not installed here"):
        copy_installed(Library("nowhere", "nowhere", ()), tmp_path)
