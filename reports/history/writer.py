"""Write a history so that git shows what changed: one item a line, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from fixtures.model.description import Value

from .file_format import SCHEMA, Folded, NoBehaviour, encode_cell, encode_reason, fold
from .keys import encode_json
from .stored_history import History

WIDTH = 150
"""How long a line may be that holds several items."""

Item = TypeVar("Item")


def write(path: Path, history: History) -> None:
    """Write the file whole: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text("\n".join(lines(history)) + "\n", encoding="utf-8")
    draft.replace(path)


def lines(history: History) -> Iterator[str]:
    """The lines of the file."""
    code, tables = history.code, fold(history.behaviours)
    yield "{"
    yield f'"schema": {SCHEMA},'
    yield f'"library": {encode_json(history.library)},'
    yield '"code": {'
    yield f' "python": {encode_json(code.python)},'
    yield f' "machinery": {encode_json(code.machinery)},'
    yield from _lines_of_mapping("drivers", code.drivers, " ", ",")
    yield from _lines_of_mapping("scenarios", code.scenarios, " ")
    yield "},"
    yield from _lines_of_mapping("releases", history.releases, "", ",")
    yield from _lines_of_mapping("rows", tables.rows, "", ",")
    yield from _lines_of_table("wires", tables.wires)
    yield from _lines_of_mapping("lists", tables.lists, "", ",")
    yield from _lines_of_table("cells", dict(_cells(history)))
    if history.runs:
        yield from _lines_of_table("runs", dict(_runs(history)))
    yield '"behaviours": {'
    for last, (outcome, behaviour) in _mark_last(tables.behaviours.items()):
        yield from _behaviour(outcome, behaviour)
        yield " }}" if last else " }},"
    yield "}"
    yield "}"


def _cells(history: History) -> Iterator[tuple[str, Value]]:
    for cell, changes in history.cells.items():
        row: dict[str, Value] = {
            version: encode_reason(known) if isinstance(known, NoBehaviour) else known
            for version, known in changes.items()
        }
        yield encode_cell(cell), row


def _runs(history: History) -> Iterator[tuple[str, Value]]:
    for cell, counted in sorted(history.runs.items()):
        order = [version for version in history.runnable if version in counted]
        yield encode_cell(cell), {v: dict(sorted(counted[v].items())) for v in order}


def _behaviour(outcome: str, behaviour: Folded) -> Iterator[str]:
    usual = Folded(behaviour.lanes)
    unusual = "".join(
        f'"{name}": {encode_json(part)}, '
        for name in ("waited", "facts", "lists", "order")
        if (part := getattr(behaviour, name)) != getattr(usual, name)
    )
    yield f' {encode_json(outcome)}: {{{unusual}"lanes": {{'
    for last, (lane, keys) in _mark_last(behaviour.lanes.items()):
        yield from _lines_of_item(lane, keys, "  ", "" if last else ",")


def _lines_of_table(name: str, table: Mapping[str, Value]) -> Iterator[str]:
    yield f"{encode_json(name)}: {{"
    for last, (key, value) in _mark_last(table.items()):
        yield from _lines_of_item(key, value, " ", "" if last else ",")
    yield "},"


def _lines_of_item(name: str, value: Value, indent: str, end: str) -> Iterator[str]:
    """A list or a mapping in one line if that is short, else with an item a line."""
    whole = encode_json(value)
    if isinstance(value, Mapping):  # in its own order
        whole = (
            "{" + ", ".join(f"{encode_json(key)}: {encode_json(value[key])}" for key in value) + "}"
        )
    line = f"{indent}{encode_json(name)}: {whole}{end}"
    if len(line) <= WIDTH:
        yield line
    elif isinstance(value, Mapping):
        yield from _lines_of_mapping(name, value, indent, end)
    else:
        yield f"{indent}{encode_json(name)}: ["
        for last, item in _mark_last(value):
            yield f"{indent} {encode_json(item)}{'' if last else ','}"
        yield f"{indent}]{end}"


def _lines_of_mapping(
    name: str, items: Mapping[str, Value], indent: str, end: str = ""
) -> Iterator[str]:
    """A mapping with an item a line."""
    if not items:
        yield f"{indent}{encode_json(name)}: {{}}{end}"
        return
    yield f"{indent}{encode_json(name)}: {{"
    for last, (key, value) in _mark_last(items.items()):
        yield f"{indent} {encode_json(key)}: {encode_json(value)}{'' if last else ','}"
    yield f"{indent}}}{end}"


def _mark_last(items: Iterable[Item]) -> Iterator[tuple[bool, Item]]:
    """Each item, and whether it is the last one."""
    listed = list(items)
    yield from ((index == len(listed) - 1, item) for index, item in enumerate(listed))
