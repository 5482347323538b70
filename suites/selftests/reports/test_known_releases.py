"""What the history knows of an upgrade is looked up; what it does not know is run."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from reports.diff.comparison import Comparison
from reports.history import load
from reports.history.change_points import between, find_plain_differences
from reports.history.stored_history import History, HistoryError
from reports.results.cell_selection import cells_of
from reports.results.release import Cell, Release
from reports.results.targets import Target
from reports.upgrade import known_releases, release_pair
from reports.upgrade.known_releases import compare_known
from reports.upgrade.release_pair import RunOptions, compare_targets

from ..miniatures.miniature_history import known_history, make_release
from ..miniatures.miniature_pairs import AFTER, CELL, RACE

__all__ = ["known_history"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labels of what is run, each of which shows what came after."""
    found: list[str] = []

    def run(targets: Sequence[Target], cells: object, **options: object) -> list[Release]:
        found.extend(one.label for one in targets)
        return [make_release(one.label, {CELL: [AFTER]}) for one in targets]

    monkeypatch.setattr(release_pair, "run_releases", run)
    monkeypatch.setattr(release_pair, "hash_docstrings", lambda target: {})
    return found


def target(label: str, kind: str = "release") -> Target:
    """A release of the miniature, or another target."""
    return Target(LIBRARIES["miniature"], label, kind, label if kind == "release" else None)


def compared(
    folder: Path, old: Target, new: Target, cells: Sequence[Cell] = (CELL,), **more: Any
) -> Comparison:
    """Two targets, with the histories of a folder."""
    return compare_targets(old, new, list(cells), RunOptions(histories=folder, **more))


def test_two_known_releases_are_not_run(
    known_history: History, tmp_path: Path, asked: list[str]
) -> None:
    """The comparison says which code they were recorded with."""
    found = compared(tmp_path, target("1.0"), target("1.2"))

    assert asked == []
    assert found.words == {"changed": 1}
    assert {found.old.suite, found.new.suite} == {known_history.code.machinery}


@pytest.mark.parametrize("old", ["1.0", "1.0.0", "1"])
def test_a_release_is_known_however_it_is_spelled(
    known_history: History, tmp_path: Path, asked: list[str], old: str
) -> None:
    """As in a lock file, or by a user; it is called as it was asked for."""
    found = compared(tmp_path, target(old), target("1.2"))

    assert (asked, found.words) == ([], {"changed": 1})
    assert (found.old.label, found.old.version) == (old, "1.0")


def test_a_known_release_that_cannot_be_run_says_why(
    known_history: History, tmp_path: Path, asked: list[str]
) -> None:
    """The history knows that as well."""
    found = compared(tmp_path, target("1.0"), target("1.1"))

    assert (asked, found.reason) == ([], "it has no wheel")


@pytest.mark.parametrize("more", [{"run": True}, {"fresh": True}])
def test_known_releases_are_run_if_asked_for(
    known_history: History, tmp_path: Path, asked: list[str], more: Any
) -> None:
    """Both of them."""
    found = compared(tmp_path, target("1.0"), target("1.2"), **more)

    assert asked == ["1.0", "1.2"]
    assert found.old.suite == ""


@pytest.mark.parametrize("other", ["2.0", "path", "installed"])
def test_what_is_not_known_is_run_alone(
    known_history: History, tmp_path: Path, asked: list[str], other: str
) -> None:
    """A newer release, a checkout, what is installed."""
    kind = "release" if other == "2.0" else other
    found = compared(tmp_path, target("1.0"), target(other, kind))

    assert set(asked) == {other}
    assert found.words == {"changed": 1}
    assert (found.old.suite != "", found.new.suite) == (True, "")


def test_a_change_of_threads_is_confirmed_by_what_is_run(
    known_history: History, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known is not run for that."""
    monkeypatch.setattr(release_pair, "find_unconfirmed", Mock(side_effect=[[CELL], []]))
    found = compared(tmp_path, target("1.0"), target("2.0"))

    assert asked == ["2.0", "2.0"]
    assert found.words == {"changed": 1}


@pytest.mark.parametrize("cells", [[CELL, RACE], [RACE]])
def test_cells_that_the_history_lacks_are_run(
    known_history: History, tmp_path: Path, asked: list[str], cells: list[Cell]
) -> None:
    """On both sides, and so are the others."""
    compared(tmp_path, target("1.0"), target("1.2"), cells)

    assert set(asked) == {"1.0", "1.2"}


def test_a_stale_cell_is_not_compared_with_what_is_run_today(
    known_history: History, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its driver or its scenario is another one by now: both sides are run."""
    monkeypatch.setattr("reports.history.stale", lambda found: [CELL])
    compared(tmp_path, target("1.0"), target("2.0"))

    assert asked[:2] == ["1.0", "2.0"]


def test_another_kind_of_python_is_not_compared_with_this_one(
    known_history: History, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two known releases are, on the Python that they were recorded on."""
    other = dataclasses.replace(known_history, code=load("tornado").code)
    monkeypatch.setattr("reports.history.load", lambda library, folder: other)
    monkeypatch.setattr(known_releases, "_find_alike", lambda library, cells, folder: None)
    compared(tmp_path, target("1.0"), target("2.0"))
    both = compared(tmp_path, target("1.0"), target("1.2"))

    assert asked[:2] == ["1.0", "2.0"]
    assert both.old.suite == other.code.machinery


def test_a_library_without_a_history_is_run(tmp_path: Path, asked: list[str], known: Any) -> None:
    """As one that `--drivers` declares; but a folder that a user names has to have it."""
    known()
    compare_targets(target("1.0"), target("1.2"), [CELL])

    assert set(asked) == {"1.0", "1.2"}
    with pytest.raises(HistoryError, match="there is no history of miniature"):
        compared(tmp_path, target("1.0"), target("1.2"))


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_not_looked_at_differs_in_nothing(library: str) -> None:
    """Every cell is told as if all behaviours of both releases had been compared."""
    history = load(library)
    old, new = history.runnable[len(history.runnable) // 2], history.runnable[-1]
    cells = [cell for cell in cells_of(LIBRARIES[library]) if cell in history.cells]
    targets = [Target(LIBRARIES[library], one, "release", one) for one in (old, new)]
    quick = compare_known(history, targets, cells, ())
    whole = between(history, old, new, cells)

    assert [one.word for one in quick.differences] == [one.word for one in whole.differences]
    assert [one.changes for one in quick.differences] == [one.changes for one in whole.differences]
    assert len(cells) > len(find_plain_differences(history, old, new, cells)) > 0
