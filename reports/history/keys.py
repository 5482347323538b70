"""The keys of what a history's file has once: readable text, and digits of a digest.

How this works. `on_close 1000.50e24e` is the name of an event, the close code that it reports, and
digits of the digest of the whole row. A key says nothing of what else is in the table, so that a
new row renames no other; only those that would get one key have more digits.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from fixtures.model.description import KEYWORD, Value, show

DIGITS = 6
"""How many digits of its digest a key has, where that is enough."""
READABLE = 40
"""How long an argument may be to stand in a key."""

Row = tuple[str, str, str, list[Any], int | None]
"""An event: kind, name, how, arguments, code."""
ListFact = tuple[str, list[Value]]
"""An end fact that is a list: its name, and the list."""


def encode_json(value: Value) -> str:
    """The value as the file has it: with its keys in the order in which they were described."""
    return json.dumps(value, ensure_ascii=False)


def wire_text(rows: Iterable[str]) -> str:
    """The text of a list of rows, of their texts."""
    return f"[{', '.join(rows)}]"


def row_keys(rows: Mapping[str, Row]) -> dict[str, str]:
    """The key of each row, by its text; an event without arguments and code has no digits."""
    return _keys(
        {text: (_label(row), DIGITS if _says_more(row) else 0) for text, row in rows.items()}
    )


def wire_keys(wires: Iterable[str]) -> dict[str, str]:
    """The key of each wire, by its text: digits alone."""
    return _keys(dict.fromkeys(wires, ("", DIGITS)))


def list_keys(facts: Mapping[str, ListFact]) -> dict[str, str]:
    """The key of each fact that is a list, by its text: the fact's name, and digits."""
    return _keys({text: (name, DIGITS) for text, (name, _) in facts.items()})


def fact_of(key: str) -> str:
    """The name of the fact that the key of a list has."""
    return key.rpartition(".")[0]


def _keys(wanted: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """A key for each text, out of its label and the digits that it has at least."""
    found: dict[str, str] = {}
    left = dict(wanted)
    while left:
        made = {text: _key(text, *label) for text, label in left.items()}
        often = Counter(made.values())
        found |= {text: key for text, key in made.items() if often[key] == 1}
        left = {
            text: (label, max(digits + 2, DIGITS))
            for text, (label, digits) in left.items()
            if text not in found
        }
    return found


def _key(text: str, label: str, digits: int) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()[:digits]
    return ".".join(part for part in (label, digest) if part)


def _says_more(row: Row) -> bool:
    *_, args, code = row
    return bool(args) or code is not None


def _label(row: Row) -> str:
    """Name, how unless it is a call, and the close code or else the first argument."""
    _, name, how, args, code = row
    value = str(code) if code is not None else _readable(args[0]) if args else ""
    return " ".join(part for part in (name, how if how != "called" else "", value) if part)


def _readable(value: Value) -> str:
    """A described value in short, if it has a short text."""
    if isinstance(value, dict) and KEYWORD in value:
        value = show(value)
    if isinstance(value, dict):
        value = value.get("exception") or value.get("object") or value.get("bytes")
    text = value if isinstance(value, str) else encode_json(value)
    return text if text.isascii() and text.isprintable() and len(text) <= READABLE else ""
