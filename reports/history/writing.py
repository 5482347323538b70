"""Write a history so that git shows what changed: one item a line, in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from fixtures.trace import LANES, Value

from .stored import SCHEMA, Behaviour, History

Item = TypeVar("Item")


def write(path: Path, history: History) -> None:
    """Write the file whole: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text("\n".join(lines(history)) + "\n", encoding="utf-8")
    draft.replace(path)


def lines(history: History) -> Iterator[str]:
    """The lines of the file."""
    code = history.code
    yield "{"
    yield f'"schema": {SCHEMA},'
    yield f'"library": {_json(history.library)},'
    yield '"code": {'
    yield f' "python": {_json(code.python)},'
    yield f' "machinery": {_json(code.machinery)},'
    yield from _mapping("drivers", code.drivers, " ", ",")
    yield from _mapping("scenarios", code.scenarios, " ")
    yield "},"
    yield from _mapping("releases", history.releases, "", ",")
    yield '"cells": {'
    for last, (cell, changes) in _marked(history.cells.items()):
        yield from _mapping("-".join(cell), changes, " ", "" if last else ",")
    yield "},"
    yield '"behaviours": {'
    for last, (outcome, behaviour) in _marked(history.behaviours.items()):
        yield f" {_json(outcome)}: {{"
        yield from _behaviour(behaviour)
        yield " }" if last else " },"
    yield "}"
    yield "}"


def _behaviour(behaviour: Behaviour) -> Iterator[str]:
    yield f'  "waited": {_json(behaviour.waited)},'
    yield '  "lanes": {'
    for last, lane in _marked([lane for lane in LANES if lane in behaviour.lanes]):
        yield f"   {_json(lane)}: ["
        for final, row in _marked(behaviour.lanes[lane]):
            yield f"    {_json(row)}{'' if final else ','}"
        yield "   ]" if last else "   ],"
    yield "  },"
    yield from _mapping("facts", dict(sorted(behaviour.facts.items())), "  ")


def _mapping(name: str, items: Mapping[str, Value], indent: str, end: str = "") -> Iterator[str]:
    """A mapping with an item a line."""
    if not items:
        yield f"{indent}{_json(name)}: {{}}{end}"
        return
    yield f"{indent}{_json(name)}: {{"
    for last, (key, value) in _marked(items.items()):
        yield f"{indent} {_json(key)}: {_json(value)}{'' if last else ','}"
    yield f"{indent}}}{end}"


def _marked(items: Iterable[Item]) -> Iterator[tuple[bool, Item]]:
    """Each item, and whether it is the last one."""
    listed = list(items)
    yield from ((index == len(listed) - 1, item) for index, item in enumerate(listed))


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
