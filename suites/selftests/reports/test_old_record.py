"""Records of schema 1 are read for one more release: a sweep's, and that of a run of pytest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fixtures.model.trace import to_json
from reports.results.record import load_record
from reports.results.release import CellResult, WrongInput
from reports.results.targets import parse_target, read_recorded

from ..miniatures.miniature_index import Index
from ..miniatures.miniature_traces import make_trace, report

SURFACE = "miniature_websocket_client"
FIRST, OTHER, LAST = ((SURFACE, name) for name in ("peer_closes_first", "peer_ends", "peer_resets"))
TRACE = make_trace(report("closed", "on_close"))
WORDS = ((FIRST, "kept"), (OTHER, "not applicable"), (LAST, "not testable"))
LIBRARY = {"library": "miniature-websocket", "version": "1.0", "python": "CPython 3.11.7"}
EXPECTED = {
    FIRST: CellResult((TRACE, TRACE)),
    OTHER: CellResult((), "it is so"),
    LAST: CellResult((), "it is so", failed=True),
}


def write(path: Path, *lines: dict[str, Any], end: str = "\n") -> Path:
    """A file of these lines; `end` is what stands behind the last one."""
    texts = [json.dumps(line, separators=(",", ":")) for line in lines]
    path.write_text("\n".join(texts) + end)
    return path


def of_pytest() -> list[dict[str, Any]]:
    """The lines of a run of pytest."""
    trace = to_json(TRACE)
    behaviour = trace.pop("behaviour")
    cell = {"surface": SURFACE, "scenario": FIRST[1]}
    one = {"type": "trace", **cell, "behaviour": behaviour, "trace": trace}
    verdicts = [
        {
            "type": "verdict",
            **{"surface": SURFACE, "scenario": name, "group": "close", "word": word},
            **{"behaviours": {}, "checks": [], "problems": ["it is so"]},
        }
        for (_, name), word in WORDS
    ]
    header = {"type": "header", "schema": 1, "loaded": [LIBRARY | {"file": "there.py"}]}
    words = {word: 1 for _, word in WORDS}
    return [
        header,
        one,
        one,
        *verdicts,
        {"type": "footer", "traces": 2, "verdicts": 3} | {"words": words},
    ]


def of_a_sweep() -> list[dict[str, Any]]:
    """The lines of a sweep."""
    cells = [
        {"type": "cell", "surface": cell[0], "scenario": cell[1]}
        | {"traces": [to_json(one) for one in found.traces], "reason": found.reason}
        | {"failed": found.failed}
        for cell, found in EXPECTED.items()
    ]
    header = {"type": "sweep", "schema": 1, "suite": "s", "drivers": {}}
    release = {"type": "release", "label": "1.0", **LIBRARY, "reason": ""}
    return [header, release, *cells, {"type": "end", "releases": 1, "cells": 3}]


@pytest.mark.parametrize("lines", [of_pytest, of_a_sweep])
def test_an_old_record_holds_what_it_held(
    lines: Any, miniature_index: Index, tmp_path: Path
) -> None:
    """The cells, their traces, or why they have none."""
    path = write(tmp_path / "run.jsonl", *lines())
    release = read_recorded(parse_target(miniature_index.library, str(path)))

    assert (release.version, release.python) == ("1.0", "CPython 3.11.7")
    assert release.cells == EXPECTED


@pytest.mark.parametrize("lines", [of_pytest, of_a_sweep])
def test_an_old_record_that_was_cut_short_is_not_complete(
    lines: Any, miniature_index: Index, tmp_path: Path
) -> None:
    """What a killed process left of its last line is none."""
    assert not load_record(write(tmp_path / "run.jsonl", *lines()[:-1])).complete
    assert not load_record(write(tmp_path / "run.jsonl", *lines(), end="")).complete


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"schema": 99}, "run.jsonl is not a record|has schema 99"),
        ({"loaded": 7}, "run.jsonl is not a record of schema 1: "),
        ({"loaded": [{}]}, "run.jsonl is not a record of schema 1: its lines do not fit together"),
    ],
)
def test_what_is_no_old_record(change: dict[str, Any], text: str, tmp_path: Path) -> None:
    """The error says so in one line."""
    header, *rest = of_pytest()

    with pytest.raises(WrongInput, match=text):
        load_record(write(tmp_path / "run.jsonl", header | change, *rest))


def test_a_line_that_is_no_data(tmp_path: Path) -> None:
    """The error names it."""
    path = write(tmp_path / "run.jsonl", *of_a_sweep())
    path.write_text(path.read_text().replace('{"type":"release"', "{type", 1))

    with pytest.raises(WrongInput, match=r"run.jsonl, line 2: "):
        load_record(path)
