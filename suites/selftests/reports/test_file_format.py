"""A history's file holds everything, each thing once, and is the same when written again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from fixtures.drivers.surfaces import LIBRARIES
from reports.history import load, write
from reports.history.file_format import Behaviour, fold, unfold
from reports.history.keys import Row
from reports.history.stored_history import FOLDER, History, path_of
from reports.history.writer import lines

from ..miniatures.miniature_history import few, histories, known_history, read_text
from ..miniatures.miniature_index import Index, miniature_index
from ..miniatures.miniature_pairs import AFTER, BEFORE

__all__ = ["few", "histories", "known_history", "miniature_index"]
"""Fixtures that are declared elsewhere."""

OPEN: Row = ("opened", "on_open", "called", [], None)
SENT: Row = ("frame", "close frame", "sent", [1000, "bye"], None)
LOGS = [{"level": "INFO", "logger": "miniature"}]
ONE = Behaviour("at once", {"application": [OPEN], "wire": [SENT]}, {"code": 1, "logs": LOGS})
OTHER = Behaviour("hang", {"application": [OPEN, OPEN], "wire": [SENT]}, {"logs": LOGS})
BARE = Behaviour("at once", {}, {})


@pytest.mark.integration
@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_stored_history_is_written_as_it_stands(library: str, tmp_path: Path) -> None:
    """What is read of each file that the project keeps is written as the same file.

    One of schema 2, which has no order of lanes, is written as it stands under the new number.
    """
    write(tmp_path / "again.json", load(library))

    again = (tmp_path / "again.json").read_bytes()

    stored = path_of(library, FOLDER).read_bytes()
    assert again == stored.replace(b'"schema": 2', b'"schema": 3', 1)


def test_an_order_is_kept_with_its_behaviour() -> None:
    """And nothing is written of a behaviour that has none."""
    ordered = Behaviour(ONE.waited, ONE.lanes, ONE.facts, "wa")
    tables = fold({"a": ordered, "b": ONE})

    assert (tables.behaviours["a"].order, tables.behaviours["b"].order) == ("wa", "")
    assert unfold(tables) == {"a": ordered, "b": ONE}


def test_orders_take_little_room(miniature_index: Index, histories: Path) -> None:
    """A file is at most half as long again as without them."""
    known = load(miniature_index.library.name, histories)
    assert all(one.order for one in known.behaviours.values())

    bare = {k: msgspec.structs.replace(one, order="") for k, one in known.behaviours.items()}
    sizes = [
        len("\n".join(lines(one))) for one in (known, dataclasses.replace(known, behaviours=bare))
    ]
    assert sizes[0] <= 1.5 * sizes[1]


def test_what_is_shared_stands_once() -> None:
    """Behaviours share rows, the wire, and lists of facts."""
    found = fold({"a": ONE, "b": OTHER})

    assert (len(found.rows), len(found.wires), len(found.lists)) == (2, 1, 1)
    assert found.behaviours["a"].lanes["wire"] == found.behaviours["b"].lanes["wire"]
    assert found.behaviours["b"].lanes["application"] == ["on_open", "on_open"]
    assert found.behaviours["a"].facts == {"code": 1}


def test_nothing_is_lost() -> None:
    """What is folded and unfolded is what it was."""
    behaviours = {"a": ONE, "b": OTHER, "c": BARE}

    assert unfold(fold(behaviours)) == behaviours


def test_tables_are_in_order() -> None:
    """The order of behaviours and of facts does not count."""
    shuffled = msgspec.structs.replace(ONE, facts={"logs": LOGS, "code": 1})
    one, other = fold({"a": ONE, "b": OTHER}), fold({"b": OTHER, "a": shuffled})

    assert list(one.rows) == list(other.rows) == sorted(one.rows)
    assert list(one.wires) == list(other.wires)
    assert list(one.behaviours["a"].facts) == list(other.behaviours["a"].facts)


def test_the_file_reads_well(known_history: History, tmp_path: Path) -> None:
    """A row is one line, and so is a cell, or a lane, that is short."""
    a, b = BEFORE.behaviour_id, AFTER.behaviour_id
    lines = read_text(tmp_path).splitlines()

    assert f' "miniature-peer_closes_first": {{"1.0": ["{a}"], "1.2": ["{b}"]}}' in lines
    assert any(
        line.endswith('["closed", "on_close", "called", [1000, "bye"], 1000],') for line in lines
    )
    assert ' "on_open": ["opened", "on_open", "called", [], null],' in lines
    assert any(line.startswith('  "application": ["on_open", "on_close 1000.') for line in lines)
    assert ' "1.1": "it has no wheel",' in lines
