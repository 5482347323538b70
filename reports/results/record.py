"""The record: what releases showed, as JSON Lines, whoever ran them.

`pytest --record`, a sweep and a merge write the same form: a header that names the suite and the
drivers by their digests, a line for each release, a line for each cell with its traces and, where
it has been judged, its verdict, and a footer that counts what stands above it. A file without a
footer was cut short, and what it holds can still be read. Cells are read one by one when they are
asked for, so a file may be larger than memory.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from fixtures.model.trace import Trace
from suites.input_files import Malformed, decode_json, open_input

from ..program_name import PROGRAM
from .record_lines import (
    SCHEMA,
    CellLine,
    RecordFooter,
    RecordHeader,
    RecordLine,
    ReleaseLine,
    encode_trace,
)
from .release import Cell, CellResult, Release, WrongInput


class _Stated(msgspec.Struct):
    """The id that a trace in a record gives its behaviour: the digest of what stands there."""

    behaviour: str = ""


LONGEST = 64 << 20
"""Bytes of a line: what every run of a cell that races showed is far less."""


class RecordWriter:
    """Writes a record to a file, line by line, as releases and cells come."""

    def __init__(self, file: BinaryIO, suite: str, drivers: Mapping[str, str]) -> None:
        """Write the header to `file`, which stays open until `finish`."""
        self._file, self._cells = file, 0
        self._releases: list[tuple[str, str, str]] = []
        self._write(RecordHeader(SCHEMA, suite, dict(sorted(drivers.items()))))

    def begin(self, line: ReleaseLine) -> None:
        """Write the line of a release; its cells follow, now or later."""
        self._write(line)
        self._releases.append(line.key)

    def add_cell(self, line: bytes) -> None:
        """Write the line of a cell, as `encode_judged_cell` encodes it."""
        self._file.write(line + b"\n")
        self._file.flush()
        self._cells += 1

    def add(self, release: Release) -> None:
        """Write a release and its cells."""
        number = len(self._releases)
        self.begin(
            ReleaseLine(
                release.library,
                release.label,
                release.version,
                release.python,
                release.reason,
                release.packages,
            )
        )
        for (surface, scenario), found in release.cells.items():
            traces = tuple(map(encode_trace, found.traces))
            self._write(CellLine(surface, scenario, number, traces, found.reason, found.failed))
        self._cells += len(release.cells)
        self._file.flush()

    def has(self, release: Release) -> bool:
        """Whether this release stands in the file."""
        return (release.library, release.label, release.python) in self._releases

    def finish(self) -> None:
        """Write the footer: the record is complete."""
        self._write(RecordFooter(len(self._releases), self._cells))
        self._file.flush()

    def _write(self, line: RecordLine) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")


@dataclass(slots=True)
class RecordedRelease:
    """A release in a record, and where in the file each of its cells stands."""

    path: Path
    line: ReleaseLine
    offsets: dict[Cell, int] = field(default_factory=dict)

    def lines(self, cells: Container[Cell] | None = None) -> Iterator[CellLine]:
        """The lines of its cells, or of these only, in the order of the file."""
        with _open(self.path) as file:
            for cell, offset in self.offsets.items():
                if cells is None or cell in cells:
                    file.seek(offset)
                    yield _decode_line(self.path, "", file.readline(LONGEST), CellLine)

    def read(self, cells: Container[Cell] | None = None) -> Release:
        """The release and its cells, or these only. Raises `WrongInput` for a broken trace."""
        line = self.line
        found = {
            (one.surface, one.scenario): CellResult(
                tuple(self._trace(raw) for raw in one.traces), one.reason, one.failed
            )
            for one in self.lines(cells)
        }
        return Release(
            line.library, line.label, line.version, line.python, found, line.reason, line.packages
        )

    def _trace(self, raw: msgspec.Raw) -> Trace:
        try:
            trace, stated = decode_json(raw, Trace), decode_json(raw, _Stated).behaviour
            shown = trace.behaviour_id
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            why = error if isinstance(error, Malformed) else "its parts do not fit"
            raise WrongInput(f"{self.path.name}: a trace in it cannot be read: {why}") from error
        if shown != stated:
            raise WrongInput(
                f"{self.path.name}: a trace of {trace.surface}-{trace.scenario} is not the "
                f"behaviour {stated or 'that it should name'}: it was changed by hand, or recorded "
                "by another version; record it again"
            )
        return trace


@dataclass(frozen=True, slots=True)
class Record:
    """What a record holds, and where; `complete` is False if it was cut short."""

    path: Path
    header: RecordHeader
    releases: tuple[RecordedRelease, ...]
    complete: bool


def load_record(path: Path) -> Record:
    """What a record holds; every line is checked, the traces once a release is read.

    Raises `WrongInput` for a file that is none, another schema, a line that does not fit, a
    footer that does not count what stands above it, and a release or cell that is there twice.
    """
    from .old_record import convert

    path = convert(path)
    with _open(path) as file:
        return _scan(path, file)


def load_complete_record(path: Path) -> Record:
    """What a record holds. Raises `WrongInput` as `load_record` does, and if it was cut short."""
    found = load_record(path)
    if not found.complete:
        raise WrongInput(
            f"{path.name} was cut short: it has no last line that counts the others; run it again "
            "(what a sweep has finished is not run twice)"
        )
    return found


def _scan(path: Path, file: BinaryIO) -> Record:
    header = _header(path, file.readline(LONGEST))
    releases: list[RecordedRelease] = []
    footer, offset = None, file.tell()
    for number, line in _decode_lines(path, file, 1):
        if footer or isinstance(line, RecordHeader):
            raise WrongInput(f"{path.name}, line {number}: goes on after its end: two records?")
        if isinstance(line, ReleaseLine):
            if any(line.key == other.line.key for other in releases):
                raise WrongInput(f"{path.name}, line {number}: {line.label} is there twice")
            releases.append(RecordedRelease(path, line))
        elif isinstance(line, CellLine):
            _place(path, number, releases, line, offset)
        else:
            footer = line
        offset = file.tell()
    count = sum(len(release.offsets) for release in releases)
    if footer and footer != RecordFooter(len(releases), count):
        raise WrongInput(
            f"{path.name}: its last line counts {footer.releases} releases and {footer.cells} "
            f"cells; the file has {len(releases)} and {count}"
        )
    return Record(path, header, tuple(releases), footer is not None)


def _place(
    path: Path, number: int, releases: list[RecordedRelease], line: CellLine, offset: int
) -> None:
    if not 0 <= line.release < len(releases):
        raise WrongInput(f"{path.name}, line {number}: a cell without a release above it")
    cells, cell = releases[line.release].offsets, (line.surface, line.scenario)
    if cell in cells:
        raise WrongInput(f"{path.name}, line {number}: the cell {'-'.join(cell)} is there twice")
    cells[cell] = offset


def _decode_lines(path: Path, file: BinaryIO, before: int) -> Iterator[tuple[int, RecordLine]]:
    """Every whole line with its number; what a killed process left of its last one is none."""
    number = before
    while text := file.readline(LONGEST):
        number += 1
        if len(text) == LONGEST:
            raise WrongInput(f"{path.name}, line {number}: it is longer than {LONGEST >> 20} MB")
        if not text.endswith(b"\n"):
            return
        yield number, _decode_line(path, f", line {number}", text, RecordLine)


def _open(path: Path) -> BinaryIO:
    try:
        return open_input(path)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error


def _decode_line(path: Path, place: str, text: bytes, kind: Any) -> Any:
    try:
        return decode_json(text, kind)
    except Malformed as error:
        raise WrongInput(f"{path.name}{place}: {error}") from error


def _header(path: Path, first: bytes) -> RecordHeader:
    """The header; kind and schema count before anything else: others may have other fields."""
    try:
        head = decode_json(first, dict[str, Any])
        kind, schema = head["type"], head["schema"]
    except (Malformed, KeyError):
        kind, schema = "", None
    if kind != "record":
        what = "its first line is not the header of one" if first else "it is empty"
        raise WrongInput(
            f"{path.name} is not a record: {what}; pytest --record FILE and {PROGRAM} sweep "
            "--record FILE write one"
        )
    if schema != SCHEMA:
        raise WrongInput(
            f"{path.name} has schema {schema!r}; this version reads schema {SCHEMA}: record it "
            "again"
        )
    header: RecordHeader = _decode_line(path, ", line 1", first, RecordHeader)
    return header
