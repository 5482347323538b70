"""Records of cells that have been judged: verdicts are written, and whatever a library says."""

from __future__ import annotations

import dataclasses
import http
from pathlib import Path

import pytest
from execnet.gateway_base import dumps, loads
from hypothesis import example, given
from hypothesis import strategies as some

from fixtures.model.description import describe
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from reports.results.record import load_record
from reports.results.record_lines import CellLine
from reports.results.release import WrongInput
from reports.running.session_record import SessionWriter, line_of
from suites.judging.expectations import called
from suites.judging.judge import CellVerdict, judge

from ..conftest import ISSUE, Promised, deviation
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import LOADED, make_trace, play, report

SURFACE, FIRST = m.surface(), SCENARIOS["peer_closes_first"]
OTHERS = [SCENARIOS["peer_ends"], SCENARIOS["peer_resets"]]


def judged(*traces: Trace) -> CellVerdict:
    """The verdict on a cell with these runs, where closing twice is known."""
    return judge(SURFACE, FIRST, traces, [deviation()])


def write(path: Path, *cells: CellVerdict) -> list[CellLine]:
    """A whole record of these cells, and its lines as they are read back."""
    writer = SessionWriter(path, [LOADED])
    for cell in cells:
        writer.add(line_of(cell, [LOADED]))
    writer.finish()
    [release] = load_record(path).releases
    return list(release.lines())


def test_a_verdict_is_read_back_as_it_was_written(tmp_path: Path, promised: Promised) -> None:
    """The word, every check with the reason of its deviation, and why it was not judged."""
    promised("closes", called("on_close", ...))
    crashed = dataclasses.replace(judged(play(m.Crashes, FIRST)), scenario=OTHERS[0])
    known, failed = write(tmp_path / "run.jsonl", judged(play(m.ClosesTwice, FIRST)), crashed)
    assert known.verdict
    assert failed.verdict
    checks = {one.check: one for one in known.verdict.checks}
    listed, kept = checks["rule.close_is_reported_once"], checks["miniature.closes"]

    assert (listed.word, listed.reason, listed.link) == ("known", "bug", ISSUE["link"])
    assert (kept.word, kept.reason, kept.link) == ("kept", None, None)
    assert (known.verdict.word, failed.verdict.word) == ("known", "not testable")
    assert failed.verdict.problems == ("the driver failed: RuntimeError: a bug of the driver",)


def test_a_stored_trace_is_the_trace(tmp_path: Path) -> None:
    """All of it comes back."""
    trace = play(m.Good, FIRST)
    write(tmp_path / "run.jsonl", judged(trace))
    [release] = load_record(tmp_path / "run.jsonl").releases

    assert release.read().cells["miniature", "peer_closes_first"].traces == (trace,)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"args":[1000,"bye"]', b'"args":[1001,"bye"]'), (b'"behaviour":"', b'"behaviour":"0')],
)
def test_a_trace_that_was_changed_by_hand_is_found_out(
    old: bytes, new: bytes, tmp_path: Path
) -> None:
    """A trace is what its id is the digest of."""
    write(path := tmp_path / "run.jsonl", judged(play(m.Good, FIRST)))
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    [release] = load_record(path).releases

    with pytest.raises(WrongInput, match="by hand, or recorded by another version; record it"):
        release.read()


def test_a_trace_of_an_unknown_lane_is_refused(tmp_path: Path) -> None:
    """In one line, as whatever else no run writes."""
    write(path := tmp_path / "run.jsonl", judged(play(m.Good, FIRST)))
    path.write_bytes(path.read_bytes().replace(b'"lane":"wire"', b'"lane":"else"'))
    [release] = load_record(path).releases

    with pytest.raises(WrongInput, match="a trace in it cannot be read: its parts do not fit"):
        release.read()


def test_a_record_that_was_cut_short_is_not_complete(tmp_path: Path) -> None:
    """Whatever the line after which it ends, and in the middle of whatever line."""
    path = tmp_path / "run.jsonl"
    write(path, judged(play(m.Good, FIRST)))
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    ends = [sum(map(len, lines[:count])) for count in range(1, len(lines))]
    found = []
    for cut in [end + more for end in ends for more in (0, 1, 20)]:
        path.write_bytes(whole[:cut])
        found.append(load_record(path).complete)

    assert found == [False] * 3 * len(ends)


def test_a_run_that_is_abandoned_has_no_footer(tmp_path: Path) -> None:
    """What was written can be read, and is not complete."""
    path = tmp_path / "run.jsonl"
    writer = SessionWriter(path, [LOADED])
    writer.add(line_of(judged(play(m.Good, FIRST)), [LOADED]))
    writer.abandon()

    assert (load_record(path).complete, len(load_record(path).releases[0].offsets)) == (False, 1)


@pytest.mark.parametrize("value", [http.HTTPStatus.FORBIDDEN, 2**80, 0.5, b"\xff", "\ud800"])
def test_a_cell_crosses_processes(value: object) -> None:
    """Whatever is in its traces: pytest-xdist carries plain data only, and no enumerations."""
    event = report("closed", "on_close", describe(value))
    trace = dataclasses.replace(make_trace(event), facts={"said": value if value == 403 else 0})
    line = line_of(judged(trace), [LOADED])

    assert loads(dumps(line)) == line


@example(text="\ud800", data=b"\xff", number=2**80)
@given(
    text=some.text(some.characters()),
    data=some.binary(max_size=20),
    number=some.floats() | some.integers(),
)
def test_whatever_a_library_says_is_stored(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: bytes, number: float
) -> None:
    """Any text, bytes or number, wherever it is reported, is read back, and counts."""
    path = tmp_path_factory.getbasetemp() / "hostile.jsonl"
    args = [describe(one) for one in (text, data, number, OSError(text), [text])]
    event = report("closed", "on_close", *args)
    trace = dataclasses.replace(make_trace(event), facts={"said": args})
    write(path, judged(trace))
    [release] = load_record(path).releases
    [stored] = release.read().cells["miniature", "peer_closes_first"].traces

    assert stored.behaviour_id == trace.behaviour_id
