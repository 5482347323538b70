"""Stories: a failure on one screen, a known deviation in one line, a whole timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fixtures.model.event import APPLICATION, OTHER, RUN, WIRE, Event
from fixtures.model.scenario import SCENARIOS
from suites.cells.story import describe_wire, format_known, format_story, format_timeline
from suites.judging.expectations import returned, sends_close
from suites.judging.judge import CellVerdict, judge

from ..conftest import Promised, deviation
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import (
    ANSWER,
    REQUEST,
    make_trace,
    peer_receives,
    peer_sends,
    play,
)

SURFACE, FIRST = m.surface(), SCENARIOS["peer_closes_first"]
BROKEN_STORY = """\
miniature: The peer starts the closing handshake with 1000 and a reason
  promised    run -> True, once
  found       run -> False
  check       miniature.returns
  source      https://example.org/api, Miniature.returns
  recorded    on_open(), on_close(1000, 'bye'), the block reached, run -> False
  on the wire server sent close 1000 'bye'; client sent close 1000 ''; server sent FIN; client sent end of TCP
  library     miniature 1.0, CPython 3.*
  RFC 6455    7.1.5
  again with  pytest "suites/test_close.py::test_close[miniature-peer_closes_first]" --trace"""  # noqa: E501 -- the lines of a story are as long as what they tell


def judge_runs(*miniatures: type[m.Good], **fields: object) -> CellVerdict:
    """The verdict on runs of these miniatures; with `fields`, `ClosesTwice` is known."""
    known = [deviation(**fields)] if fields else []
    return judge(SURFACE, FIRST, [play(one, FIRST) for one in miniatures], known)


def test_a_broken_promise_fits_on_one_screen(promised: Promised) -> None:
    """What was promised and where, what was found, what went over the wire, how to see it."""
    promised("returns", returned("run", True).once())
    lines = format_story(judge_runs(m.ReturnsTheWrongThing)).splitlines()

    pytest.LineMatcher(lines).fnmatch_lines(BROKEN_STORY.splitlines(), consecutive=True)
    assert len(lines) == len(BROKEN_STORY.splitlines())


def test_an_event_of_the_wire_is_what_one_side_did(promised: Promised) -> None:
    """The signature, which says what the peer saw, stands below, where a list takes it from."""
    promised("answers", sends_close(1000))
    found = judge_runs(m.SendsAnotherCode)
    lines = format_story(found).splitlines()

    assert "  found       client sent close 1001 ''" in lines
    assert "  signature   close frame received: 1001, ''" in lines
    assert "broken        miniature.answers: client sent close 1001 ''" in format_timeline(found)


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ((m.ClosesTwice,), "  rule        The close of a connection is reported at most once."),
        ((m.Good, m.ForgetsTheReason), "  unstable    several behaviours: {'*': 1, '*': 1}"),
        ((m.Crashes,), "  not testable the driver failed: RuntimeError: a bug of the driver"),
        ((m.Crashes,), '    raise RuntimeError("a bug of the driver")'),
    ],
)
def test_every_red_word_has_its_line(runs: tuple[type[m.Good], ...], line: str) -> None:
    """A rule says what it says, an unstable cell how often, a fault of ours where it is."""
    pytest.LineMatcher(format_story(judge_runs(*runs)).splitlines()).fnmatch_lines([line])


def test_a_fixed_deviation_says_what_to_do() -> None:
    """The text names the issue that has to change."""
    text = format_story(judge_runs(m.Good, why="x"))

    assert "  fixed       rule.close_is_reported_once: it holds, and the issue " in text
    assert "says that it does not: take this scenario out" in text


def test_a_listed_deviation_of_another_signature_is_named() -> None:
    """The text names the listed signature, so that a reader sees the change."""
    text = format_story(judge_runs(m.ClosesTwice, signatures=("on_close(*)x",)))

    assert "  listed      as on_close(*)x, which this is not" in text


def test_a_known_deviation_is_one_line() -> None:
    """The line has reason, explanation and link, each once, even if several checks share them."""
    assert format_known(judge_runs(m.ClosesTwice, why="It does.")) == (
        "known (bug): It does. https://example.org/issues/1"
    )


def test_a_timeline_has_every_event_and_fact() -> None:
    """Wire and application in one order, raw bytes cut, then facts and verdicts."""
    lines = format_timeline(judge_runs(m.Good, m.ForgetsTheReason, m.Good)).splitlines()

    pytest.LineMatcher(lines).fnmatch_lines(
        [
            "miniature in peer_closes_first (The peer starts *) is unstable",
            "  behaviour *, 2 of 3 runs; ends: at once",
            "     *client sent request 'GET / HTTP/1.1'",
            "     *server sent close 1000 'bye'  [[]880503e8627965[]]",
            "    on_close(1000, 'bye')",
            "    close_code: 1000",
            "  behaviour *, 1 of 3 runs; ends: at once",
            "  kept          rule.close_is_reported_once: on_close(1000, 'bye')",
        ]
    )


def test_a_timeline_names_what_cannot_be_judged() -> None:
    """The problem stands where the checks would."""
    assert format_timeline(judge_runs(m.Crashes)).endswith(
        "not testable: the driver failed: RuntimeError: a bug of the driver"
    )


def test_a_timeline_cuts_long_facts_and_sets_lanes_apart() -> None:
    """A second thread is indented, and 120 characters of a fact are enough."""
    other = Event(OTHER, "closed", "on_close", "called")
    trace = make_trace(
        Event(APPLICATION, "opened", "on_open", "called"), other, facts={"x": "y" * 300}
    )
    lines = format_timeline(judge(SURFACE, FIRST, [trace])).splitlines()

    assert lines[2:4] == ["    on_open()", "        on_close()"]
    assert lines[4].endswith("yyy...")


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "nothing after the opening handshake"),
        ([REQUEST, ANSWER], "nothing after the opening handshake"),
        ([peer_sends("101 response", "Upgrade: None", kind="handshake")], "peer sent 101 response"),
        ([peer_sends("404 response", kind="handshake")], "peer sent 404 response"),
        ([REQUEST, ANSWER, REQUEST, ANSWER], "library sent request; peer sent 101 response"),
        ([REQUEST, replace(REQUEST, where="connection 2")], "nothing after the opening handshake"),
        ([peer_receives("close frame", 1000, "")], "library sent close 1000 ''"),
        ([Event(WIRE, "frame", "x", "sent", where="connection 2")], "peer sent x on connection 2"),
        ([Event(RUN, "hang", "hang", "found")], "nothing after the opening handshake"),
    ],
)
def test_the_wire_is_reported_in_words(events: list[Event], words: str) -> None:
    """A completed opening handshake is left out; an odd one, or one more, is described."""
    assert describe_wire(make_trace(*events)).startswith(words)
