"""Releases that the index has and the history lacks are run, reported, and put into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.__main__ import main
from reports.history import load

from ..miniatures.miniature_history import FEW, few, histories, record
from ..miniatures.miniature_index import NAME, Index, source, wheel

__all__ = ["few", "histories"]


@pytest.fixture
def old(miniature_index: Index, few: None, tmp_path: Path) -> Path:
    """The folder with a history that ends with 1.1."""
    record(miniature_index, tmp_path, "1.0", "1.1")
    return tmp_path


def new(folder: Path, *arguments: str) -> int:
    """The exit status of `new`."""
    return main(["new", NAME, "--histories", str(folder), *arguments])


def test_new_releases_are_reported(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each new release is compared with the one before; the history stays as it is."""
    before = (old / f"{NAME}.json").read_bytes()

    assert new(old) == 1
    text = capsys.readouterr().out

    assert "new         1.2, 1.3" in text
    assert "`on_error` is now called" in text
    assert "`run` returned False, now True" in text
    assert (old / f"{NAME}.json").read_bytes() == before


def test_new_releases_are_put_into_the_history(old: Path, tmp_path: Path) -> None:
    """With --update-history they are there the next time."""
    assert new(old, "--update-history") == 1
    assert load(NAME, old).runnable == ["1.0", "1.1", "1.2", "1.3"]
    assert new(old) == 0


def test_nothing_new_is_reported(histories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the index has nothing more, that is said."""
    assert new(histories) == 0
    assert "the history has every release of the index up to 1.3" in capsys.readouterr().out


def test_older_releases_are_not_new(
    miniature_index: Index, few: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is older than the history is left alone; what lies between is not."""
    record(miniature_index, tmp_path, "1.1", "1.3")

    new(tmp_path)

    assert "new         1.2" in capsys.readouterr().out


def test_a_new_release_that_cannot_be_run(
    histories: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its reason is reported, and is what the history keeps of it."""
    folder = tmp_path_factory.mktemp("more")
    for version in ("1.0", "1.1", "1.2", "1.3"):
        wheel(folder, version, source(version))
    wheel(folder, "1.4", "raise ImportError('it is broken')")
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))

    assert new(histories, "--update-history") == 3
    assert "it is broken" in capsys.readouterr().out
    assert "it is broken" in str(load(NAME, histories).releases["1.4"])


def test_an_outdated_history_is_reported(
    histories: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is run for a history that does not hold every cell as it is now."""
    path = histories / f"{NAME}.json"
    text = path.read_text()
    print_of = next(line for line in text.splitlines() if f'"{FEW[0]}"' in line)
    path.write_text(text.replace(print_of, f'  "{FEW[0]}": "another",'))

    assert new(histories) == 2
    assert "is out of date: 1 cell, such as miniature_websocket_client" in capsys.readouterr().err
