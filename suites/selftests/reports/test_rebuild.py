"""A history is rebuilt out of releases: the same again, or what is wrong with them is reported."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS, Settings
from fixtures.model.trace import Trace
from reports.history import HistoryError, load, rebuild_history, stale, update
from reports.history import provenance as code_now
from reports.history.file_format import NoBehaviour
from reports.history.stored_history import path_of
from reports.results.release import CellResult, Release

from ..conftest import Miniature
from ..miniatures.miniature_history import make_release
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, trace

A, B = BEFORE.behaviour_id, AFTER.behaviour_id
RARE = trace(waited="12 s")


@pytest.fixture(autouse=True)
def declared(known: Miniature) -> None:
    """The miniature's surface is known."""
    known()


def edited(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The settings of a scenario change."""
    changed = dataclasses.replace(SCENARIOS[name], settings=Settings(connections=2))
    monkeypatch.setitem(SCENARIOS, name, changed)


def other_machinery(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machinery's fingerprint changes."""
    code = code_now.code_of(LIBRARIES["miniature"])
    changed = msgspec.structs.replace(code, machinery="other")
    monkeypatch.setattr(code_now, "code_of", lambda library: changed)


def test_the_same_again(tmp_path: Path) -> None:
    """Rebuilt of the same releases, in another order too, it is the same byte for byte."""
    releases = [make_release("1.0", {CELL: [BEFORE]}), make_release("1.1", {CELL: [AFTER]})]
    first = update("miniature", releases, tmp_path).read_bytes()

    again = update("miniature", releases[::-1], tmp_path).read_bytes()

    assert again == first


def test_a_release_is_added(tmp_path: Path) -> None:
    """What is known of the other releases stays."""
    update("miniature", [make_release("1.0", {CELL: [BEFORE]})], tmp_path)
    update("miniature", [make_release("1.1", {CELL: [AFTER]})], tmp_path)

    assert load("miniature", tmp_path).cells[CELL] == {"1.0": (A,), "1.1": (B,)}


def test_a_release_is_replaced(tmp_path: Path) -> None:
    """A steady cell shows what it showed last; behaviours that nobody shows are gone."""
    update("miniature", [make_release("1.0", {CELL: [BEFORE]})], tmp_path)
    update("miniature", [make_release("1.0", {CELL: [AFTER]})], tmp_path)

    found = load("miniature", tmp_path)

    assert (found.cells[CELL], list(found.behaviours)) == ({"1.0": (B,)}, [B])


def test_a_release_that_no_longer_runs(tmp_path: Path) -> None:
    """It stands there with the reason, without this machine's places, and without behaviours."""
    update("miniature", [make_release(v, {CELL: [BEFORE]}) for v in ("1.0", "1.1")], tmp_path)
    reason = "no\nwheel at https://index.example.org/simple/x in /home/me/.cache/wheels/x.whl"
    update("miniature", [Release("miniature", "1.0", "1.0", "", {}, reason)], tmp_path)

    found = load("miniature", tmp_path)

    assert found.releases == {"1.0": "no wheel at the index in x.whl", "1.1": None}
    assert found.cells[CELL] == {"1.1": (A,)}


def test_a_race_keeps_what_is_known(tmp_path: Path) -> None:
    """On the same code the set of a race only grows."""
    update("miniature", [make_release("1.0", {RACE: [BEFORE, RARE]})], tmp_path)
    update("miniature", [make_release("1.0", {RACE: [AFTER]})], tmp_path)

    expected = tuple(sorted([A, B, RARE.behaviour_id]))
    assert load("miniature", tmp_path).cells[RACE] == {"1.0": expected}


def test_a_race_of_a_changed_scenario_starts_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing stays of a cell whose scenario has changed."""
    update("miniature", [make_release("1.0", {RACE: [BEFORE]})], tmp_path)
    edited(monkeypatch, RACE[1])
    update("miniature", [make_release("1.0", {RACE: [AFTER]})], tmp_path)

    assert load("miniature", tmp_path).cells[RACE] == {"1.0": (B,)}


@pytest.mark.parametrize(
    ("seen", "left"),
    [((AFTER,), (B,)), ((AFTER, BEFORE), tuple(sorted((A, B, RARE.behaviour_id))))],
)
def test_a_race_under_other_machinery(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seen: tuple[Trace, ...],
    left: tuple[str, ...],
) -> None:
    """Once our machinery has changed, what is known stays if some of it is seen again."""
    update("miniature", [make_release("1.0", {RACE: [BEFORE, RARE]})], tmp_path)
    other_machinery(monkeypatch)
    update("miniature", [make_release("1.0", {RACE: seen})], tmp_path)

    assert load("miniature", tmp_path).cells[RACE] == {"1.0": left}


def test_a_race_that_no_longer_applies(tmp_path: Path) -> None:
    """A reason takes the place of outcomes."""
    update("miniature", [make_release("1.0", {RACE: [BEFORE]})], tmp_path)
    update("miniature", [make_release("1.0", {RACE: "it has no threads"})], tmp_path)

    assert load("miniature", tmp_path).cells[RACE] == {"1.0": NoBehaviour("it has no threads")}


def test_a_reason_is_said_alike_of_every_release(tmp_path: Path) -> None:
    """A reason that names the release stands once, for those that share it."""
    versions = ("1.0", "1.0.1", "1.1")
    update(
        "miniature",
        [make_release(v, {CELL: f"miniature {v} has no x"}) for v in versions],
        tmp_path,
    )
    other = [make_release("1.2", {CELL: "miniature 1.2.1 has no x"})]
    update("miniature", other, tmp_path)

    assert load("miniature", tmp_path).cells[CELL] == {
        "1.0": NoBehaviour("miniature has no x"),
        "1.2": NoBehaviour("miniature 1.2.1 has no x"),
    }


def test_what_could_not_be_judged_is_no_behaviour(tmp_path: Path) -> None:
    """A cell that failed, or whose run has a problem, was not run."""
    release = make_release("1.0", {CELL: [trace(problems=("the script failed",))]})
    failed = {RACE: CellResult(reason="it was ended by SIGSEGV", failed=True)}
    both = dataclasses.replace(release, cells={**release.cells, **failed})
    update("miniature", [both], tmp_path)

    found = load("miniature", tmp_path)

    assert found.cells[CELL] == {"1.0": NoBehaviour("the script failed", failed=True)}
    assert found.cells[RACE] == {"1.0": NoBehaviour("it was ended by SIGSEGV", failed=True)}


def test_a_changed_cell_needs_every_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell whose scenario has changed is not known of the releases that are not given."""
    update("miniature", [make_release(v, {CELL: [BEFORE]}) for v in ("1.0", "1.1")], tmp_path)
    edited(monkeypatch, CELL[1])

    with pytest.raises(HistoryError, match=r"1 cell of 1\.0.*new or has changed.*Sweep every"):
        update("miniature", [make_release("1.1", {CELL: [AFTER]})], tmp_path)
    assert load("miniature", tmp_path).cells[CELL] == {"1.0": (A,)}


def test_a_new_history_needs_every_cell_of_every_release(tmp_path: Path) -> None:
    """A cell that one of the releases was not run in is reported."""
    releases = [
        make_release("1.0", {CELL: [BEFORE]}),
        make_release("1.1", {CELL: [AFTER], RACE: [AFTER]}),
    ]

    with pytest.raises(HistoryError, match=r"1 cell of 1\.0, such as miniature-.*was not run"):
        update("miniature", releases, tmp_path)
    assert not path_of("miniature", tmp_path).exists()


def test_stale_cells_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is new, and one whose scenario has changed, are stale."""
    surface = SURFACES["miniature"]
    every = {(surface.name, one.name): [BEFORE] for one in SCENARIOS.values() if surface.plays(one)}
    del every[RACE]
    update("miniature", [make_release("1.0", every)], tmp_path)
    edited(monkeypatch, CELL[1])

    assert set(stale(load("miniature", tmp_path))) == {CELL, RACE}


def test_only_releases_have_a_place() -> None:
    """What is installed, a checkout, or another library has no version to be kept under."""
    for label, version, library in [
        ("installed", "1.0", "miniature"),
        ("1.0", "1.1", "miniature"),
        ("1.0", "1.0", "other"),
    ]:
        wrong = dataclasses.replace(
            make_release("1.0", {}), label=label, version=version, library=library
        )
        with pytest.raises(HistoryError, match="has no place in the history of miniature"):
            rebuild_history("miniature", [wrong])


def test_another_python_is_reported() -> None:
    """What another Python has recorded does not belong into this history."""
    wrong = dataclasses.replace(make_release("1.0", {CELL: [BEFORE]}), python="PyPy 2.7.18")

    with pytest.raises(HistoryError, match=r"was recorded with PyPy 2\.7\.18, this is"):
        rebuild_history("miniature", [wrong])


def test_an_undeclared_cell_is_reported() -> None:
    """A cell of a surface that nobody declares is an error."""
    wrong = make_release("1.0", {("nobody", "peer_closes_first"): [BEFORE]})

    with pytest.raises(HistoryError, match="nobody-peer_closes_first, which nothing declares"):
        rebuild_history("miniature", [wrong])


def test_a_history_of_nothing_is_reported() -> None:
    """Releases of which none can be run make no history."""
    failed = Release("miniature", "1.0", "1.0", "", {}, "it has no wheel")

    with pytest.raises(HistoryError, match=r"none of the releases of miniature .* can be run"):
        rebuild_history("miniature", [failed])
