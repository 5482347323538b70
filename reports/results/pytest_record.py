"""The stored run: JSON Lines with a header, one line for each cell, and a footer.

A file is complete only if its last line is a footer that counts what stands above it, so a run
that was cut short is recognised. Loading checks every line against the schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

import msgspec

from fixtures.model.description import Value
from fixtures.model.trace import Loaded, Trace, to_json
from suites.judging.judge import CellVerdict

SCHEMA = 1


class RecordError(Exception):
    """A record cannot be read; the text says which line is wrong, and how."""


class Header(msgspec.Struct, frozen=True, tag="header", forbid_unknown_fields=True):
    """The first line: the schema and what was really loaded."""

    schema: int
    loaded: tuple[Loaded, ...]


class TraceLine(msgspec.Struct, frozen=True, tag="trace", forbid_unknown_fields=True):
    """One run of a cell, and the id of its behaviour."""

    surface: str
    scenario: str
    behaviour: str
    trace: Trace


class CheckLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one check says of a cell."""

    check: str
    word: str
    expected: str
    recorded: str
    source: str
    reason: str | None = None
    link: str | None = None


class VerdictLine(msgspec.Struct, frozen=True, tag="verdict", forbid_unknown_fields=True):
    """What is said of one cell: the word, the counted behaviours, the checks.

    `problems` are the reasons why it is not testable, or not applicable.
    """

    surface: str
    scenario: str
    group: str
    word: str
    behaviours: dict[str, int]
    checks: tuple[CheckLine, ...] = ()
    problems: tuple[str, ...] = ()


class Footer(msgspec.Struct, frozen=True, tag="footer", forbid_unknown_fields=True):
    """The last line: how many traces and verdicts stand above it, and the verdicts by word."""

    traces: int
    verdicts: int
    words: dict[str, int]


Line = Header | TraceLine | VerdictLine | Footer


class _AnyHeader(msgspec.Struct, tag="header"):
    """A header of which nothing is known but the schema."""

    schema: Any


class Record(msgspec.Struct, frozen=True):
    """A stored run, read back; `complete` is False if it was cut short."""

    header: Header
    traces: tuple[TraceLine, ...]
    verdicts: tuple[VerdictLine, ...]
    complete: bool


def cell_lines(cell: CellVerdict) -> list[dict[str, Value]]:
    """The lines of one cell as plain data: its traces, then its verdict."""
    lines: list[dict[str, Value]] = []
    for trace in cell.traces:
        data = to_json(trace)
        lines.append(
            {
                "type": "trace",
                "surface": trace.surface,
                "scenario": trace.scenario,
                "behaviour": data.pop("behaviour"),
                "trace": data,
            }
        )
    checks = [
        {
            "check": v.check,
            "word": v.word,
            "expected": v.expected,
            "recorded": v.recorded,
            "source": v.source,
            "reason": v.deviation.reason if v.deviation else None,
            "link": v.deviation.link if v.deviation else None,
        }
        for v in cell.verdicts
    ]
    lines.append(
        {
            "type": "verdict",
            "surface": cell.surface.name,
            "scenario": cell.scenario.name,
            "group": cell.scenario.group,
            "word": cell.word,
            "behaviours": cell.behaviours,
            "checks": checks,
            "problems": list(cell.problems),
        }
    )
    return lines


class Writer:
    """Writes a run to a file, line by line, as it happens."""

    def __init__(self, file: TextIO, loaded: Iterable[Loaded]) -> None:
        """Write the header to `file`, which stays open until `finish`."""
        self._file = file
        self._traces = 0
        self._words: dict[str, int] = {}
        self._write({"type": "header", "schema": SCHEMA, "loaded": list(loaded)})

    def add(self, lines: Iterable[Mapping[str, Value]]) -> None:
        """Write the lines of one cell, see `cell_lines`."""
        for line in lines:
            self._write(line)
            if line["type"] == "trace":
                self._traces += 1
            else:
                word = line["word"]
                self._words[word] = self._words.get(word, 0) + 1
        self._file.flush()

    def finish(self) -> None:
        """Write the footer and close the file: the run is complete."""
        count = sum(self._words.values())
        footer = {"type": "footer", "traces": self._traces, "verdicts": count}
        self._write(footer | {"words": self._words})
        self._file.close()

    def abandon(self) -> None:
        """Close the file without a footer: the run was cut short."""
        self._file.close()

    def _write(self, line: Mapping[str, Value]) -> None:
        self._file.write(msgspec.json.encode(line).decode() + "\n")


def load(path: Path) -> Record:
    """A stored run, every line checked against the schema.

    Raises `RecordError` for a file that is no record, a line that does not fit the schema, a
    schema of another version, and a footer that does not count what stands above it.
    """
    decoder = msgspec.json.Decoder(Line)
    lines: list[Line] = []
    raw = path.read_bytes().split(b"\n")
    _check_schema(path, raw[0])
    for number, text in enumerate(raw, 1):
        if not text:
            continue
        try:
            lines.append(decoder.decode(text))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if number == len(raw):
                break  # the last line has no end: the run was cut short while writing it
            raise RecordError(f"{path.name}, line {number}: {error}") from error
    if not lines or not isinstance(lines[0], Header):
        raise RecordError(f"{path.name} is no record: its first line is no header")
    return _record(path, lines[0], lines[1:])


def _check_schema(path: Path, first: bytes) -> None:
    """Compare the schema before anything else: another one may have other fields."""
    try:
        schema = msgspec.json.decode(first, type=_AnyHeader).schema
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    if schema != SCHEMA:
        raise RecordError(
            f"{path.name} has schema {schema!r}; this version reads schema {SCHEMA}: "
            "record the run again"
        )


def _record(path: Path, header: Header, lines: list[Line]) -> Record:
    traces = tuple(line for line in lines if isinstance(line, TraceLine))
    verdicts = tuple(line for line in lines if isinstance(line, VerdictLine))
    footers = [line for line in lines if isinstance(line, Footer)]
    if any(isinstance(line, Header) for line in lines):
        raise RecordError(f"{path.name} has a second header: two runs in one file?")
    if footers and lines[-1] is not footers[0]:
        raise RecordError(f"{path.name} goes on after its footer: two runs in one file?")
    words = dict(Counter(verdict.word for verdict in verdicts))
    found = Footer(len(traces), len(verdicts), words)
    if footers and footers[0] != found:
        raise RecordError(
            f"{path.name}: the footer counts {_counted(footers[0])}; the file has {_counted(found)}"
        )
    return Record(header, traces, verdicts, bool(footers))


def _counted(footer: Footer) -> str:
    words = ", ".join(f"{count} {word}" for word, count in sorted(footer.words.items()))
    return f"{footer.traces} traces and {footer.verdicts} verdicts ({words})"
