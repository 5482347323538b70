"""Values, events and frames read as a person would say them."""

from __future__ import annotations

import pytest

from fixtures.model.description import Value
from fixtures.model.event import Event
from reports.diff.terms import (
    NO_NAMES,
    ValueNames,
    format_args,
    format_frame,
    format_result,
    format_value,
    strip_wording,
)

from ..miniatures.miniature_pairs import BEFORE, describe_exception, trace
from ..miniatures.miniature_traces import peer_receives, peer_sends, report

NAMES = ValueNames.of(BEFORE)
ACTED = ValueNames.of(
    trace(
        peer_sends("close frame", 1000, "bye"),
        report("acted", "close", 4000, "mine", how="acted"),
        peer_sends("401 response", kind="handshake"),
    )
)


def event(*args: Value, name: str = "on_x", how: str = "called") -> Event:
    """What the application sees."""
    return trace(report("x", name, *args, how=how)).events[0]


VALUES: tuple[tuple[Value, str], ...] = (
    (1000, "the peer's code"),
    ("bye", "the peer's reason"),
    (True, "True"),
    (["bye", 1], "[the peer's reason, 1]"),
    ({"bytes": "x" * 100}, f"b'{'x' * 28}... (100 bytes)"),
    ("x" * 100, f"'{'x' * 29}... (100 characters)"),
    ({"bytes": "ab"}, "b'ab'"),
    ({"bytes": "\u202e"}, r"b'\\u202e'"),
    ({"a": 1, "b": "c"}, "{a: 1, b: 'c'}"),
    (describe_exception("Lost"), "Lost"),
    (describe_exception("Lost", code=1000, why=None), "Lost(code=the peer's code)"),
    ({"object": "ABNF"}, "an ABNF object"),
    ({"object": "Frame"}, "a Frame object"),
    (
        {"object": "Close", "code": 1000, "reason": "bye"},
        "Close(the peer's code, the peer's reason)",
    ),
    ({"object": "Close", "code": 1002, "reason": ""}, "Close(1002, no reason)"),
    ({"object": "Close", "code": 1002, "reason": "odd"}, "Close(1002, a reason in its own words)"),
)


@pytest.mark.parametrize(("value", "wanted"), VALUES)
def test_values_are_said(value: Value, wanted: str) -> None:
    """Values of the script by their names, objects by their attributes, long ones cut."""
    assert format_value(value, NAMES) == wanted


def test_what_a_library_sends_is_the_applications_first() -> None:
    """A code that both sides use is the application's in `sent`, and the peer's elsewhere."""
    same = ValueNames.of(
        trace(
            peer_sends("close frame", 1000, "bye"),
            report("acted", "close", 1000, "bye", how="acted"),
        )
    )
    error = describe_exception("Closed", rcvd=1000, sent=1000)

    assert format_value(error, same) == "Closed(rcvd=the peer's code, sent=the application's code)"
    assert (
        format_value([4000, "mine"], ACTED) == "[the application's code, the application's reason]"
    )


def test_the_status_of_a_refusal_is_the_peers() -> None:
    """Any status reads the same."""
    assert (
        format_value(describe_exception("Refused", status_code=401), ACTED)
        == "Refused(status_code=the peer's)"
    )


def test_arguments_are_said() -> None:
    """One stands alone, several in brackets; a code and its reason belong together."""
    assert format_args(event("a"), NAMES) == "'a'"
    assert format_args(event(), NAMES) == "no arguments"
    assert format_args(event(1000, ""), NAMES) == "(the peer's code, '')"
    empty = ValueNames.of(trace(peer_sends("close frame", 1000, "")))
    assert format_args(event(1000, ""), empty) == "(the peer's code, the peer's reason)"
    assert format_result(event(how="returned"), NAMES) == "None"


def test_frames_are_said() -> None:
    """A close frame with its code and reason, anything else by its name."""
    frames = trace(
        peer_receives("close frame", 1000, "bye"), peer_receives("close frame", 1002, "x")
    )
    said = [format_frame(one, NAMES) for one in frames.events]

    assert said == [
        "a close frame with the peer's code and the peer's reason",
        "a close frame with 1002 and a reason in its own words",
    ]
    raw = trace(peer_receives("close frame", {"bytes": "x"})).events[0]
    assert format_frame(raw, NAMES) == "a close frame with b'x'"


def test_nobody_has_no_names() -> None:
    """Without a trace, values are shown as they are."""
    assert format_value({"object": "Close", "code": 1, "reason": "x"}, NO_NAMES) == "Close(1, 'x')"


def test_own_words_compare_equal() -> None:
    """A reason of the library's own is wording; one of the script is not."""
    one, other, script = ({"reason": text} for text in ("odd", "", "bye"))

    assert strip_wording(one, NAMES) == strip_wording(other, NAMES) != strip_wording(script, NAMES)
