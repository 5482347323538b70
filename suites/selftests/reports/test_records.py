"""Records: what is written is read back; what is cut short, changed or foreign is told."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from fixtures.model.description import describe
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace, to_json
from reports.results.pytest_record import RecordError, Writer, cell_lines, load
from suites.judging.expectations import called
from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict, judge

from ..conftest import ENTRY, Promised
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import LOADED, by_hand, play, told

SURFACE, FIRST = m.surface(), SCENARIOS["peer_closes_first"]


def judged(*traces: Trace) -> CellVerdict:
    """The verdict on a cell with these runs, where closing twice is known."""
    whole: dict[str, object] = {**ENTRY, "scenarios": ("peer_closes_first",)}
    known = Deviation(**whole)  # type: ignore[arg-type] # the fields are data
    return judge(SURFACE, FIRST, traces, [known])


def write(path: Path, *cells: CellVerdict) -> None:
    """A whole record of these cells."""
    writer = Writer(path.open("w", encoding="utf-8"), [LOADED])
    for cell in cells:
        writer.add(cell_lines(cell))
    writer.finish()


@pytest.fixture
def record(tmp_path: Path, promised: Promised) -> Path:
    """A record of three cells: known, fixed and not testable."""
    promised("closes", called("on_close", ...))
    path = tmp_path / "run.jsonl"
    known, fixed = play(m.ClosesTwice, FIRST), play(m.Good, FIRST)
    write(path, judged(known), judged(fixed, fixed), judged(play(m.Crashes, FIRST)))
    return path


def test_a_record_is_read_back_as_it_was_written(record: Path) -> None:
    """Header, every trace, every verdict with its checks, and that it is complete."""
    found = load(record)

    assert found.complete
    assert found.header.loaded == (LOADED,)
    assert [one.word for one in found.verdicts] == ["known", "fixed", "not testable"]
    assert [one.behaviour for one in found.traces[1:3]] == list(found.verdicts[1].behaviours) * 2
    assert found.verdicts[2].problems == ("the driver failed: RuntimeError: a bug of the driver",)


def test_a_check_is_stored_with_the_reason_of_its_deviation(record: Path) -> None:
    """And without one if none is listed."""
    checks = {one.check: one for one in load(record).verdicts[0].checks}
    known, kept = checks["rule.close_is_reported_once"], checks["miniature.closes"]

    assert (known.word, known.reason, known.link) == ("known", "bug", ENTRY["link"])
    assert (kept.word, kept.reason, kept.link) == ("kept", None, None)
    assert kept.source == "https://example.org/api, Miniature.closes"


def test_a_stored_trace_is_the_trace(tmp_path: Path) -> None:
    """All of it comes back."""
    trace = play(m.Good, FIRST)
    write(tmp_path / "run.jsonl", judged(trace))
    [stored] = load(tmp_path / "run.jsonl").traces

    assert to_json(stored.trace) == to_json(trace)
    assert stored.behaviour == trace.behaviour_id
    assert (stored.surface, stored.scenario) == (trace.surface, trace.scenario)


def test_a_record_that_was_cut_short_is_not_complete(record: Path) -> None:
    """Whatever the line after which it ends, and in the middle of whatever line."""
    lines = record.read_bytes().splitlines(keepends=True)
    ends = [sum(map(len, lines[:count])) for count in range(1, len(lines))]
    cuts = [end + more for end in ends for more in (0, 1, 20)]
    whole = record.read_bytes()
    found = []
    for cut in cuts:
        record.write_bytes(whole[:cut])
        found.append(load(record).complete)

    assert found == [False] * len(cuts)


def test_a_run_that_is_abandoned_has_no_footer(tmp_path: Path) -> None:
    """What was written can be read, and is not complete."""
    path = tmp_path / "run.jsonl"
    writer = Writer(path.open("w", encoding="utf-8"), [LOADED])
    writer.add(cell_lines(judged(play(m.Good, FIRST))))
    writer.abandon()

    assert (load(path).complete, len(load(path).verdicts)) == (False, 1)


def change(path: Path, line: int, **fields: object) -> None:
    """Overwrite fields of one line."""
    lines = path.read_text().splitlines()
    lines[line] = json.dumps(json.loads(lines[line]) | fields)
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("line", "fields", "text"),
    [
        (-1, {"traces": 5}, "footer counts 5 traces and 3 verdicts"),
        (-1, {"verdicts": 2}, "the footer counts 4 traces and 2 verdicts"),
        (-1, {"words": {"kept": 3}}, r"3 verdicts \(3 kept\); the file has 4 traces and 3 verdic"),
        (0, {"schema": 2, "since": "2027"}, "has schema 2; this version reads schema 1: record"),
        (0, {"schema": "1"}, "has schema '1'; this version reads schema 1"),
        (0, {"since": "2027"}, "line 1: Object contains unknown field `since`"),
        (0, {"type": "footer"}, "line 1: "),
        (1, {"type": "verdict"}, "line 2: "),
        (1, {"behaviour": 7}, r"line 2: Expected `str`, got `int` - at `\$.behaviour`"),
        (1, {"type": "note"}, "line 2: Invalid value 'note'"),
    ],
)
def test_a_line_that_lies_is_an_error(
    record: Path, line: int, fields: dict[str, object], text: str
) -> None:
    """The text names the file, the line and what is wrong."""
    change(record, line, **fields)

    with pytest.raises(RecordError, match=text):
        load(record)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is no record: its first line is no header"),
        (b"\n\n", "is no record: its first line is no header"),
        (b"<html>\n", "line 1: JSON is malformed"),
        (b"\xff\xfe\x00\n", "line 1: "),
        (b'{"type": "footer", "traces": 0, "verdicts": 0, "words": {}}\n', "is no record"),
        (b'[{"type": "header"}]\n', "line 1: "),
    ],
)
def test_a_file_that_is_no_record_is_an_error(tmp_path: Path, content: bytes, text: str) -> None:
    """An empty file, a web page, bytes, a footer alone."""
    path = tmp_path / "page.html"
    path.write_bytes(content)

    with pytest.raises(RecordError, match=f"page.html.*{text}"):
        load(path)


def test_a_verdict_that_is_missing_is_an_error(record: Path) -> None:
    """The footer counts it."""
    lines = record.read_text().splitlines(keepends=True)
    record.write_text("".join([*lines[:2], *lines[3:]]))

    with pytest.raises(
        RecordError, match=r"4 traces and 3 verdicts .* the file has 4 traces and 2"
    ):
        load(record)


@pytest.mark.parametrize(
    ("first", "text"),
    [(slice(None), "has a second header"), (slice(0, -1), "has a second header")],
)
def test_two_runs_in_one_file_are_an_error(record: Path, first: slice, text: str) -> None:
    """Whether or not the first of them is complete."""
    lines = record.read_text().splitlines(keepends=True)
    record.write_text("".join([*lines[first], *lines]))

    with pytest.raises(RecordError, match=text):
        load(record)


def test_nothing_stands_below_a_footer(record: Path) -> None:
    """A verdict behind it was not counted."""
    lines = record.read_text().splitlines(keepends=True)
    record.write_text("".join([*lines, lines[2]]))

    with pytest.raises(RecordError, match="goes on after its footer"):
        load(record)


@example(text="\ud800", data=b"\xff", number=2**80)
@given(
    text=some.text(some.characters()),
    data=some.binary(max_size=20),
    number=some.floats() | some.integers(),
)
def test_whatever_a_library_says_is_stored(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: bytes, number: float
) -> None:
    """Any text, bytes or number, wherever it is told, is read back, and counts."""
    path = tmp_path_factory.getbasetemp() / "hostile.jsonl"
    args = [describe(one) for one in (text, data, number, OSError(text), [text])]
    event = told("closed", "on_close", *args)
    trace = dataclasses.replace(by_hand(event), facts={"said": args})
    write(path, judged(trace))

    assert load(path).complete
    assert load(path).traces[0].behaviour == trace.behaviour_id
