"""A history is re-stamped only if its releases behave as it says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from reports.history import HistoryError, load, restamp, stale, update, write
from reports.history.stored_history import History, path_of

from ..conftest import Miniature
from ..miniatures.miniature_history import make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, trace

RELEASES = (("1.0", BEFORE), ("1.1", AFTER))


@pytest.fixture
def outdated(known: Miniature, tmp_path: Path) -> History:
    """A history of two releases, recorded by other code."""
    known()
    update(
        "miniature", [make_release(version, {CELL: [one]}) for version, one in RELEASES], tmp_path
    )
    stored = load("miniature", tmp_path)
    code = msgspec.structs.replace(stored.code, drivers={"miniature": "0" * 12})
    write(path_of("miniature", tmp_path), dataclasses.replace(stored, code=code))
    return load("miniature", tmp_path)


def test_equal_behaviours_are_current_again(outdated: History, tmp_path: Path) -> None:
    """Nothing changes but the fingerprints."""
    assert CELL in stale(outdated)
    restamp(
        "miniature", [make_release(version, {CELL: [one]}) for version, one in RELEASES], tmp_path
    )
    again = load("miniature", tmp_path)

    assert CELL not in stale(again)
    assert dataclasses.replace(again, code=outdated.code) == outdated


@pytest.mark.parametrize(
    ("releases", "text"),
    [
        ((("1.0", BEFORE), ("1.1", BEFORE)), "1 cells do not behave as the history of miniature"),
        ((("1.0", BEFORE),), "are not those of its history: run 1.0 to 1.1, or"),
    ],
)
def test_another_behaviour_is_refused(
    releases: tuple[tuple[str, object], ...], text: str, outdated: History, tmp_path: Path
) -> None:
    """A cell that differs, or a release that is missing: the file stays as it is."""
    before = path_of("miniature", tmp_path).read_bytes()
    shown = [make_release(version, {CELL: [one]}) for version, one in releases]  # type: ignore[list-item]

    with pytest.raises(HistoryError, match=text):
        restamp("miniature", shown, tmp_path)
    assert path_of("miniature", tmp_path).read_bytes() == before


def test_a_race_needs_one_outcome_in_common(known: Miniature, tmp_path: Path) -> None:
    """Its rare outcomes stay known, whether they are seen again or not."""
    known()
    rare = trace(waited="12 s")
    update("miniature", [make_release("1.0", {RACE: [BEFORE, rare]})], tmp_path)
    before = path_of("miniature", tmp_path).read_bytes()
    restamp("miniature", [make_release("1.0", {RACE: [BEFORE]})], tmp_path)

    assert path_of("miniature", tmp_path).read_bytes() == before
    with pytest.raises(HistoryError, match="do not behave as the history"):
        restamp("miniature", [make_release("1.0", {RACE: [AFTER]})], tmp_path)
