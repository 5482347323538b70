"""Malformed inputs of every reader, made by combination: files, and command lines."""

from __future__ import annotations

import copy
import itertools
import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixtures.model.trace import to_json
from reports.history import FOLDER
from reports.results.record_lines import SCHEMA

from . import malformed_locks as locks
from .malformed_texts import (
    BYTES,
    COMMAND_LINES,
    COUNTS,
    DEPTH,
    GOOD_LOCK,
    NAMES,
    OBJECTS,
    POLICIES,
    REPLACEMENTS,
    SHARED_POLICIES,
    TABLES,
)
from .miniatures.miniature_traces import make_trace, report

Write = Callable[[Path], None]
"""Makes whatever is at a path."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A command line whose input is wrong; `prepare` makes the files in the current folder."""

    reader: str
    name: str
    command: tuple[str, ...]
    files: tuple[tuple[str, Write], ...] = ()
    may_be_right: bool = False

    def prepare(self) -> None:
        """Make the files."""
        for name, write in self.files:
            write(Path(name))

    def __str__(self) -> str:
        """How the test is called."""
        return f"{self.reader}: {self.name}"


def _holding(content: bytes | str) -> Write:
    raw = content.encode() if isinstance(content, str) else content

    def write(path: Path) -> None:
        path.write_bytes(raw)

    return write


def _make_link_to_fifo(path: Path) -> None:
    os.mkfifo("pipe")
    path.symlink_to("pipe")


def _make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)  # the whole path may be too long for one


