"""A history holds what every release showed, and says so when it cannot be read."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.event import AT
from fixtures.model.scenario import SCENARIOS
from reports.history import HistoryError, find_behaviours, load, update
from reports.history.file_format import (
    NoBehaviour,
    decode_cell,
    decode_reason,
    encode_cell,
    encode_reason,
)
from reports.history.stored_history import History, path_of

from ..conftest import Miniature
from ..miniatures.miniature_history import history, known_history, make_release, read_text
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, trace
from ..miniatures.miniature_traces import peer_sends, report

__all__ = ["known_history"]
"""A fixture that is declared elsewhere."""

A, B = BEFORE.behaviour_id, AFTER.behaviour_id


def test_a_change_is_looked_up(known_history: History) -> None:
    """A cell shows in a release what the last change before it says."""
    assert known_history.runnable == ["1.0", "1.2"]
    assert [known_history.at(CELL, v) for v in known_history.runnable] == [(A,), (B,)]
    assert known_history.before("1.2") == "1.0"
    assert known_history.before("1.0") is None


def test_only_changes_are_stored(known: Miniature, tmp_path: Path) -> None:
    """A release that shows what the one before showed adds nothing but its name."""
    known()
    same_again = [
        make_release(version, {CELL: [BEFORE]}) for version in ("1.0", "1.1", "1.10", "1.9")
    ]

    found = history(tmp_path, same_again)

    assert found.cells[CELL] == {"1.0": (A,)}
    assert list(found.releases) == ["1.0", "1.1", "1.9", "1.10"]


def test_a_release_that_cannot_be_run_is_there(known_history: History) -> None:
    """Its reason is reported to whoever asks for it."""
    with pytest.raises(HistoryError, match=r"miniature 1\.1 could not be run: it has no wheel"):
        known_history.at(CELL, "1.1")


def test_an_unknown_release_is_reported(known_history: History) -> None:
    """A release that the history lacks is an error that lists those there are."""
    with pytest.raises(HistoryError, match=r"has no release 2\.0; it holds 1\.0 to 1\.2\. Newer"):
        known_history.at(CELL, "2.0")


def test_an_unknown_cell_is_reported(known_history: History) -> None:
    """A cell that the history lacks is an error, and has no entry in a table."""
    with pytest.raises(HistoryError, match="has no cell miniature-application_closes"):
        known_history.at(RACE, "1.0")
    assert known_history.table(RACE) == dict.fromkeys(
        ["1.0", "1.2"], NoBehaviour("the cell is not recorded", failed=True)
    )


def test_a_behaviour_is_a_trace_again(known_history: History) -> None:
    """What is stored of a behaviour is enough to tell it from others and to judge it."""
    (found,) = known_history.traces(CELL, "1.2", (B,))

    assert [e.name for e in found.lanes["application"]] == [
        "on_open",
        "on_close",
    ]
    assert (found.behaviour_id, found.loaded.version) == (B, "1.2")


def test_a_behaviour_comes_back_in_the_order_of_a_run(known: Miniature, tmp_path: Path) -> None:
    """And with its times; a second run of another order changes nothing of the file."""
    known()
    opened, late = report("opened", "on_open"), peer_sends("close frame", 1000, "")
    late = dataclasses.replace(late, details={AT: 10.0})
    stored = history(tmp_path, [make_release("1.0", {CELL: [trace(opened, late)]})])
    text = read_text(tmp_path)
    found = history(tmp_path, [make_release("1.0", {CELL: [trace(late, opened)]})])

    (one,) = found.traces(CELL, "1.0", stored.behaviours)
    assert [(event.name, event.details) for event in one.events] == [
        ("on_open", {AT: 0.0}),
        ("close frame", {AT: 10.0}),
    ]
    assert read_text(tmp_path) == text


def test_a_history_without_orders_is_read(known_history: History, tmp_path: Path) -> None:
    """The file of the release before: its lanes come one after the other."""
    plain = re.sub(r'"order": "\w+", ', "", read_text(tmp_path))
    plain = plain.replace('"schema": 3', '"schema": 2')
    path_of("miniature", tmp_path).write_text(plain, encoding="utf-8")

    (one,) = load("miniature", tmp_path).traces(CELL, "1.2", (B,))
    assert [event.lane for event in one.events] == ["application"] * 2 + ["wire"] * 4


def test_a_further_connection_comes_back(known: Miniature, tmp_path: Path) -> None:
    """What happened on which of several connections is part of the behaviour."""
    known()
    first = peer_sends("close frame", 1000, "")
    events = first, dataclasses.replace(first, where="connection 2")
    stored = history(tmp_path, [make_release("1.0", {CELL: [trace(*events)]})])
    [found] = load("miniature", tmp_path).traces(CELL, "1.0", stored.behaviours)

    assert [(one.how, one.where) for one in found.events] == [
        ("sent", ""),
        ("sent", "connection 2"),
    ]


def test_facts_come_back(known: Miniature, tmp_path: Path) -> None:
    """End facts are stored without their wording."""
    known()
    logged = [{"logger": "miniature", "level": "INFO", "text": "it is open"}]
    shown = trace(facts={"close_code": 1000, "logs": logged, "leftover threads": ["one"]})
    found = history(tmp_path, [make_release("1.0", {CELL: [shown]})])

    facts = found.shapes[shown.behaviour_id].facts

    assert facts == {**shown.facts, "logs": [{**logged[0], "text": ""}]}


@given(some.builds(NoBehaviour, some.text(), some.booleans()))
def test_why_there_is_no_behaviour_is_read_again(found: NoBehaviour) -> None:
    """Whatever the reason is."""
    assert decode_reason(encode_reason(found)) == found


@pytest.mark.parametrize("name", SURFACES)
def test_the_name_of_a_cell_is_read_again(name: str) -> None:
    """Whatever the surface and the scenario are."""
    for scenario in SCENARIOS:
        assert decode_cell(encode_cell((name, scenario))) == (name, scenario)


def test_what_is_expected_of_a_release(known_history: History, tmp_path: Path) -> None:
    """A release's behaviours by cell; a release that is not there is an error."""
    assert find_behaviours("miniature", "1.2", tmp_path) == {CELL: {B}}
    with pytest.raises(HistoryError):
        find_behaviours("miniature", "1.1", tmp_path)


