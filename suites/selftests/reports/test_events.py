"""What an application will notice is said in the library's words."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.model.description import Value
from fixtures.model.event import OTHER, Event
from reports.diff.events import find_changes
from reports.diff.folding import fold

from ..miniatures.miniature_pairs import AFTER, BEFORE, describe_exception, trace
from ..miniatures.miniature_traces import peer_receives, peer_sends, report


def said(old: object, new: object) -> list[str]:
    """The sentences on two traces, minor ones in brackets."""
    found = find_changes(old, new)  # type: ignore[arg-type] # traces
    return [f"({one.text})" if one.minor else one.text for one in found]


def error(name: str) -> Event:
    """`run` raises."""
    return report("closed", "run", describe_exception(name), how="raised")


CLOSE, ERROR = (
    report("closed", "on_close"),
    report("failed", "on_error", describe_exception("Lost")),
)
MESSAGES = [report("message", "on_message", text) for text in ("one", "two", "one")]


def test_what_is_the_same_is_not_reported() -> None:
    """Equal traces have no changes."""
    assert find_changes(BEFORE, BEFORE) == []


def test_values_of_the_script_are_called_what_they_are() -> None:
    """The peer's code and reason are named, not shown."""
    wanted = "`on_close` got (the peer's code, the peer's reason), now gets (None, None)"

    assert said(BEFORE, AFTER) == [wanted]


PRESSED = report("acted", "SIGINT", how="reached")
CALLS: tuple[tuple[list[Event], list[Event], str], ...] = (
    ([CLOSE], [ERROR, CLOSE], "`on_error` is now called, with Lost, before `on_close`"),
    ([ERROR, CLOSE], [CLOSE], "`on_error` is no longer called (it was with Lost)"),
    ([CLOSE], [], "`on_close` is no longer called"),
    ([CLOSE], [CLOSE, CLOSE], "`on_close` is now called twice, before once"),
    ([CLOSE, CLOSE], [], "`on_close` is no longer called (it was twice)"),
    (
        MESSAGES[:2],
        MESSAGES[:1],
        "`on_message` is now called once, before twice: no longer with 'two'",
    ),
    (
        MESSAGES[:1],
        MESSAGES[:2],
        "`on_message` is now called twice, before once: also with 'two'",
    ),
    (MESSAGES[:1], MESSAGES[1:2], "`on_message` got 'one', now gets 'two'"),
    ([], [report("opened", "block", how="reached")], "the application now reaches block"),
    ([report("opened", "block", how="reached")], [], "the application no longer reaches block"),
    ([], [PRESSED], "`SIGINT` now reaches the application"),
    ([PRESSED], [], "`SIGINT` no longer reaches the application"),
    ([PRESSED, PRESSED], [PRESSED], "`SIGINT` now reaches the application once, before twice"),
    (
        [],
        [report("acted", "close", 4000, how="acted")],
        "the application now reaches its action close(4000)",
    ),
    (
        [report("acted", "close", how="acted")],
        [],
        "the application no longer reaches its action close()",
    ),
)


@pytest.mark.parametrize(("old", "new", "wanted"), CALLS)
def test_calls_are_reported(old: list[Event], new: list[Event], wanted: str) -> None:
    """Calls that come, go or get something else are reported by name."""
    assert said(trace(*old), trace(*new)) == [wanted]


def returned(*values: Value) -> Event:
    """The application's call has returned."""
    return report("returned", "run", *values, how="returned")


RESULTS: tuple[tuple[list[Event], list[Event], str], ...] = (
    ([returned(False)], [returned(True)], "`run` returned False, now True"),
    ([], [returned(None)], "`run` now returns None"),
    ([returned(None)], [], "`run` no longer returns None"),
    (
        [returned(1)],
        [returned(1), returned(1), returned(1)],
        "`run` now returns 1 3 times, before once",
    ),
    ([returned(1)], [error("Lost")], "`run` returned 1, now raises Lost"),
)


@pytest.mark.parametrize(("old", "new", "wanted"), RESULTS)
def test_results_are_reported(old: list[Event], new: list[Event], wanted: str) -> None:
    """What a call returns or raises is reported, with how often."""
    assert said(trace(*old), trace(*new)) == [wanted]


