"""Every way in which a history's file can be wrong is reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.history import FOLDER, HistoryError, load, load_whole
from reports.history.stored_history import History, path_of
from reports.results.release import Release

from ..conftest import Miniature
from ..miniatures.miniature_history import count, history, known_history, make_release, read_text
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, RACE, trace
from ..miniatures.miniature_traces import report

__all__ = ["known_history"]
"""A fixture that is declared elsewhere."""

A, B = BEFORE.behaviour_id, AFTER.behaviour_id
"""What the miniature shows in 1.0 and in 1.2."""
HANG = trace(
    report("opened", "on_open"), facts={"logs": [{"level": "INFO"}], "code": 1}, waited="hang"
)


def error_of(folder: Path, old: str, new: str) -> str:
    """What is said of a history in which the first place that matches was replaced."""
    text, count = re.subn(old, lambda _: new, read_text(folder), count=1)
    assert count
    path_of("miniature", folder).write_text(text, encoding="utf-8")
    with pytest.raises(HistoryError) as caught:
        load_whole("miniature", folder)
    assert caught.value.exit_status == 2
    assert "delete it and rebuild it with: python -m reports sweep miniature" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"schema": 3',
            '"schema": 1',
            "json: it has schema 1; this version reads 2 and 3",
        ),
        ('"schema": 3', '"schema": 3, "more": 1', "unknown field `more`"),
        ('"order": "', '"order": "x', "has an order 'x"),
        ('"order": "', '"order": "w', "which its lanes do not fit"),
        ('{\n"schema"', '\n"schema"', "is not a history: Expected `object`"),
        ('"library": "miniature"', '"library": "other"', "the history of other, not of miniature"),
        (f'"1.2": ."{B}".', '"1.2": "why"', "neither behaviours nor a reason: 'why'"),
        (f'"1.2": ."{B}".', f'"1.1": ["{B}"]', "changes in 1.1, which is not a release that can"),
        (f'"1.2": ."{B}".', f'"3.0": ["{B}"]', "changes in 3.0, which is not a release that can"),
    ],
)
def test_a_wrong_history_is_reported(
    known_history: History, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """A file of another form, library or release is an error that says so."""
    assert message in error_of(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'"1.0": ."{A}": ?2', f'"1.1": {{"{A}": 2', "in 1.1 are of no release that can be run"),
        (f'."{A}": ?2', '{"nothing": 2', "in 1.0 show nothing 2 times, which cannot be"),
        (f'."{A}": ?2', f'{{"{A}": 0', f"in 1.0 show {A} 0 times, which cannot be"),
    ],
)
def test_wrong_counts_are_reported(
    known: Miniature, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Of a release that was not run, of an outcome that there is not, of no run."""
    known()
    failed = Release("miniature", "1.1", "1.1", "", {}, "it has no wheel")
    count(
        tmp_path,
        [
            make_release("1.0", {RACE: [BEFORE, BEFORE]}),
            failed,
            make_release("1.2", {RACE: [BEFORE, AFTER]}),
        ],
    )

    assert message in error_of(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'"1.2": ."{B}".', '"1.2": ["0123"]', "first in 1.2 names the behaviour 0123, which is"),
        (f'"1.2": ."{B}".', '"1.2": []', "miniature-peer_closes_first in 1.2 names no behaviour"),
        (f', "1.2": ."{B}".', "", f"nothing names the behaviour {B}"),
        (r'"on_open": \[', '"on_opens": [', "names the row on_open, which is not there"),
        (r'"rows": {', '"rows": {"x": ["a", "b", "c", [], 1],', "nothing names the row x"),
        (r'"wires": {', '"wires": {"x": ["on_open"],', "nothing names the wire x"),
        (r'"wires": {', '"wires": {"x": [],', "the wire x names no row"),
        (r'"lists": {', '"lists": {"logs.x": []', "nothing names the list logs.x"),
        (r'"wire": "\w*"', '"wire": "123"', "names the wire 123, which is not there"),
        (r'"application": \[.*?\]', '"application": []', "names no row"),
    ],
)
def test_a_name_that_leads_nowhere_is_reported(
    known_history: History, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """So is what nothing names."""
    assert message in error_of(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (r'"on_close", "called", \[1', '"on_closed", "called", [1', "stands there is on_closed 10"),
        ('"request rec.*d", "101 .*t"', '"101 response sent", "request received"', "the wire "),
        (r'"application": \["on_open", ', '"application": [', "which its lanes do not fit"),
        (r'"lanes": {', '"waited": "hang", "lanes": {', "was changed by hand"),
        (r'"lanes": {', '"waited": "tea", "lanes": {', "'tea' is not the class of a duration"),
        (r'"application": \["', '"elsewhere": ["', "has a lane 'elsewhere'; there are application"),
        (r'"wire": "\w*"', '"wire": ["on_open"]', "has a lane 'wire' that names rows"),
        (
            r'"application": \[.*?\]',
            '"application": "12"',
            "has a lane 'application' that names a wire",
        ),
    ],
)
def test_what_was_changed_by_hand_is_reported(
    known_history: History, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Neither a key nor the id of a behaviour fits anything else."""
    assert message in error_of(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"waited": "hang"', '"waited": "12 s"', "was changed by hand"),
        ('"code": 1', '"code": 2', "was changed by hand"),
        ('"code": 1', '"code": 1, "logs": 2', "has several facts 'logs'"),
        ('"code": 1', '"code": [1]', "has the list 'code' among its facts"),
        ('"facts": {"code": 1}, "lists": .*?]', '"facts": {"logs": 5}', "nothing names the list"),
        ('"level": "INFO"', '"level": "ERROR"', "the list logs."),
        ('"logs[.][^"]*": ', '"warnings.12": ', "which is not there"),
    ],
)
def test_changed_facts_are_reported(
    known: Miniature, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """An end fact stands in one place, and the id of its behaviour holds it."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [HANG]})])

    assert message in error_of(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'"on_close", "called", \[null', '"on_closed", "called", [null'),
        (f'"1.2": ."{B}".', '"1.2": ["0123"]'),
        (rf'"{B}": {{"order": "', f'"{B}": {{"order": "x'),
        (rf'"{B}": {{', f'"{B}": {{"waited": "hang", '),
        (rf'"{B}": {{', f'"{B}": {{"waited": "tea", '),
        (rf'"{B}": {{', f'"{B}": {{"lists": ["logs.12"], '),
    ],
)
def test_what_was_changed_is_found_when_it_is_looked_at(
    known_history: History, tmp_path: Path, old: str, new: str
) -> None:
    """Without a check of the whole file; what was not changed is there as before."""
    error_of(tmp_path, old, new)
    found = load("miniature", tmp_path)
    known = found.at(CELL, "1.2")

    assert isinstance(known, tuple)
    assert found.traces(CELL, "1.0", (A,))[0].behaviour_id == A
    with pytest.raises(HistoryError, match="delete it and rebuild it with: python -m reports swe"):
        found.traces(CELL, "1.2", known)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_history_is_whole(path: Path) -> None:
    """Each behaviour is what its id is the digest of, and each key that of what it names."""
    library, _, kind = path.stem.partition(".")
    found = load_whole(library, kind=kind)

    assert found.library == library


def test_facts_of_another_kind_are_reported(known: Miniature, tmp_path: Path) -> None:
    """What cannot be the facts of a run is no behaviour."""
    known()
    history(tmp_path, [make_release("1.0", {CELL: [trace(facts={"code": 1})]})])

    assert "what stands there is none" in error_of(tmp_path, '"code": 1', '"logs": 5')
