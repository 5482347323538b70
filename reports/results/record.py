"""The stored sweep: JSON Lines with a header, releases with their cells, and a footer.

The header names the suite and the drivers, by their digests. A line for a release stands above
the lines of its cells. The footer counts what stands above it: a file without one was cut short,
and what it holds can still be read. Releases are read one by one, so a file may be larger than
memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from fixtures.model.trace import Trace

from .release import Cell, CellResult, Release, WrongInput

SCHEMA = 1
_TRACE = msgspec.json.Decoder(Trace)


class Header(msgspec.Struct, frozen=True, tag="sweep", forbid_unknown_fields=True):
    """The first line: the schema, the suite's digest, that of each library's drivers."""

    schema: int
    suite: str
    drivers: dict[str, str]


class ReleaseLine(msgspec.Struct, frozen=True, tag="release", forbid_unknown_fields=True):
    """A release; the lines up to the next one are its cells."""

    library: str
    label: str
    version: str
    python: str
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells releases apart: library, what was asked for, Python."""
        return self.library, self.label, self.python


class CellLine(msgspec.Struct, frozen=True, tag="cell", forbid_unknown_fields=True):
    """A cell of the release above."""

    surface: str
    scenario: str
    traces: tuple[msgspec.Raw, ...] = ()
    reason: str = ""
    failed: bool = False


class Footer(msgspec.Struct, frozen=True, tag="end", forbid_unknown_fields=True):
    """The last line: how many lines of each kind stand above it."""

    releases: int
    cells: int


Line = Header | ReleaseLine | CellLine | Footer


class Writer:
    """Writes a sweep to a file, release by release, as they come."""

    def __init__(self, file: BinaryIO, suite: str, drivers: Mapping[str, str]) -> None:
        """Write the header to `file`, which stays open until `finish`."""
        self._file, self._cells = file, 0
        self._releases = set[tuple[str, str, str]]()
        self._write(Header(SCHEMA, suite, dict(sorted(drivers.items()))))

    def add(self, release: Release) -> None:
        """Write a release and its cells."""
        line = ReleaseLine(
            release.library, release.label, release.version, release.python, release.reason
        )
        self._write(line)
        for (surface, scenario), found in release.cells.items():
            traces = tuple(map(_encoded, found.traces))
            self._write(CellLine(surface, scenario, traces, found.reason, found.failed))
        self._releases.add(line.key)
        self._cells += len(release.cells)
        self._file.flush()

    def has(self, release: Release) -> bool:
        """Whether this release stands in the file."""
        return (release.library, release.label, release.python) in self._releases

    def finish(self) -> None:
        """Write the footer: the sweep is complete."""
        self._write(Footer(len(self._releases), self._cells))
        self._file.flush()

    def _write(self, line: Line) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")


@dataclass(slots=True)
class Section:
    """Where a release stands in its file."""

    path: Path
    line: ReleaseLine
    offset: int
    cells: dict[Cell, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Swept:
    """A stored sweep: what it holds, and where; `complete` is False if it was cut short."""

    path: Path
    header: Header
    sections: tuple[Section, ...]
    complete: bool


def load(path: Path) -> Swept:
    """What a stored sweep holds; every line is checked, the traces once they are `read`.

    Raises `WrongInput` for a file that is none, another schema, a line that does not fit, a
    footer that does not count what stands above it, and a release or cell that is there twice.
    """
    try:
        with path.open("rb") as file:
            return _scan(path, file)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error


def read(section: Section) -> Release:
    """A release and its cells. Raises `WrongInput` for a trace that is none."""
    cells: dict[Cell, CellResult] = {}
    with section.path.open("rb") as file:
        file.seek(section.offset)
        for _, (_, one) in zip(section.cells, _decoded(section.path, file, 0), strict=False):
            assert isinstance(one, CellLine)
            traces = tuple(_trace(section.path, raw) for raw in one.traces)
            cells[one.surface, one.scenario] = CellResult(traces, one.reason, one.failed)
    line = section.line
    return Release(line.library, line.label, line.version, line.python, cells, line.reason)


def _scan(path: Path, file: BinaryIO) -> Swept:
    header = _header(path, file.readline())
    sections: dict[tuple[str, str, str], Section] = {}
    footer, current, count = None, None, 0
    for number, line in _decoded(path, file, 1):
        if footer or isinstance(line, Header):
            raise WrongInput(f"{path.name}, line {number}: goes on after its end: two sweeps?")
        if isinstance(line, ReleaseLine):
            current = Section(path, line, file.tell())
            if sections.setdefault(line.key, current) is not current:
                raise WrongInput(f"{path.name}, line {number}: {line.label} is there twice")
        elif isinstance(line, CellLine):
            _place(path, number, current, (line.surface, line.scenario))
            count += 1
        else:
            footer = line
    if footer and footer != Footer(len(sections), count):
        raise WrongInput(
            f"{path.name}: its last line counts {footer.releases} releases and {footer.cells} "
            f"cells; the file has {len(sections)} and {count}"
        )
    return Swept(path, header, tuple(sections.values()), footer is not None)


def _place(path: Path, number: int, section: Section | None, cell: Cell) -> None:
    if section is None:
        raise WrongInput(f"{path.name}, line {number}: a cell without a release above it")
    if cell in section.cells:
        raise WrongInput(f"{path.name}, line {number}: the cell {'-'.join(cell)} is there twice")
    section.cells[cell] = None


def _decoded(path: Path, file: BinaryIO, before: int) -> Iterator[tuple[int, Line]]:
    """Every whole line with its number; what a killed process left of its last one is none."""
    decoder = msgspec.json.Decoder(Line)
    number = before
    while text := file.readline():
        number += 1
        if not text.endswith(b"\n"):
            return
        try:
            yield number, decoder.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise WrongInput(f"{path.name}, line {number}: {error}") from error


def _header(path: Path, first: bytes) -> Header:
    """The header; kind and schema count before anything else: others may have other fields."""
    try:
        head: Any = msgspec.json.decode(first)
        kind, schema = head["type"], head["schema"]
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, KeyError):
        kind, schema = "", None
    if kind != "sweep":
        raise WrongInput(f"{path.name} is no recorded sweep: its first line is no header of one")
    if schema != SCHEMA:
        raise WrongInput(
            f"{path.name} has schema {schema!r}; this version reads schema {SCHEMA}: sweep again"
        )
    try:
        return msgspec.json.decode(first, type=Header)
    except msgspec.DecodeError as error:
        raise WrongInput(f"{path.name}, line 1: {error}") from error


def _trace(path: Path, raw: msgspec.Raw) -> Trace:
    try:
        return _TRACE.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongInput(f"{path.name}: a trace in it is none: {error}") from error


def _encoded(trace: Trace) -> msgspec.Raw:
    """The trace as `fixtures.model.trace.to_json` gives it, without a copy of what is in it."""
    parts = {field.name: getattr(trace, field.name) for field in fields(trace)}
    return msgspec.Raw(msgspec.json.encode(parts | {"behaviour": trace.behaviour_id}))