BYE, AGAIN, NONE = (
    report("closed", "on_close", *given) for given in ((1000, "x"), (1001, "y"), (None, None))
)
REPEATED: tuple[tuple[list[Event], list[Event], list[str]], ...] = (
    (
        [returned(None), returned(None)],
        [returned(None)],
        ["`run` now returns None once, before twice"],
    ),
    (
        [returned(None), returned(None)],
        [error("Lost"), returned(None)],
        ["`run` returned None, now raises Lost"],
    ),
    (
        [NONE, NONE],
        [BYE, AGAIN],
        [
            "`on_close` got (None, None), now gets (1000, 'x')",
            "`on_close` got (None, None), now gets (1001, 'y')",
        ],
    ),
    ([NONE, NONE], [BYE, NONE], ["`on_close` got (None, None), now gets (1000, 'x')"]),
    (
        [BYE, NONE],
        [NONE],
        ["`on_close` is now called once, before twice: no longer with (1000, 'x')"],
    ),
    (
        [NONE],
        [NONE, BYE, NONE, NONE],
        [
            "`on_close` is now called 4 times, before once: also with (1000, 'x')",
            "`on_close` is now called 4 times, before once: with (None, None) 3 times, before once",
        ],
    ),
    (
        [NONE, NONE, BYE],
        [NONE],
        [
            "`on_close` is now called once, before 3 times: with (None, None) once, before twice",
            "`on_close` is now called once, before 3 times: no longer with (1000, 'x')",
        ],
    ),
    (
        [report("acted", "close", how="acted")],
        [report("acted", "close", how="acted")] * 2,
        ["the application now reaches its action close() twice, before once"],
    ),
    (
        [BYE, AGAIN],
        [AGAIN, BYE],
        ["`on_close` comes in another order: (1001, 'y') where (1000, 'x') was"],
    ),
)


MANY = [returned(str(number)) for number in range(20)]
CALLED = [report("message", "on_message", str(number)) for number in range(20)]
RUNS: tuple[tuple[list[Event], list[Event], list[str]], ...] = (
    ([], MANY, ["`run` now returns '0', '1', ... '19' (20 times)"]),
    (MANY, MANY[:15], ["`run` no longer returns '15', '16', ... '19' (5 times)"]),
    (
        [],
        CALLED[:3],
        ["`on_message` is now called, with '0', '1', '2' (3 times)"],
    ),
    (
        CALLED[:4],
        [],
        ["`on_message` is no longer called (it was with '0', '1', '2', '3' (4 times))"],
    ),
    (
        CALLED[:1],
        [*CALLED[:5], ERROR],
        [
            "`on_message` is now called 5 times, before once: "
            "also with '1', '2', '3', '4' (4 times)",
            "`on_error` is now called, with Lost",
        ],
    ),
    ([], MANY[:2], ["`run` now returns '0'", "`run` now returns '1'"]),
    ([], [returned("a")] * 3, ["`run` now returns 'a' 3 times"]),
)


@pytest.mark.parametrize(("old", "new", "wanted"), RUNS)
def test_a_run_of_sentences_that_differ_in_a_value_is_one(
    old: list[Event], new: list[Event], wanted: list[str]
) -> None:
    """Three and more of them; of many values, the first two and the last are named."""
    found = find_changes(trace(*old), trace(*new))

    assert [text for _, text, _ in fold(found, lambda one: one.minor)] == wanted


@pytest.mark.parametrize(("old", "new", "wanted"), REPEATED)
def test_what_still_happens_is_neither_new_nor_gone(
    old: list[Event], new: list[Event], wanted: list[str]
) -> None:
    """An event of which there is one more, or one less, is counted."""
    assert said(trace(*old), trace(*new)) == wanted


def test_what_another_thread_does_now_is_said_to_be_there() -> None:
    """It is neither new nor gone; a second call in another thread is one more."""
    other = dataclasses.replace(NONE, lane=OTHER)

    assert said(trace(NONE), trace(other)) == [
        "`on_close` is now called in a second thread or task"
    ]
    assert said(trace(other), trace(NONE)) == [
        "`on_close` is now called in the first thread or task"
    ]
    assert said(trace(NONE), trace(NONE, dataclasses.replace(BYE, lane=OTHER))) == [
        "`on_close` is now called twice, before once: also with (1000, 'x')"
    ]


