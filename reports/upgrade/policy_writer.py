"""Writes acceptances into a policy file; what stands there stays as it is, comments included."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from suites.input_files import Malformed, decode_toml, read_input

from ..results.release import WrongInput
from ..results.unwritable import refuse
from .policy import Acceptance
from .policy_file import PolicyFile

KEY = "accept"
FIRST = ("library", "from", "to", "what", "changes", "sometimes")
"""Keys of an entry that go before the others."""
IN_A_LINE = 4
"""Digests that stand in one line; more than that stand one below the other."""


def format_entry(entry: Acceptance) -> str:
    """A policy that consists of this acceptance, in one line of TOML."""
    return f"{KEY} = [{_make_inline(entry).as_string()}]"


def add_entries(file: PolicyFile, entries: Sequence[Acceptance]) -> None:
    """Add acceptances to a file, which is made if there is none.

    Raises `WrongInput` if it cannot be written, or is in a form to which nothing can be added.
    """
    try:
        before = read_input(file.path) if os.path.lexists(file.path) else b""
        held = decode_toml(before, dict[str, Any])
        written = _add(before.decode(), file, entries)
        if not _holds(written, held, file, entries):
            raise WrongInput(f"{file} has a form to which nothing can be added; write it by hand")
    except OSError as error:
        raise WrongInput(f"{file.path} cannot be read: {error.strerror}") from error
    except ValueError as error:  # of either parser
        raise WrongInput(f"{file.path} cannot be read: {error}") from error
    try:
        _replace(file.path.resolve(), written)
    except OSError as error:
        raise refuse("--accept", file.path, error) from error


def _add(text: str, file: PolicyFile, entries: Sequence[Acceptance]) -> bytes:
    """The text with more entries: at its end, or in the array in which they stand there."""
    import tomlkit
    from tomlkit.items import Array

    document = tomlkit.parse(text)
    listed: Any = document
    for key in (*file.table, KEY):
        listed = listed.get(key, {})
    if isinstance(listed, Array):
        for entry in entries:
            listed.append(_make_inline(entry))
        return document.as_string().encode()
    name = ".".join([*file.table, KEY])
    added = "".join(f"\n[[{name}]]\n{_make_table(entry).as_string()}" for entry in entries)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else "\n"
    return (text + (gap + added if text else added[1:]).replace("\n", end)).encode()


def _make_table(entry: Acceptance) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in _list_fields(entry).items():
        table[key] = value
    if len(entry.changes) > IN_A_LINE:
        table["changes"].multiline(True)
    return table


def _make_inline(entry: Acceptance) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(_list_fields(entry))
    return table


def _list_fields(entry: Acceptance) -> dict[str, Any]:
    """What stands in an entry, in the order in which it is read."""
    found: dict[str, Any] = msgspec.to_builtins(entry, builtin_types=(datetime.date,))
    found["changes"] = list(entry.changes)
    return {key: found[key] for key in (*FIRST, *found) if key in found}


def _holds(
    written: bytes, held: dict[str, Any], file: PolicyFile, entries: Sequence[Acceptance]
) -> bool:
    """Whether a text says what it said before, and these entries."""
    try:
        found = decode_toml(written, dict[str, Any])
    except Malformed:
        return False
    place = held
    for key in file.table:
        place = place.setdefault(key, {})
    place[KEY] = [*place.get(KEY, []), *map(_list_fields, entries)]
    return found == held


def _replace(path: Path, content: bytes) -> None:
    """Write a file as a whole, or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
