"""Values, events and frames read as a person would say them."""

from __future__ import annotations

import pytest

from fixtures.model.actions import library_call
from fixtures.model.description import Value
from fixtures.model.event import Event
from fixtures.run.recorder import Recorder
from reports.diff.terms import (
    format_args,
    format_frame,
    format_result,
    format_value,
    list_new_attributes,
    strip_wording,
)
from reports.diff.value_names import ANOTHER, NO_NAMES, ValueNames, format_both

from ..miniatures.miniature_pairs import BEFORE, describe_exception, trace
from ..miniatures.miniature_traces import REQUEST, peer_receives, peer_sends, report

NAMES = ValueNames.of(BEFORE)
SENT, RECEIVED = (
    peer_sends("close frame", 4000, "bye"),
    peer_receives("close frame", 4000, "bye"),
)
CLOSED = report("acted", "close", 4000, "bye", how="acted")
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
    headers = describe_exception("Refused", headers={"object": "dict", "items": [["age", "1"]]})
    assert format_value(headers) == "Refused(headers={'age': '1'})"


def test_arguments_are_said() -> None:
    """One stands alone, several in brackets; an empty reason is nobody's."""
    assert format_args(event("a"), NAMES) == "'a'"
    assert format_args(event(), NAMES) == "no arguments"
    assert format_args(event(1000, ""), NAMES) == "(the peer's code, '')"
    empty = ValueNames.of(trace(peer_sends("close frame", 1000, "")))
    assert format_args(event(1000, ""), empty) == "(the peer's code, '')"
    assert format_result(event(how="returned"), NAMES) == "None"


CHOSEN: tuple[tuple[list[Event], tuple[Value, Value], tuple[Value, Value]], ...] = (
    ([SENT, RECEIVED], (4000, "bye"), (None, None)),
    ([RECEIVED, SENT], (None, None), (None, None)),
    ([CLOSED, RECEIVED, SENT], (None, None), (4000, "bye")),
    ([RECEIVED, peer_sends("close frame", 4000, "mine")], (None, "mine"), (None, None)),
    ([REQUEST, RECEIVED, REQUEST, SENT], (None, None), (None, None)),
    ([REQUEST, SENT, RECEIVED, REQUEST, RECEIVED, SENT], (None, None), (None, None)),
    ([REQUEST, SENT, REQUEST, peer_sends("close frame", 4001, "no")], (4000, "bye"), (None, None)),
)


@pytest.mark.parametrize(("events", "of_peer", "of_application"), CHOSEN)
def test_a_code_is_whose_who_sent_it_first(
    events: list[Event], of_peer: tuple[Value, Value], of_application: tuple[Value, Value]
) -> None:
    """What the peer sends back is not the peer's, nor what the library chose once more."""
    names = ValueNames.of(trace(*events))

    assert (names.peer.code, names.peer.reason) == of_peer
    assert (names.application.code, names.application.reason) == of_application


def test_a_reason_on_another_connection_is_the_peers_own_words() -> None:
    """It is shown, and not called the library's."""
    again = peer_sends("close frame", 1001, "again")
    names = ValueNames.of(trace(REQUEST, SENT, REQUEST, again))

    shown = format_value(describe_exception("Closed", status_code=1001, reason="again"), names)
    assert shown == "Closed(status_code=1001, reason='again')"


def test_only_the_reason_of_a_close_is_in_the_librarys_own_words() -> None:
    """An error of Python's may have an attribute of that name."""
    shown = format_value(describe_exception("SSLError", reason="WRONG_VERSION_NUMBER"), NAMES)

    assert shown == "SSLError(reason='WRONG_VERSION_NUMBER')"


def test_values_that_read_alike_are_shown() -> None:
    """Two sides never read the same: their values are shown, or that it is another one."""
    of = [ValueNames.of(trace(peer_sends("close frame", code, ""))) for code in (1000, 1001)]

    assert format_both(format_value, (1000, of[0]), (1001, of[1])) == ("1000", "1001")
    long, other = "x" * 90 + "a", "x" * 90 + "b"
    shown = format_both(format_value, (long, NO_NAMES), (other, NO_NAMES))
    assert shown == (format_value(long), ANOTHER)


def test_attributes_that_are_only_in_the_new_value_are_listed() -> None:
    """At any depth, unless anything else differs."""
    was = [describe_exception("Lost", sent={"object": "Close", "code": 1000})]
    now = [describe_exception("Lost", sent={"object": "Close", "code": 1000, "reason": "bye"})]

    assert list_new_attributes(was, now) == ["reason"]
    assert list_new_attributes(now, was) == []
    assert list_new_attributes([{"a": 1}], [{"a": 1, "b": 2}]) == []
    assert list_new_attributes(was, [*now, *now]) == []


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


def test_what_is_given_to_close_by_name_is_the_applications() -> None:
    """The code and the reason; the reason may be bytes, and a timeout is neither."""
    recorder = Recorder()
    recorder.acted(library_call("close", timeout=0.3, status=4000, reason=b"enough"))
    names = ValueNames.of(trace(*recorder.events))

    shown = format_args(event(4000, "enough"), names)
    assert shown == "(the application's code, the application's reason)"
    assert format_args(recorder.events[0], names).startswith("(timeout=0.3, status=the appl")
