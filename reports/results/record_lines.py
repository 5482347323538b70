"""The lines of a record, and how a cell that has been judged becomes one."""

from __future__ import annotations

from dataclasses import fields

import msgspec

from fixtures.model.trace import Trace
from suites.judging.judge import NOT_APPLICABLE, CellVerdict

from .release import Package

SCHEMA = 2


class RecordHeader(msgspec.Struct, frozen=True, tag="record", forbid_unknown_fields=True):
    """The first line: the schema, the suite's digest, that of each library's drivers."""

    schema: int
    suite: str
    drivers: dict[str, str]


class ReleaseLine(
    msgspec.Struct, frozen=True, tag="release", forbid_unknown_fields=True, omit_defaults=True
):
    """A release; the cells below name it by its number among these lines, from 0 on.

    `packages` are what was installed to run it, each with its hash and its date.
    """

    library: str
    label: str
    version: str
    python: str
    reason: str = ""
    packages: tuple[Package, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells releases apart: library, what was asked for, Python."""
        return self.library, self.label, self.python


class CheckLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one check says of a cell."""

    check: str
    word: str
    expected: str
    recorded: str
    source: str
    reason: str | None = None
    link: str | None = None


class VerdictLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a cell: the word for the whole, every check, and why it was not judged."""

    word: str
    checks: tuple[CheckLine, ...] = ()
    problems: tuple[str, ...] = ()


class CellLine(msgspec.Struct, frozen=True, tag="cell", forbid_unknown_fields=True):
    """A cell of a release: its traces, or the reason why there are none, and its verdict."""

    surface: str
    scenario: str
    release: int = 0
    traces: tuple[msgspec.Raw, ...] = ()
    reason: str = ""
    failed: bool = False
    verdict: VerdictLine | None = None


class RecordFooter(msgspec.Struct, frozen=True, tag="end", forbid_unknown_fields=True):
    """The last line: how many lines of each kind stand above it."""

    releases: int
    cells: int


RecordLine = RecordHeader | ReleaseLine | CellLine | RecordFooter


def encode_judged_cell(cell: CellVerdict, release: int) -> bytes:
    """The line of a cell that has been judged, as bytes that cross processes."""
    checks = tuple(
        CheckLine(
            one.check,
            one.word,
            one.expected,
            one.recorded,
            one.source,
            one.deviation.issue.reason if one.deviation else None,
            one.deviation.issue.link if one.deviation else None,
        )
        for one in cell.verdicts
    )
    verdict = VerdictLine(cell.word, checks, cell.problems)
    found = CellLine(
        cell.surface.name,
        cell.scenario.name,
        release,
        tuple(map(encode_trace, cell.traces)),
        "" if cell.traces else "; ".join(cell.problems),
        not cell.traces and cell.word != NOT_APPLICABLE,
        verdict,
    )
    return msgspec.json.encode(found)


def encode_trace(trace: Trace) -> msgspec.Raw:
    """The trace as `fixtures.model.trace.to_json` gives it, without a copy of what is in it."""
    parts = {field.name: getattr(trace, field.name) for field in fields(trace)}
    return msgspec.Raw(msgspec.json.encode(parts | {"behaviour": trace.behaviour_id}))
