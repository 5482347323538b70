"""The two releases of an upgrade: what is run again, and what is read of their docstrings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from fixtures.drivers.surfaces import WEBSOCKETS
from reports.results.record import RecordedRelease
from reports.results.record_lines import ReleaseLine
from reports.results.release import Release
from reports.results.targets import Target, parse_target
from reports.upgrade import release_pair

from ..conftest import Miniature
from ..miniatures.miniature_index import Index
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, release


def pooling(monkeypatch: pytest.MonkeyPatch, *batches: tuple[Release, Release]) -> list[Any]:
    """Runs give these releases, batch by batch; the cells of each batch are kept."""
    asked: list[Any] = []

    def run(targets: object, cells: object, **options: object) -> tuple[Release, Release]:
        asked.append(cells)
        return batches[min(len(asked), len(batches)) - 1]

    monkeypatch.setattr(release_pair, "run_releases", run)
    monkeypatch.setattr(release_pair, "hash_docstrings", lambda target: {})
    return asked


def targets(kind: str = "release") -> tuple[Target, Target]:
    """Two targets that nobody installs."""
    return Target(WEBSOCKETS, "1.0", kind), Target(WEBSOCKETS, "2.0", kind)


def test_a_race_in_doubt_is_run_more_often(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More runs show that an outcome is rare, which is minor."""
    known()
    first = release("1.0", {RACE: [BEFORE] * 12}), release("2.0", {RACE: [AFTER] + [BEFORE] * 11})
    asked = pooling(monkeypatch, first)
    found = release_pair.compare_targets(*targets(), [RACE])

    assert asked == [[RACE]] * 4
    assert sum(found.differences[0].counts[1].values()) == 48
    assert found.words == {"minor": 1}


def test_a_change_of_threads_is_confirmed_once(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every run agrees, one more is enough; where they do not, the usual one counts."""
    doubts = Mock(side_effect=sometimes)
    monkeypatch.setattr(release_pair, "find_unconfirmed", doubts)
    known()
    real = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [AFTER]})
    chance = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [BEFORE]})
    asked = pooling(monkeypatch, real)
    agreed = release_pair.compare_targets(*targets(), [CELL])
    once, looks = len(asked), doubts.call_count
    asked = pooling(monkeypatch, real, chance)
    varied = release_pair.compare_targets(*targets(), [CELL])

    assert (once, looks, agreed.words) == (2, 2, {"changed": 1})
    assert (len(asked), varied.words) == (2, {"same": 1})


def sometimes(found: Any) -> list[Any]:
    """The cells that changed and were run once."""
    return [d.cell for d in found.select("changed") if sum(d.counts[0].values()) == 1]


def test_of_recorded_files_the_cells_they_hold_are_compared(
    known: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has what it has, and is not run again."""
    known()
    held = RecordedRelease(Path("a.jsonl"), ReleaseLine("", "", "", "", ""), {CELL: 0})
    monkeypatch.setattr(release_pair, "find_recorded", lambda target: held)
    both = release("1.0", {CELL: [BEFORE]}), release("2.0", {CELL: [AFTER]})
    asked = pooling(monkeypatch, both)
    found = release_pair.compare_targets(*targets("record"), [CELL, RACE])

    assert asked == [[CELL]]
    assert found.words == {"changed": 1}


def test_docstrings_are_found_on_every_kind_of_side(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a release, a checkout, what is installed; a record has none."""
    library = miniature_index.library
    found = release_pair.hash_docstrings(parse_target(library, "1.0"))
    installed = release_pair.hash_docstrings(Target(WEBSOCKETS, "installed", "installed", "17.4"))
    folder = miniature_index.folder / "checkout"
    folder.mkdir(exist_ok=True)
    (folder / "miniature_websocket.py").write_text('def f():\n    """Text."""\n')

    assert "miniature_websocket.Client.run" in found
    assert "websockets.exceptions.ConnectionClosed" in installed
    assert len(release_pair.hash_docstrings(parse_target(library, str(folder)))) == 1
    assert release_pair.hash_docstrings(Target(library, "a.jsonl", "record")) == {}


def test_a_release_that_is_not_there_has_no_docstrings(miniature_index: Index) -> None:
    """Why it is not there is reported elsewhere."""
    assert (
        release_pair.hash_docstrings(Target(miniature_index.library, "9.9", "release", "9.9")) == {}
    )
