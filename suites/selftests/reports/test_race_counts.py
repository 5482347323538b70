"""How often outcomes of races came is stored, so that what is stored is compared as runs are."""

from __future__ import annotations

import dataclasses
from itertools import combinations
from pathlib import Path

import pytest

from reports.__main__ import main
from reports.history import add_runs, list_uncounted, load, update
from reports.history.advice import find_advice
from reports.results.record import RecordWriter

from ..conftest import Miniature
from ..miniatures.miniature_history import count, history, make_release
from ..miniatures.miniature_pairs import CELL, RACE, trace
from ..miniatures.miniature_traces import report

A, B, C = (trace(report("closed", "on_close", text)) for text in "abc")
SETS = ((A, 48),), ((A, 47), (B, 1)), ((A, 9), (B, 39)), ((C, 12),), ((B, 3),), ((A, 38), (C, 10))
RELEASES = [
    make_release(f"1.{n}", {RACE: [one for one, times in shown for _ in range(times)], CELL: [A]})
    for n, shown in enumerate(SETS)
]


@pytest.fixture
def recorded(known: Miniature, tmp_path: Path) -> Path:
    """The folder with the history of the releases, and with a record of each."""
    known()
    count(tmp_path, RELEASES)
    for release in RELEASES:
        with (tmp_path / f"{release.label}.jsonl").open("wb") as file:
            record = RecordWriter(file, "", {})
            record.add(release)
            record.finish()
    return tmp_path


def test_advise_and_compare_give_the_same_number(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the same data, for every pair of releases: sure changes, rare outcomes, sets in common."""
    advised, compared = {}, {}
    for old, new in combinations(RELEASES, 2):
        known = load("miniature", recorded)
        advice = find_advice(known, old.label, list(known.cells))
        advised[old.label, new.label] = bool(advice.later[new.label].differences)
        paths = [str(recorded / f"{one.label}.jsonl") for one in (old, new)]
        compared[old.label, new.label] = main(["compare", "miniature", *paths]) == 1
        capsys.readouterr()

    assert advised == compared
    assert {*compared.values()} == {True, False}


def test_only_races_that_vary_are_counted(known: Miniature, tmp_path: Path) -> None:
    """Other cells show the same in every run."""
    known()
    stored = count(tmp_path, [*RELEASES[:2], make_release("2.0", {CELL: [B], RACE: "it cannot"})])

    assert stored.runs == {
        RACE: {
            "1.0": {A.behaviour_id: 48},
            "1.1": {A.behaviour_id: 47, B.behaviour_id: 1},
        }
    }
    assert list_uncounted(stored) == {}


def test_more_runs_are_added_and_a_new_outcome_is_known_then(
    known: Miniature, tmp_path: Path
) -> None:
    """Of what could be run; one that only an older run showed is as rare as one that came once."""
    known()
    stored = history(tmp_path, [make_release("1.0", {RACE: [A, B]})])
    shown = [A] * 3, [A, C], "it does not apply", [trace(problems=("no",))]
    releases = [make_release("1.0", {RACE: one}) for one in shown]
    found = add_runs(stored, releases, list_uncounted(stored))

    assert found.count_runs(RACE, "1.0") == {A.behaviour_id: 4, C.behaviour_id: 1}
    assert found.at(RACE, "1.0") == tuple(sorted(one.behaviour_id for one in (A, B, C)))
    assert C.behaviour_id in found.behaviours


def test_counts_stay_until_the_cell_is_run_again(known: Miniature, tmp_path: Path) -> None:
    """So the file changes where a behaviour does; a release that cannot be run has none."""
    known()
    before = count(tmp_path, RELEASES[:3])
    update("miniature", [make_release("1.0", {RACE: [A], CELL: [A]})], tmp_path)
    kept = load("miniature", tmp_path).runs[RACE]
    broken = dataclasses.replace(RELEASES[1], cells={}, reason="it has no wheel")
    update("miniature", [broken], tmp_path)

    assert kept == {version: before.count_runs(RACE, version) for version in ("1.1", "1.2")}
    assert list(load("miniature", tmp_path).runs[RACE]) == ["1.2"]
