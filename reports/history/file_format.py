"""The form of the file: what hundreds of behaviours share stands in a table, and is named by key.

How this works. A behaviour is its lanes and its end facts. A lane names its rows (events); the wire
lane, which most releases share, names a wire, and that its rows; facts that are lists (log records,
warnings) are named as well. Everything else stands where it belongs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from fixtures.model.duration_class import AT_ONCE
from fixtures.model.event import LANES, WIRE

from ..results.release import Cell
from .keys import ListFact, Row, encode_json, fact_of, list_keys, row_keys, wire_keys
from .provenance import Code

SCHEMA = 3
READ = (2, SCHEMA)
"""What is read. Schema 2, which has no order, is read for one release."""
NOT_APPLICABLE, NOT_RUN = "not applicable", "not run"

Item = TypeVar("Item")


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A normalised trace: what `fixtures.model.trace.behaviour` keeps of one.

    `order`, which is not part of its id, is how the lanes ran into each other in one run that
    showed it, and when: see `fixtures.model.run_order`.
    """

    waited: str
    lanes: dict[str, list[Row]]
    facts: dict[str, Any]
    order: str = ""


class Folded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A behaviour as the file has it: a lane is the keys of its rows, or the key of its wire.

    `facts` are the end facts that are no lists, `lists` the keys of those that are. What is usual
    is not written.
    """

    lanes: dict[str, list[str] | str]
    waited: str = AT_ONCE  # as most do
    facts: dict[str, Any] = {}
    lists: list[str] = []
    order: str = ""


@dataclass(frozen=True, slots=True)
class NoBehaviour:
    """Why a cell showed no behaviour: it does not apply or, if `failed`, could not be run."""

    reason: str
    failed: bool = False


def encode_reason(found: NoBehaviour) -> str:
    """The text in the file: `not run: the script failed`."""
    return f"{NOT_RUN if found.failed else NOT_APPLICABLE}: {found.reason}"


def decode_reason(text: str) -> NoBehaviour:
    """What the text in the file says. Raises `ValueError` for a text of another kind."""
    kind, separator, reason = text.partition(": ")
    if kind not in (NOT_RUN, NOT_APPLICABLE) or not separator:
        raise ValueError(text)
    return NoBehaviour(reason, kind == NOT_RUN)


def encode_cell(cell: Cell) -> str:
    """The name of a cell in the file; no surface has a `-` in its name."""
    return "-".join(cell)


def decode_cell(name: str) -> Cell:
    """The cell of this name."""
    surface, _, scenario = name.partition("-")
    return surface, scenario


class Tables(msgspec.Struct, frozen=True):
    """The behaviours, and what they share: rows, wires (each the keys of its rows), lists."""

    rows: dict[str, Row]
    wires: dict[str, list[str]]
    lists: dict[str, list[Any]]
    behaviours: dict[str, Folded]


class Stored(Tables, frozen=True, forbid_unknown_fields=True):
    """The file. A release maps to the reason why it cannot be run, or to null.

    `runs` says of a cell that races how often each outcome came in each release, if it is known.
    """

    schema: int
    library: str
    code: Code
    releases: dict[str, str | None]
    cells: dict[str, dict[str, list[str] | str]]
    runs: dict[str, dict[str, dict[str, int]]] = {}


def fold(behaviours: Mapping[str, Behaviour]) -> Tables:
    """The behaviours as the file has them; each table in the order of its keys."""
    every = behaviours.values()
    rows = {encode_json(row): row for one in every for lane in one.lanes.values() for row in lane}
    wires = {encode_json(one.lanes[WIRE]): one.lanes[WIRE] for one in every if WIRE in one.lanes}
    lists = {encode_json(fact): fact for one in every for fact in _lists(one)}
    of_row, of_wire, of_list = row_keys(rows), wire_keys(wires), list_keys(lists)
    return Tables(
        _sort({of_row[text]: row for text, row in rows.items()}),
        _sort({of_wire[text]: _name_rows(wire, of_row) for text, wire in wires.items()}),
        _sort({of_list[text]: value for text, (_, value) in lists.items()}),
        {name: _fold_behaviour(one, of_row, of_wire, of_list) for name, one in behaviours.items()},
    )


def unfold(tables: Tables) -> dict[str, Behaviour]:
    """The behaviours, each whole; every key is in its table."""
    return {name: unfold_one(tables, one) for name, one in tables.behaviours.items()}


def unfold_one(tables: Tables, one: Folded) -> Behaviour:
    """A behaviour, whole; every key is in its table."""
    lanes = {
        lane: [tables.rows[key] for key in (tables.wires[keys] if isinstance(keys, str) else keys)]
        for lane, keys in one.lanes.items()
    }
    facts = one.facts | {fact_of(key): tables.lists[key] for key in one.lists}
    return Behaviour(one.waited, lanes, dict(sorted(facts.items())), one.order)


def _fold_behaviour(
    one: Behaviour,
    of_row: Mapping[str, str],
    of_wire: Mapping[str, str],
    of_list: Mapping[str, str],
) -> Folded:
    seen = {lane: one.lanes[lane] for lane in LANES if lane in one.lanes}
    lanes: dict[str, list[str] | str] = {
        lane: of_wire[encode_json(rows)] if lane == WIRE else _name_rows(rows, of_row)
        for lane, rows in seen.items()
    }
    facts = {name: fact for name, fact in sorted(one.facts.items()) if not isinstance(fact, list)}
    lists = [of_list[encode_json(fact)] for fact in _lists(one)]
    return Folded(lanes, one.waited, facts, lists, one.order)


def _name_rows(rows: list[Row], of_row: Mapping[str, str]) -> list[str]:
    return [of_row[encode_json(row)] for row in rows]


def _lists(one: Behaviour) -> list[ListFact]:
    return [(name, fact) for name, fact in sorted(one.facts.items()) if isinstance(fact, list)]


def _sort(table: dict[str, Item]) -> dict[str, Item]:
    return dict(sorted(table.items()))