def test_nothing_is_expected_where_a_cell_does_not_apply(known: Miniature, tmp_path: Path) -> None:
    """A cell without behaviours expects none."""
    known()
    update(
        "miniature", [make_release("1.0", {CELL: [BEFORE], RACE: "it has no threads"})], tmp_path
    )

    assert find_behaviours("miniature", "1.0", tmp_path) == {CELL: {A}, RACE: set()}


def test_a_missing_history_is_reported(tmp_path: Path) -> None:
    """Where there is no file, the error says how to build it."""
    with pytest.raises(HistoryError, match=r"there is no history of tornado .*--update-history"):
        load("tornado", tmp_path)


@pytest.mark.parametrize(
    ("waited", "seconds"),
    [
        ("2 x close_timeout", 20),
        ("1 x open_timeout", 10),
        ("3 x timeout", 0),
        ("ping_interval + ping_timeout", 40),
        ("12.0 s", 12),
        ("0.5 s", 0.5),
        ("at once", 0),
        ("hang", 0),
    ],
)
def test_a_duration_has_a_length(
    known: Miniature, tmp_path: Path, waited: str, seconds: float
) -> None:
    """The class of a duration becomes seconds again, where the surface's timeouts are known."""
    known()
    shown = trace(waited=waited)
    found = history(tmp_path, [make_release("1.0", {CELL: [shown]})])

    assert found.traces(CELL, "1.0", (shown.behaviour_id,))[0].seconds == seconds