KINDS: dict[str, Write] = {
    "nothing is there": lambda path: None,
    "a directory": lambda path: path.mkdir(),
    "a FIFO": lambda path: os.mkfifo(path),
    "a socket": _make_socket,
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "an empty device": lambda path: path.symlink_to("/dev/null"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a FIFO": _make_link_to_fifo,
}
"""What is no file that can be read."""


def list_malformed() -> Iterator[Malformed]:
    """Every malformed input of the commands."""
    yield from _list_locks()
    yield from _list_policies()
    yield from _list_records()
    yield from _list_histories()
    yield from _list_command_lines()


def _list_files(reader: str, name: str, *command: str) -> Iterator[Malformed]:
    """What is no file, and what no reader can make anything of, under the name of a file."""
    good = ("good.lock", _holding(GOOD_LOCK))
    for what, write in [*KINDS.items(), *((what, _holding(raw)) for what, raw in BYTES.items())]:
        yield Malformed(reader, f"{name}, {what}", command, ((name, write), good))


def _list_names(reader: str, ending: str, *command: str) -> Iterator[Malformed]:
    for what, name in NAMES.items():
        words = tuple(word.format(name.format(ending)) for word in command)
        yield Malformed(reader, f"a name with {what}", words, (("good.lock", _holding(GOOD_LOCK)),))


def _list_locks() -> Iterator[Malformed]:
    for name in locks.LOCKS:
        command = ("gate", "websockets", "--lock", name, name)
        yield from _list_files("lock file", name, *command)
        values = OBJECTS if name in ("Pipfile.lock", *locks.YAML_LOCKS) else TABLES
        for number, text in enumerate(locks.LOCK_TEXTS.get(name, ())):
            for what, value in values.items():
                write = _holding(text.format(value))
                place = f"{name}, place {number}, {what}"
                yield Malformed("lock file", place, command, ((name, write),), may_be_right=True)
    yield from _list_names("lock file", ".lock", "gate", "websockets", "--lock", "{}", "{}")
    command = ("gate", "websockets", "--lock", "requirements.txt", "requirements.txt")
    link = "link.txt", lambda path: path.symlink_to("/proc/self/environ")
    for what, line in locks.REQUIREMENTS.items():
        write = _holding(f"tornado==6.5\n{line}\n")
        files = ("requirements.txt", write), link
        yield Malformed("lock file", what, command, files, may_be_right=what in locks.RIGHT)
    for name, (what, text) in itertools.product(locks.YAML_LOCKS, locks.YAML_TEXTS.items()):
        command = ("gate", "websockets", "--lock", name, name)
        yield Malformed("lock file", f"{name}, {what}", command, ((name, _holding(text)),))


def _list_policies() -> Iterator[Malformed]:
    name = "lifecycle.toml"
    gate = ("gate", "websockets", "--lock", "good.lock", "good.lock")
    command = (*gate, "--policy", name)
    yield from _list_files("lifecycle.toml", name, *command)
    for what, write in KINDS.items():
        if what != "nothing is there":
            files = (name, write), ("good.lock", _holding(GOOD_LOCK))
            yield Malformed("lifecycle.toml", f"{what}, found by its name", gate, files)
    for number, text in enumerate(POLICIES):
        for what, value in TABLES.items():
            files = (name, _holding(text.format(value))), ("good.lock", _holding(GOOD_LOCK))
            where = f"place {number}, {what}"
            yield Malformed("lifecycle.toml", where, command, files, may_be_right=True)
    for text in SHARED_POLICIES:
        for what, value in TABLES.items():
            files = (
                ("pyproject.toml", _holding(text.format(value))),
                ("good.lock", _holding(GOOD_LOCK)),
            )
            yield Malformed("lifecycle.toml", f"{text}: {what}", gate, files, may_be_right=True)
    yield from _list_names("lifecycle.toml", ".toml", *gate, "--policy", "{}")


def _list_records() -> Iterator[Malformed]:
    name = "run.jsonl"
    yield from _list_files("record", name, "merge", name)
    yield from _list_names("record", ".jsonl", "merge", "{}")
    yield from _list_names("record", ".jsonl", "compare", "websockets", "{}", "{}")
    for form, lines in (("today's", make_record()), ("pytest's", make_old_record())):
        for number, line in enumerate(lines):
            for where, changed in change(line):
                others = [*lines[:number], changed, *lines[number + 1 :]]
                text = "".join(f"{json.dumps(one)}\n" for one in others)
                place = f"{form}, line {number}: {where}"
                files = ((name, _holding(text)),)
                yield Malformed("record", place, ("merge", name), files, may_be_right=True)


def _list_histories() -> Iterator[Malformed]:
    stored = min(FOLDER.glob("*.json"), key=lambda path: path.stat().st_size)
    whole = json.loads(stored.read_text())
    library = whole["library"]
    name, command = f"{library}.json", ("history", library, "--histories", ".")
    yield from _list_files("history", name, *command)
    for where, changed in change(whole):
        write = _holding(json.dumps(changed))
        yield Malformed("history", where, command, ((name, write),), may_be_right=True)


def _list_command_lines() -> Iterator[Malformed]:
    deep = "deep_drivers.py", _holding("(" * DEPTH)
    for words in COMMAND_LINES:
        shown = ascii(" ".join(words))[:90]
        yield Malformed("command line", shown, words, (deep,))
    for command, option in (
        (("gate", "websockets", "--lock", "good.lock", "good.lock"), "--minimum"),
        (("sweep", "websockets", "--releases", "15.0"), "--workers"),
        (("stability",), "--runs"),
        (("stability",), "--loaded"),
        (("stability",), "--shuffled"),
        (("stability",), "--cores"),
    ):
        for count in COUNTS:
            shown = f"{command[0]} {option} {ascii(count)[:40]}"
            files = (("good.lock", _holding(GOOD_LOCK)),)
            yield Malformed("command line", shown, (*command, f"{option}={count}"), files)


def make_record() -> list[Any]:
    """The lines of a record that is whole."""
    trace = to_json(make_trace(report("closed", "on_close")))
    named = {"library": "websockets", "label": "15.0", "version": "15.0", "python": "CPython 3"}
    check = dict.fromkeys(("check", "word", "expected", "recorded", "source"), "some text")
    return [
        {"type": "record", "schema": SCHEMA, "suite": "s", "drivers": {"websockets": "d"}},
        {"type": "release", **named},
        {
            "type": "cell",
            **{"surface": "websockets_asyncio_client", "scenario": "peer_closes_first"},
            "traces": [trace],
            "verdict": {"word": "kept", "checks": [check], "problems": []},
        },
        {"type": "end", "releases": 1, "cells": 1},
    ]


def make_old_record() -> list[Any]:
    """The lines of a record of schema 1, as a run of pytest wrote them."""
    trace = to_json(make_trace(report("closed", "on_close")))
    cell = {"surface": "websockets_asyncio_client", "scenario": "peer_closes_first"}
    loaded = {"library": "websockets", "version": "15.0", "python": "CPython 3", "file": "f"}
    return [
        {"type": "header", "schema": 1, "loaded": [loaded]},
        {"type": "trace", **cell, "behaviour": trace.pop("behaviour"), "trace": trace},
        {"type": "verdict", **cell, "word": "kept", "checks": [], "problems": []},
        {"type": "footer", "traces": 1, "verdicts": 1},
    ]


def change(data: Any) -> Iterator[tuple[str, Any]]:
    """The data with one part replaced by something else, and where that is.

    Of a list the first part, of a mapping a few; all values come equally often.
    """
    values = itertools.cycle(REPLACEMENTS.items())
    for place in list_places(data):
        what, value = next(values)
        yield f"{'.'.join(map(str, place))} is {what}", replace(data, place, value)


def list_places(data: Any, deepest: int = 5) -> Iterator[tuple[str | int, ...]]:
    """Where the parts of some data are: the first of a list, and the first few of a mapping."""
    yield ()
    parts = dict(enumerate(data[:1])) if isinstance(data, list) else data
    if isinstance(parts, dict) and deepest:
        for name, part in itertools.islice(parts.items(), 14):
            yield from ((name, *rest) for rest in list_places(part, deepest - 1))


def replace(data: Any, place: Sequence[str | int], value: Any) -> Any:
    """The data with another value at a place."""
    if not place:
        return value
    found = copy.copy(data)
    found[place[0]] = replace(data[place[0]], place[1:], value)
    return found
