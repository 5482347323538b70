"""Releases made by hand, to compare: cells, traces and what differs between them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence

import msgspec

from fixtures.model.description import Value
from fixtures.model.event import Event
from fixtures.model.trace import Trace, to_json
from reports.diff.comparison import Comparison, compare
from reports.results.release import Cell, CellResult, Release

from .miniature_traces import ANSWER, REQUEST, make_trace, peer_receives, peer_sends, report

CELL: Cell = ("miniature", "peer_closes_first")
RACE: Cell = ("miniature", "application_closes_from_elsewhere")


def trace(
    *events: Event,
    facts: Mapping[str, Value] | None = None,
    waited: str = "at once",
    seconds: float = 0.0,
    version: str = "1.0",
    problems: tuple[str, ...] = (),
) -> Trace:
    """A trace as it comes back from a child process."""
    made = make_trace(*events, facts=facts, waited=waited, problems=problems)
    loaded = dataclasses.replace(made.loaded, version=version)
    whole = dataclasses.replace(made, loaded=loaded, seconds=seconds)
    return msgspec.json.decode(json.dumps(to_json(whole)), type=Trace)


def report_close(*args: Value, code: int = 1000, reason: str = "bye", **more: str) -> Trace:
    """The events of a close by the library that the peer answers with its own code.

    `args` are those of `on_close`.
    """
    events = (
        REQUEST,
        ANSWER,
        report("opened", "on_open"),
        peer_receives("close frame"),
        peer_sends("close frame", code, reason),
        report("closed", "on_close", *args, code=args[0] if args else None),
    )
    return trace(*events, **more)  # type: ignore[arg-type] # the version


def describe_exception(name: str, text: str = "", **attributes: Value) -> Value:
    """A described exception."""
    bases = ["Exception", "BaseException"]
    return {"exception": name, "bases": bases, **attributes, "text": text}


def release(version: str, cells: Mapping[Cell, Sequence[Trace] | str]) -> Release:
    """A release of the miniature: each cell's traces, or why it has none."""
    results = {
        cell: CellResult(reason=found) if isinstance(found, str) else CellResult(tuple(found))
        for cell, found in cells.items()
    }
    return Release("miniature", version, version, "CPython 3.11.0", results)


def compare_releases(
    old: Mapping[Cell, Sequence[Trace] | str], new: Mapping[Cell, Sequence[Trace] | str]
) -> Comparison:
    """Release 1.0 and release 2.0 compared, in the cells of both."""
    return compare(release("1.0", old), release("2.0", new), dict.fromkeys([*old, *new]))


BEFORE, AFTER = report_close(1000, "bye"), report_close(None, None)
"""`on_close` gets the peer's code and reason; then it does not."""
CHANGED = {CELL: [BEFORE]}, {CELL: [AFTER]}