ERRORS = (
    (
        describe_exception("Lost", code=1),
        describe_exception("Lost"),
        ["the Lost that `recv` raises no longer has `code`"],
    ),
    (
        describe_exception("Lost", code=1),
        describe_exception("Lost", status=1),
        ["`code` of the Lost that `recv` raises is now called `status`"],
    ),
    (
        describe_exception("Lost"),
        describe_exception("Gone"),
        ["`recv` raised Lost, now raises Gone"],
    ),
    (
        describe_exception("Lost", code=None),
        describe_exception("Lost", code=1006),
        ["`recv` still raises Lost, but its `code` was None, now is 1006"],
    ),
    (
        describe_exception("Lost", code=1, status=2),
        describe_exception("Gone", code=3),
        ["`recv` raised Lost(status=2), now raises Gone; its `code` was 1, now is 3"],
    ),
    (
        describe_exception("Lost", cause={"exception": "OSError", "text": ""}),
        describe_exception("Lost"),
        ["the __cause__ of what `recv` raises was OSError, now is nothing"],
    ),
    (
        describe_exception("Lost", "a"),
        describe_exception("Lost", "b"),
        ["(a text was 'a', now is 'b')"],
    ),
)


@pytest.mark.parametrize(("old", "new", "wanted"), ERRORS)
def test_exceptions_are_reported(old: Value, new: Value, wanted: list[str]) -> None:
    """Of an exception its class, attributes and cause are reported; its text is minor."""
    traces = [trace(report("closed", "recv", one, how="raised")) for one in (old, new)]

    assert said(*traces) == wanted


def test_other_bases_are_shown() -> None:
    """An exception of the same name and other bases is another one."""
    other = {"exception": "Lost", "bases": ["OSError"], "text": ""}
    traces = [
        trace(report("x", "recv", one, how="raised")) for one in (describe_exception("Lost"), other)
    ]

    assert said(*traces) == [
        "the Lost that `recv` raises was derived from Exception, BaseException, "
        "now is derived from OSError"
    ]


def test_values_of_one_name_are_shown_where_they_differ() -> None:
    """Two codes that are each the peer's are shown as they are."""
    frames = [peer_sends("close frame", code, "") for code in (1000, 1001)]
    traces = [trace(frame, report("closed", "on_close", frame.args[0])) for frame in frames]

    assert said(*traces)[0] == "`on_close` got 1000, now gets 1001"


DURATIONS = (
    ("at once", "1 x timeout", "ends after the timeout; before, it ended at once"),
    (
        "2 x close_timeout",
        "at once",
        "ends at once; before, it ended after 20 s (as long as 2 x close_timeout)",
    ),
    ("at once", "hang", "never ends; before, it ended at once"),
    ("hang", "33 s", "ends after 33 s; before, it never ended"),
    (
        "at once",
        "2 x close_timeout",
        "ends after 20 s (as long as 2 x close_timeout); before, it ended at once",
    ),
    (
        "1 x open_timeout",
        "1 x close_timeout",
        "ends after 10 s (as long as close_timeout); before, "
        "it ended after 10 s (as long as open_timeout)",
    ),
)


@pytest.mark.parametrize(("old", "new", "wanted"), DURATIONS)
def test_durations_are_reported(old: str, new: str, wanted: str) -> None:
    """How long it takes is reported in terms of the timeouts, or in seconds."""
    traces = [
        dataclasses.replace(trace(waited=waited), surface="websockets_asyncio_client")
        for waited in (old, new)
    ]

    assert said(*traces) == [f"the application now {wanted}"]


def test_a_duration_on_an_unknown_surface_is_a_count_of_timeouts() -> None:
    """How many seconds these are is not known then, and no number is made up."""
    assert said(trace(), trace(waited="2 x close_timeout")) == [
        "the application now ends after as long as 2 x close_timeout; before, it ended at once"
    ]


