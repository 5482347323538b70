"""Which values match, which events count, and which of two comes first."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.model.actions import CLOSED, MESSAGE, OPENED
from fixtures.model.event import APPLICATION, OTHER, Event
from fixtures.model.trace import Trace
from suites.judging.expectations import (
    ANYTHING,
    PEER_CODE,
    PEER_REASON,
    Expectation,
    called,
    error,
    matches,
    sends_close,
    thing,
)

from ..miniatures.miniature_traces import make_trace, peer_receives, peer_sends, report


@pytest.mark.parametrize(
    ("expected", "found", "whether"),
    [
        (1, 1, True),
        (1, True, False),
        ("a", {"bytes": "a"}, False),
        (b"a", {"bytes": "a"}, True),
        ((1, "a"), [1, "a"], True),
        (None, None, True),
        (ANYTHING, None, True),
        (error("OSError"), "OSError", False),
        (error("OSError"), {"exception": "ConnectionResetError", "bases": ["OSError"]}, True),
        (error("OSError", errno=1), {"exception": "OSError", "bases": []}, False),
        (thing("Close", code=PEER_CODE), {"object": "Close", "code": 1001}, True),
        (thing("Close", code=PEER_CODE), {"object": "Close", "code": 1000}, False),
    ],
)
def test_a_value_matches_only_its_like(expected: Any, found: Any, whether: bool) -> None:
    """Types count: True is not 1, bytes are not text; a base class stands for its subclasses."""
    assert matches(expected, found, make_trace(peer_sends("close frame", 1001, ""))) is whether


@pytest.mark.parametrize(
    ("frames", "code", "reason"),
    [
        ([], None, None),
        ([peer_sends("close frame")], None, None),
        ([peer_sends("close frame", "x")], None, None),
        (
            [peer_sends("close frame", 1000, "bye"), peer_sends("close frame", 1001, "")],
            1000,
            "bye",
        ),
        ([peer_receives("close frame", 1000, "bye")], None, None),
    ],
)
def test_the_peers_code_is_that_of_its_first_close_frame(
    frames: list[Event], code: int | None, reason: str | None
) -> None:
    """Without a close frame of the peer, or with an empty one, code and reason are None."""
    trace = make_trace(*frames)

    assert (PEER_CODE.find(trace), PEER_REASON.find(trace)) == (code, reason)


@pytest.mark.parametrize(
    ("frame", "expected", "holds"),
    [
        (peer_receives("close frame"), sends_close(None, None), True),
        (peer_receives("close frame"), sends_close(1000), False),
        (peer_receives("close frame", 1000, "", "masked wrongly"), sends_close(1000, ""), True),
        (peer_receives("close frame", 1000, "bye"), sends_close(1000, ""), False),
    ],
)
def test_an_empty_close_frame_has_no_code(frame: Event, expected: Expectation, holds: bool) -> None:
    """Code and reason are the first two values in a frame, or None."""
    assert expected.judge(make_trace(frame)).holds is holds


CLOSE, AGAIN = report(CLOSED, "on_close", 1000), report(CLOSED, "on_close", 1006)


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        (called("on_close", 1000), True),
        (called("on_close", 1000).once(), False),
        (called("on_close", ...).times(2), True),
        (called("on_close", ...).times(3), False),
        (called("on_close", 1001).never(), True),
        (called("on_close", 1006).never(), False),
        (called("on_close"), False),
        (called("on_close", 1000, "bye"), False),
    ],
)
def test_how_often_is_counted_with_the_arguments(expected: Expectation, holds: bool) -> None:
    """`once` also means: never with other arguments; `never` means: not with these."""
    assert expected.judge(make_trace(CLOSE, AGAIN)).holds is holds


def _in(lane: str, kind: str, name: str) -> Event:
    return Event(lane, kind, name, "called")


@pytest.mark.parametrize(
    ("events", "holds"),
    [
        ([_in(APPLICATION, OPENED, "on_open"), _in(OTHER, MESSAGE, "on_message")], True),
        ([_in(OTHER, MESSAGE, "on_message"), _in(APPLICATION, OPENED, "on_open")], True),
        ([_in(OTHER, MESSAGE, "on_message"), _in(OTHER, OPENED, "on_open")], False),
        ([_in(OTHER, OPENED, "on_open"), _in(APPLICATION, MESSAGE, "on_message")], True),
        ([_in(OTHER, OPENED, "on_open")], True),
        ([_in(OTHER, MESSAGE, "on_message")], False),
    ],
)
def test_before_is_decided_within_a_lane(events: list[Event], holds: bool) -> None:
    """No check looks at the order between threads; at least one event must have come."""
    trace: Trace = make_trace(*events)

    assert called("on_open").before("on_message").judge(trace).holds is holds


def test_before_looks_at_the_call_with_these_arguments() -> None:
    """An earlier call with other arguments does not count as the one that has to come first."""
    trace = make_trace(AGAIN, report(MESSAGE, "on_message"), CLOSE)

    assert not called("on_close", 1000).before("on_message").judge(trace).holds
