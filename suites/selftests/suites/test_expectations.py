"""Every kind of expectation fails for a miniature that is wrong in exactly its way."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import pytest

from suites.judging import expectations as expect
from suites.judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    Expectation,
    Happened,
    answers,
    both,
    called,
    called_for_each_opening,
    delivered,
    either,
    ends,
    error,
    fact,
    in_order,
    logged,
    logged_often,
    raised,
    reached,
    returned,
    sends_close,
    sends_header,
    thing,
    warned,
)

from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import ANSWER, make_trace, peer_receives, play

AFTER_MESSAGES = "peer_closes_after_messages"
SENDS_LATE = "application_sends_after_the_close"

OF_SERVERS = {"answers"}
"""The kinds that no client can keep, nor break."""
PAIRS: list[tuple[str, Expectation, str, type[m.Good], str]] = [
    (
        "called",
        called("on_close", 1000, "bye"),
        "peer_closes_first",
        m.ForgetsTheReason,
        "on_close(1000, '')",
    ),
    ("called", called("on_message", ...), AFTER_MESSAGES, m.DropsMessages, "nothing"),
    (
        "called",
        called("on_close", PEER_CODE, PEER_REASON),
        "right_after_the_handshake",
        m.ReportsItsOwnCode,
        "on_close(1000, 'going away')",
    ),
    (
        "once",
        called("on_close", ...).once(),
        "peer_closes_first",
        m.ClosesTwice,
        "on_close(1000, 'bye'); on_close(1000, 'bye')",
    ),
    (
        "called_for_each_opening",
        called_for_each_opening("on_open"),
        "peer_closes_first",
        m.OpensTwice,
        "on_open(); on_open()",
    ),
    ("times", called("on_message", ...).times(2), AFTER_MESSAGES, m.DropsMessages, "nothing"),
    (
        "never",
        called("on_error", ...).never(),
        "peer_closes_first",
        m.FailsAfterTheClose,
        "on_error(Closed(code=1000, reason='bye'))",
    ),
    (
        "delivered",
        delivered("on_message", "one", "two"),
        AFTER_MESSAGES,
        m.SwapsMessages,
        "on_message('two'); on_message('one')",
    ),
    (
        "delivered",
        delivered("on_message", "one", "two"),
        AFTER_MESSAGES,
        m.DeliversTwice,
        "on_message('one'); on_message('one'); on_message('two'); on_message('two')",
    ),
    ("in_order", in_order(*["on_message"] * 2), AFTER_MESSAGES, m.DropsMessages, "nothing"),
    (
        "before",
        called("on_open").before("on_message"),
        AFTER_MESSAGES,
        m.OpensLate,
        "on_message, on_open, on_message, on_close, the block, run",
    ),
    (
        "returned",
        returned("run", True),
        "peer_closes_first",
        m.ReturnsTheWrongThing,
        "run -> False",
    ),
    (
        "raised",
        raised("send", error("Closed", code=PEER_CODE)),
        SENDS_LATE,
        m.RaisesTheBaseClass,
        "send raised OSError()",
    ),
    ("reached", reached("the block"), "peer_closes_first", m.LeavesNoTrail, "nothing"),
    (
        "sends_close",
        sends_close(1000, ANYTHING),
        "peer_closes_first",
        m.SendsAnotherCode,
        "close frame received: 1001, ''",
    ),
    (
        "sends_header",
        sends_header("Origin", None),
        "client_offers_no_compression",
        m.SendsAnOrigin,
        "Origin header received: 'http://here'",
    ),
    ("sends_close", sends_close(), "peer_closes_first", m.NeverAnswers, "no close frame"),
    (
        "fact",
        fact("close_code", 1000),
        "peer_closes_first",
        m.ForgetsItsCode,
        "close_code is None",
    ),
    ("fact", fact("close_code", 1000), "peer_closes_first", m.LeavesNoTrail, "no close_code"),
    (
        "fact",
        fact("sent", thing("ReceivedFrame", code=1000)),
        "peer_closes_first",
        m.SendsAnotherCode,
        "sent is ReceivedFrame(code=1001, reason=b'')",
    ),
    ("logged", logged("INFO"), "peer_closes_first", m.LogsNothing, "logs: nothing"),
    ("logged_often", logged_often(1, "INFO"), "peer_closes_first", m.LogsNothing, "logs: nothing"),
    (
        "warned",
        warned("DeprecationWarning"),
        "application_closes_on_message",
        m.WarnsNothing,
        "warnings: nothing",
    ),
    (
        "logged",
        logged("WARNING").never(),
        "peer_closes_first",
        m.LogsAWarning,
        "logs: INFO, WARNING",
    ),
    ("ends", ends("at once"), "peer_closes_first", m.WaitsTooLong, "1 x close_timeout"),
    (
        "both",
        both(called("on_open"), fact("close_code", 1000)),
        "peer_closes_first",
        m.ForgetsItsCode,
        "close_code is None",
    ),
    (
        "either",
        either(called("on_error", ...), called("on_close", 1000, "bye")),
        "peer_closes_first",
        m.ForgetsTheReason,
        "nothing",
    ),
]

WORDS = [
    (called("on_close", 1000, "bye").once(), "on_close(1000, 'bye'), once"),
    (called_for_each_opening("handler"), "handler(...), once for each connection that opens"),
    (called("on_message", ...).times(2), "on_message(...), 2 times"),
    (called("on_error", PEER_CODE).never(), "on_error(the peer's close code), never"),
    (called("on_open").before("on_message"), "on_open(), before on_message"),
    (delivered("recv", "a", "b"), "recv: 'a', then 'b', and no more messages"),
    (in_order("open", "recv"), "open, then recv, and no more of these"),
    (returned("run", True), "run -> True"),
    (raised("send", error("Closed", code=1000)), "send raised Closed(code=1000)"),
    (raised("send", "Closed"), "send raised Closed"),
    (reached("the block", ...), "the block reached ..."),
    (answers(405), "answers the opening request with 405"),
    (sends_close(1000), "sends a close frame: 1000, anything"),
    (sends_header("Origin", "a", None, ...), "Origin header: 'a', then none, then anything"),
    (fact("sent", thing("ReceivedFrame", code=1000)), "sent is ReceivedFrame(code=1000)"),
    (logged("INFO"), "logs has a record with level INFO"),
    (logged_often(2, "INFO"), "logs has 2 INFO records or more"),
    (logged_often(2), "logs has 2 records or more"),
    (warned("ResourceWarning"), "warnings has a record with category ResourceWarning"),
    (warned("ResourceWarning").never(), "warnings has no record with category ResourceWarning"),
    (ends("at once", "hang"), "ends at once or hang"),
    (logged("ERROR").never(), "logs has no record with level ERROR"),
    (both(called("on_open"), fact("x", None)), "on_open(); x is None"),
    (either(called("on_open"), fact("x", b"y")), "on_open() or x is b'y'"),
]


@pytest.mark.parametrize(("kind", "expected", "played", "wrong", "recorded"), PAIRS)
def test_an_expectation_is_broken_in_just_its_way(
    kind: str, expected: Expectation, played: str, wrong: type[m.Good], recorded: str
) -> None:
    """The good miniature keeps the expectation; the wrong one breaks it, and the text says how."""
    found = expected.judge(play(wrong, played))

    assert expected.judge(play(m.Good, played)).holds
    assert (found.holds, found.recorded) == (False, recorded)


def test_every_kind_of_expectation_has_a_miniature_that_breaks_it() -> None:
    """A new kind of expectation is red here until a miniature is wrong in exactly its way."""
    makers = {
        name
        for name, maker in inspect.getmembers(expect, inspect.isfunction)
        if hasattr(get_type_hints(maker).get("return"), "judge")
    }
    refinements = {
        name
        for name, method in inspect.getmembers(Happened, inspect.isfunction)
        if not name.startswith("_") and get_type_hints(method)["return"] is Happened
    }

    assert {kind for kind, *_ in PAIRS} | OF_SERVERS == makers | refinements


def test_the_first_answer_of_a_server_counts() -> None:
    """Miniatures are clients: these answers are made by hand."""
    refused, accepted = (
        peer_receives(f"{status} response", kind="handshake") for status in (405, 101)
    )
    expected = answers(405)
    found = [
        expected.judge(make_trace(*events))
        for events in ((refused, accepted), (accepted, refused), (ANSWER,))
    ]

    assert [one.holds for one in found] == [True, False, False]
    assert [one.recorded for one in found[1:]] == ["101 response", "no response"]


@pytest.mark.parametrize(("expected", "words"), WORDS)
def test_an_expectation_reads_as_a_person_would_write_it(expected: Expectation, words: str) -> None:
    """The text of an expectation is its line in a story."""
    assert str(expected) == words