FRAMES: tuple[tuple[list[Event], list[Event], str], ...] = (
    ([], [peer_receives("close frame")], "now also sends an empty close frame"),
    ([peer_receives("ping frame")], [], "no longer sends a ping frame"),
    (
        [peer_receives("close frame", 1000, "")],
        [peer_receives("ping frame"), peer_receives("close frame", 1001, "why")],
        "sent a close frame with 1000 and no reason, now sends a ping frame, then a close frame "
        "with 1001 and a reason in its own words",
    ),
    (
        [peer_receives("end of TCP", kind="end")],
        [Event("wire", "end", "TCP open", "left")],
        "sent the end of TCP, now leaves TCP open",
    ),
)


@pytest.mark.parametrize(("old", "new", "wanted"), FRAMES)
def test_the_wire_is_reported(old: list[Event], new: list[Event], wanted: str) -> None:
    """What the library puts on the wire is reported, and only what differs of it."""
    start = peer_receives("request", kind="handshake")
    both = [trace(start, peer_sends("FIN"), *one) for one in (old, new)]

    assert said(*both) == [f"on the wire {the_library(wanted)}"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("403", "101", "the opening is now accepted; before, it was refused with the 403 response"),
        ("101", "426", "the opening is now refused with the 426 response; before, it was accepted"),
    ],
)
def test_another_answer_to_the_opening_comes_first(old: str, new: str, wanted: str) -> None:
    """Of a server of the library; what it is made of is told as well."""
    start = peer_sends("request", kind="handshake")
    both = [
        trace(start, peer_receives(f"{status} response", kind="handshake"), peer_sends("FIN"))
        for status in (old, new)
    ]
    first, *others = said(*both)

    assert first == wanted
    assert len(others) == 1


def test_refusals_are_not_openings() -> None:
    """One refusal in place of another is told as what goes over the wire."""
    both = [
        trace(peer_receives(f"{status} response", kind="handshake")) for status in ("403", "400")
    ]

    assert not any("the opening" in one for one in said(*both))


def the_library(text: str) -> str:
    """The sentence with its subject."""
    return f"the library {text}"


def test_reasons_of_the_librarys_own_are_wording() -> None:
    """A close reason that no script gave is minor."""
    frames = [peer_receives("close frame", 1009, text) for text in ("too big", "over the limit")]

    assert said(*map(trace, frames)) == ["(a text was 'too big', now is 'over the limit')"]


def test_how_a_number_is_written_is_minor() -> None:
    """An application that compares or adds it sees no difference."""
    assert said(trace(returned(0)), trace(returned(0.0))) == ["(`run` returned 0, now 0.0)"]
    assert said(trace(returned(0)), trace(returned(0.5))) == ["`run` returned 0, now 0.5"]


def test_an_order_is_minor() -> None:
    """An order that nothing promises is minor."""
    assert said(trace(ERROR, CLOSE), trace(CLOSE, ERROR)) == [
        "(`on_close` now comes before `on_error`)"
    ]


def test_nothing_goes_untold() -> None:
    """A difference that has no words of its own is reported all the same."""
    kinds = [trace(report(kind, "on_close")) for kind in ("closed", "data")]
    peers = [trace(peer_sends("close frame", code, "")) for code in (1000, 1001)]

    assert said(*kinds) == [
        "application: closed on_close called [] None before, now data on_close called [] None"
    ]
    assert said(*peers)[0].startswith("wire: frame close frame sent [1000")


def test_another_connection_is_reported() -> None:
    """The same frame, which the library puts on another of several connections."""
    frame = peer_receives("text frame", "hello")
    first, second = trace(frame), trace(dataclasses.replace(frame, where="connection 2"))

    assert said(first, second) == [
        "wire: frame text frame received ['hello'] None before, "
        "now frame text frame received on connection 2 ['hello'] None"
    ]


def test_a_second_lane_is_apart() -> None:
    """What a second thread sees is not mixed with the first."""
    second = Event(OTHER, "returned", "close", "returned", (None,))

    assert said(trace(), trace(second)) == ["`close` now returns None"]
    assert said(trace(second), trace(peer_sends("FIN", kind="end"), second))[0].startswith("wire: ")
