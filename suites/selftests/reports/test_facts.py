"""End facts, texts and log records are reported in words."""

from __future__ import annotations

from typing import Any

import pytest

from ..miniatures.miniature_pairs import describe_exception, trace
from ..miniatures.miniature_traces import peer_receives, report
from .test_events import said

FACTS: tuple[tuple[dict[str, Any], dict[str, Any], list[str]], ...] = (
    ({"state": "OPEN"}, {"state": "CLOSED"}, ["`state` was 'OPEN', now is 'CLOSED'"]),
    ({"code": 1000}, {}, ["`code` can no longer be read"]),
    ({"code": None}, {"code": 1000}, ["`code` was None, now is 1000"]),
    ({"exc": {"raises": "E"}}, {"exc": None}, ["`exc` raised E, now is None"]),
    ({"exc": None}, {"exc": {"raises": "E"}}, ["`exc` was None, now raises E"]),
    ({}, {"code": None}, ["`code` can now be read"]),
    ({"code": {"not there": True}}, {"code": None}, ["`code` is new"]),
    ({"code": 1000}, {"code": {"not there": True}}, ["`code` is no longer there"]),
    ({"code": 1000}, {"status": 1000}, ["`code` is now called `status`"]),
    ({"close_reason": "a"}, {"close_reason": "b"}, []),
    (
        {"leftover sockets": 1},
        {"leftover sockets": 2},
        ["left over at the end: 2 sockets; before, 1 socket"],
    ),
    (
        {"leftover tasks": ["a"]},
        {},
        ["left over at the end: no tasks; before, tasks a"],
    ),
    ({}, {"warnings": [{"category": "X", "text": ""}]}, ["now, a X is issued"]),
    (
        {"unretrieved": [describe_exception("Lost")]},
        {},
        ["no longer: Lost ends where nobody can catch it"],
    ),
    (
        {"unretrieved": [describe_exception("Lost")]},
        {"unretrieved": [describe_exception("Lost")] * 2},
        ["Lost ends where nobody can catch it 2 times, was 1"],
    ),
    (
        {"warnings": [{"category": "X", "text": "one"}]},
        {"warnings": [{"category": "X", "text": "two"}]},
        ["(a warning was 'one', now is 'two')"],
    ),
    (  # the history stores behaviours, which have no texts
        {"warnings": [{"category": "X", "text": ""}]},
        {"warnings": [{"category": "X", "text": "two"}]},
        [],
    ),
)


@pytest.mark.parametrize(("old", "new", "wanted"), FACTS)
def test_facts_are_reported(old: dict[str, Any], new: dict[str, Any], wanted: list[str]) -> None:
    """An end fact is reported with what it was."""
    assert said(trace(facts=old), trace(facts=new)) == wanted


def test_a_hang_has_no_facts() -> None:
    """Facts that a hang kept from being recorded are no change."""
    found = said(trace(facts={"state": "CLOSED"}), trace(waited="hang"))

    assert found == ["the application now never ends; before, it ended at once"]


def log(text: str, level: str = "INFO", **more: str) -> dict[str, Any]:
    """A log record."""
    return {"logger": "lib", "level": level, "text": text} | more


LOGS: tuple[tuple[list[Any], list[Any], list[str]], ...] = (
    ([], [log("a", "ERROR", exception="X")], ["(1 more log record: ERROR of lib with X)"]),
    ([log("a"), log("b")], [], ["(2 fewer log records: INFO of lib)"]),
    ([log("a")], [log("b")], ["(a log was 'a', now is 'b')"]),
    ([log("took 0.2 ms")], [log("took 1.71 ms")], []),
    ([log("<Task name='Task-4'>")], [log("<Task name='Task-17'>")], []),
    ([log("at /a/lib-1.0/x.py:12>")], [log("at /b/lib-2.0/x.py:99>")], []),
    ([log("a"), log("b")], [log("b"), log("a")], []),
)


@pytest.mark.parametrize(("old", "new", "wanted"), LOGS)
def test_logs_are_minor(old: list[Any], new: list[Any], wanted: list[str]) -> None:
    """Log records are minor; their order, durations and folders are not reported."""
    assert said(trace(facts={"logs": old}), trace(facts={"logs": new})) == wanted


def test_texts_are_compared_where_the_event_is_the_same() -> None:
    """The text of another exception is not reported: the exception is."""
    old, new = (
        trace(
            report("x", "recv", [describe_exception(name, name)], how="returned"),
            peer_receives("ping frame"),
        )
        for name in ("Lost", "Gone")
    )

    assert said(old, new) == ["`recv` returned [Lost], now [Gone]"]


def test_texts_are_found_inside_values() -> None:
    """Own words are found in attributes, and long texts are cut."""
    close = [{"object": "Close", "code": 1009, "reason": text * 60} for text in ("ab", "cd")]
    events = [
        report("x", "recv", [describe_exception("Lost", sent=one)], how="raised") for one in close
    ]

    assert said(*map(trace, events)) == [f"(a text was '{'ab' * 50}...', now is '{'cd' * 50}...')"]


def test_long_texts_are_cut_so_that_they_differ() -> None:
    """What they have in common is left out, and not what differs."""
    logs = [{"logs": [{"level": "INFO", "logger": "x", "text": "=" * 200 + one}]} for one in "ab"]
    (said_of_logs,) = said(*(trace(facts=one) for one in logs))

    cut = "..." + "=" * 50
    assert said_of_logs == f"(a log was '{cut}a', now is '{cut}b')"


def test_the_text_of_a_cause_is_not_reported() -> None:
    """What a library's exception was caused by is worded by somebody else."""
    causes = [{"exception": "OSError", "text": text} for text in "ab"]
    events = [
        report("x", "recv", describe_exception("Lost", cause=one), how="raised") for one in causes
    ]

    assert said(*map(trace, events)) == []
