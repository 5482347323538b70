"""What is wrong with a history's file though every value has its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from fixtures.model.duration_class import decode_duration_class
from fixtures.model.event import LANES, WIRE
from fixtures.model.run_order import fits

from .file_format import Folded, Stored, decode_reason
from .keys import encode_json, fact_of, list_keys, row_keys, wire_keys, wire_text


def problems(stored: Stored, library: str) -> Iterator[str]:
    """Names that lead nowhere or that nothing uses, keys that are others', entries of no kind.

    Whoever asks for more than the first one must expect a KeyError.
    """
    yield from first_problems(stored, library)
    for name, one in stored.behaviours.items():
        yield from (f"the behaviour {name} {problem}" for problem in _wrong_parts(one))
    yield from _wrong_names(stored)
    for name in stored.behaviours:
        yield from _wrong_order(stored, name)
    yield from _wrong_keys(stored)


def first_problems(stored: Stored, library: str) -> Iterator[str]:
    """Those that are found without a look at any behaviour."""
    if stored.library != library:
        yield f"it is the history of {stored.library}, not of {library}"
    yield from _wrong_entries(stored)
    yield from _wrong_runs(stored)


def behaviour_problems(stored: Stored, name: str) -> Iterator[str]:
    """Those of one behaviour: it is not there, or names what is not there, or makes no sense."""
    if name not in stored.behaviours:
        yield f"a cell names the behaviour {name}, which is not there"
        return
    one = stored.behaviours[name]
    yield from (f"the behaviour {name} {problem}" for problem in _wrong_parts(one))
    tables = _list_tables(stored)
    for who, kind, keys in _names_in_behaviour(name, one):
        yield from _wrong_keys_of(tables, who, kind, keys)
        for wire in keys if kind == "wire" else ():
            yield from _wrong_keys_of(tables, f"the wire {wire}", "row", stored.wires[wire])
    yield from _wrong_order(stored, name)


def _wrong_entries(stored: Stored) -> Iterator[str]:
    for cell, changes in stored.cells.items():
        for version, entry in changes.items():
            if stored.releases.get(version, "") is not None:
                yield f"{cell} changes in {version}, which is not a release that can be run"
            if not entry:
                yield f"{cell} in {version} names no behaviour"
            elif isinstance(entry, str) and not _is_reason(entry):
                yield f"{cell} in {version} is neither behaviours nor a reason: {entry!r}"


def _wrong_runs(stored: Stored) -> Iterator[str]:
    """Counts of what is not there: a cell, a release that can be run, a behaviour of the cell."""
    for cell, counted in stored.runs.items():
        entries = stored.cells.get(cell, {}).values()
        shown = {one for entry in entries if not isinstance(entry, str) for one in entry}
        for version, counts in counted.items():
            where = f"the runs of {cell} in {version}"
            if stored.releases.get(version, "") is not None:
                yield f"{where} are of no release that can be run"
            for name, count in counts.items():
                if name not in shown or count < 1:
                    yield f"{where} show {name} {count} times, which cannot be"


def _is_reason(text: str) -> bool:
    try:
        decode_reason(text)
    except ValueError:
        return False
    return True


def _wrong_names(stored: Stored) -> Iterator[str]:
    tables = _list_tables(stored)
    used = {kind: set[str]() for kind in tables}
    for who, kind, keys in chain(_names_in_cells(stored), _names_in_behaviours(stored)):
        used[kind].update(keys)
        yield from _wrong_keys_of(tables, who, kind, keys)
    for kind, table in tables.items():
        yield from (f"nothing names the {kind} {key}" for key in table if key not in used[kind])


def _list_tables(stored: Stored) -> dict[str, Mapping[str, Any]]:
    return {
        "behaviour": stored.behaviours,
        "wire": stored.wires,
        "list": stored.lists,
        "row": stored.rows,
    }


def _wrong_keys_of(
    tables: Mapping[str, Mapping[str, Any]], who: str, kind: str, keys: list[str]
) -> Iterator[str]:
    """The keys of this kind of thing, which somebody names, that lead nowhere; or that none is."""
    if lost := [key for key in keys if key not in tables[kind]]:
        yield f"{who} names the {kind} {', '.join(lost)}, which is not there"
    if not keys:
        yield f"{who} names no {kind}"


def _names_in_cells(stored: Stored) -> Iterator[tuple[str, str, list[str]]]:
    """Who names, what kind of thing, which ones."""
    for cell, changes in stored.cells.items():
        for version, entry in changes.items():
            if not isinstance(entry, str):
                yield f"{cell} in {version}", "behaviour", entry


def _names_in_behaviours(stored: Stored) -> Iterator[tuple[str, str, list[str]]]:
    for name, one in stored.behaviours.items():
        yield from _names_in_behaviour(name, one)
    for key, rows in stored.wires.items():
        yield f"the wire {key}", "row", rows


def _names_in_behaviour(name: str, one: Folded) -> Iterator[tuple[str, str, list[str]]]:
    who = f"the behaviour {name}"
    if one.lists:
        yield who, "list", one.lists
    for keys in one.lanes.values():
        yield (who, "wire", [keys]) if isinstance(keys, str) else (who, "row", keys)


def _wrong_parts(one: Folded) -> Iterator[str]:
    try:
        decode_duration_class(one.waited)
    except ValueError as error:
        yield f"waited: {error}"
    for lane, keys in one.lanes.items():
        if lane not in LANES:
            yield f"has a lane {lane!r}; there are {', '.join(LANES)}"
        elif isinstance(keys, str) != (lane == WIRE):
            yield f"has a lane {lane!r} that names {'a wire' if lane != WIRE else 'rows'}"
    names = [*one.facts, *map(fact_of, one.lists)]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"has several facts {name!r}"
        if isinstance(one.facts.get(name), list):
            yield f"has the list {name!r} among its facts: it belongs into the table"


def _wrong_order(stored: Stored, name: str) -> Iterator[str]:
    """An order that is not of the events of its behaviour. Schema 2 has none."""
    one = stored.behaviours[name]
    rows = {
        lane: stored.wires[keys] if isinstance(keys, str) else keys
        for lane, keys in one.lanes.items()
    }
    counts = {lane: len(keys) for lane, keys in rows.items()}
    if one.order and not fits(one.order, counts):
        yield f"the behaviour {name} has an order {one.order!r}, which its lanes do not fit"


def _wrong_keys(stored: Stored) -> Iterator[str]:
    """Keys that belong to something else."""
    facts = {key: (fact_of(key), value) for key, value in stored.lists.items()}
    rows = {key: encode_json(row) for key, row in stored.rows.items()}
    wires = {key: wire_text(rows[row] for row in named) for key, named in stored.wires.items()}
    lists = {key: encode_json(fact) for key, fact in facts.items()}
    checked = [
        ("row", rows, row_keys({rows[key]: row for key, row in stored.rows.items()})),
        ("wire", wires, wire_keys(wires.values())),
        ("list", lists, list_keys({lists[key]: fact for key, fact in facts.items()})),
    ]
    for kind, texts, right in checked:
        for key, text in texts.items():
            if right[text] != key:
                yield f"the {kind} {key} was changed by hand: what stands there is {right[text]}"
