"""Records of schema 1, read for one more release: a sweep's form, and that of `pytest --record`.

Both are written anew in the form of today, into a temporary folder, and read from there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from fixtures.drivers.surfaces import SURFACES
from suites.input_files import Malformed, decode_json, open_input, read_input
from suites.judging.judge import NOT_APPLICABLE

from .record_lines import SCHEMA
from .release import WrongInput

OLD_SCHEMA = 1
LARGEST, LONGEST = 512 << 20, 1 << 20
"""Bytes of a record, which is read whole, and of its first line."""
Data = dict[str, Any]


def convert(path: Path) -> Path:
    """The path itself, or that of the same record in the form of today.

    Raises `WrongInput` for a file that cannot be read, and for a line that does not fit.
    """
    try:
        with open_input(path) as file:
            first = file.readline(LONGEST)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error
    forms = {b'"sweep"': _from_sweep, b'"header"': _from_pytest}
    kind = next((kind for kind in forms if b'"type":' + kind in first), None)
    if kind is None:
        return path
    try:
        lines = list(_lines(path))
        if lines[0]["schema"] != OLD_SCHEMA:
            return path  # what reads the record says so
        texts = [msgspec.json.encode(line) + b"\n" for line in forms[kind](lines)]
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else "its lines do not fit together"
        raise WrongInput(f"{path.name} is not a record of schema {OLD_SCHEMA}: {why}") from error
    target = Path(_folder().name) / path.name
    target.write_bytes(b"".join(texts))
    return target


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that goes when the process ends."""
    return tempfile.TemporaryDirectory(prefix="wslifecycle-")


def _lines(path: Path) -> Iterator[Data]:
    """Every whole line; what a killed process left of its last one is none."""
    for number, text in enumerate(read_input(path, LARGEST).splitlines(keepends=True), 1):
        if text.endswith(b"\n"):
            try:
                yield decode_json(text, Data)
            except Malformed as error:
                raise WrongInput(f"{path.name}, line {number}: {error}") from error


def _from_sweep(lines: Iterable[Data]) -> Iterator[Data]:
    """Cells follow their release: they get its number."""
    release = -1
    for line in lines:
        release += line["type"] == "release"
        if line["type"] == "sweep":
            yield line | {"type": "record", "schema": SCHEMA}
        else:
            yield line | ({"release": release} if line["type"] == "cell" else {})


def _from_pytest(lines: list[Data]) -> Iterator[Data]:
    """The traces of a cell stand above its verdict; together they are its line."""
    loaded, cells = lines[0]["loaded"], 0
    yield {"type": "record", "schema": SCHEMA, "suite": "", "drivers": {}}
    for one in loaded:
        named = {"library": one["library"], "label": one["version"], "version": one["version"]}
        yield {"type": "release", "python": one["python"]} | named
    numbers = {one["library"]: number for number, one in enumerate(loaded)}
    traces: dict[tuple[str, str], list[Data]] = {}
    for line in lines[1:]:
        if line["type"] == "footer":
            yield {"type": "end", "releases": len(loaded), "cells": cells}
            continue
        cell = line["surface"], line["scenario"]
        if line["type"] == "trace":
            traces.setdefault(cell, []).append(line["trace"] | {"behaviour": line["behaviour"]})
            continue
        ours, cells = traces.pop(cell, []), cells + 1
        verdict = {name: line[name] for name in ("word", "checks", "problems")}
        yield {
            "type": "cell",
            "surface": cell[0],
            "scenario": cell[1],
            "release": numbers[SURFACES[cell[0]].library.name],
            "traces": ours,
            "reason": "" if ours else "; ".join(line["problems"]),
            "failed": not ours and line["word"] != NOT_APPLICABLE,
            "verdict": verdict,
        }
