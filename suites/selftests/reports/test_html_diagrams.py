"""Sequence diagrams: what is drawn for each event, and what is marked where two runs differ."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.model.event import AT, OTHER, RUN, WIRE, Event
from reports.html.diagram import align, draw, is_marked, put_in_order
from reports.html.diagram_rows import LONGEST, list_rows

from ..miniatures.miniature_pairs import AFTER, BEFORE, describe_exception, trace
from ..miniatures.miniature_traces import ANSWER, REQUEST, peer_receives, peer_sends, report


@pytest.mark.parametrize(
    ("event", "glyph", "label"),
    [
        (report("closed", "on_close", 1000), "cb", "<b>on_<wbr>close</b>(<wbr>1000)"),
        (report("failed", "on_error", 1), "cx", "<b>on_<wbr>error</b>(<wbr>1)"),
        (report("returned", "run", how="returned"), "rt", "<b>run</b> → None"),
        (report("raised", "run", "x", how="raised"), "ex", "<b>run</b> raised &#39;x&#39;"),
        (report("acted", "send", how="acted"), "ac", "<b>send</b>()"),
        (report("left", "block", how="reached"), "pt", "<b>block</b> reached "),
        (Event(OTHER, "acted", "close", "acted"), "ac2", "<b>close</b>()"),
        (Event(RUN, "hang", "the application", "found"), "rn", "<em>the application found</em>"),
        (
            peer_sends("close frame", 1000, "bye"),
            "pc",
            '<span class="tag">CLOSE</span> <b>1000</b> &#39;bye&#39;',
        ),
        (peer_receives("close frame"), "lc", '<span class="tag">CLOSE</span> <b>no code</b> '),
        (peer_receives("text frame", "a"), "lf", '<span class="tag">TEXT</span> &#39;a&#39;'),
        (peer_sends("FIN", kind="end"), "pe", '<span class="tag">FIN</span>'),
        (peer_sends("RST", kind="end"), "pr", '<span class="tag">RST</span>'),
        (peer_receives("end of TCP", kind="end"), "le", '<span class="tag">FIN</span>'),
        (
            Event(WIRE, "end", "TCP open", "left"),
            "lo",
            "<em>TCP open: no FIN was sent</em>",
        ),
        (Event(WIRE, "end", "TLS", "failed"), "lo", "<em>TLS failed</em>"),
        (Event(WIRE, "peer", "pause", "begun"), "pz", "<em>pause</em> "),
        (
            Event(WIRE, "frame", "close frame", "not sent", where="second"),
            "pz",
            "<em>close frame not sent on second</em>",
        ),
        (ANSWER, "ph", "<b>101 Switching Protocols</b> "),
        (
            Event(WIRE, "handshake", "Cookie header", "left out"),
            "lh",
            "Cookie header left out ",
        ),
        (peer_sends("garbage", kind="handshake"), "ph", "garbage "),
        (peer_sends("raw bytes"), "pf", "raw bytes "),
    ],
)
def test_each_event_has_a_glyph_and_a_text(event: Event, glyph: str, label: str) -> None:
    """What the library does and what the peer does come from their own sides."""
    [row] = list_rows([event])

    assert (row.glyph, str(row.label)) == (glyph, label)


def test_time_that_passes_stands_between_the_events() -> None:
    """Where it passes, and how much."""
    later = dataclasses.replace(report("closed", "on_close"), details={AT: 10.0})
    rows = list(list_rows([REQUEST, later]))

    assert [(row.glyph, row.plain) for row in rows] == [
        ("lh", "library sent request"),
        ("w8", "10 s later"),
        ("cb", "on_close()"),
    ]


def test_the_connection_is_open_closing_and_over() -> None:
    """From the handshake to the second of two ends, or to a reset."""
    ends = [peer_sends("FIN", kind="end"), peer_receives("end of TCP", kind="end")]
    rows = list_rows([REQUEST, ANSWER, peer_sends("close frame", 1000), *ends])
    reset = list_rows([REQUEST, ANSWER, peer_sends("RST", kind="end")])

    assert [row.state for row in rows] == ["", "open", "closing", "closing", ""]
    assert [row.state for row in reset] == ["", "open", ""]


def test_a_text_is_never_markup() -> None:
    """Nor can it turn the direction of writing around, or be endless."""
    text = "</script><img src=x>\u202e" + "x" * 10_000
    [row] = list_rows([report("failed", "on_error", describe_exception(text))])

    assert "<img" not in row.label
    assert "\u202e" not in row.label
    assert r"\u202e" in row.label
    assert len(row.plain) <= LONGEST + len("...") + 10


def test_a_second_thread_has_a_lane_of_its_own() -> None:
    """Only where there is one."""
    both = [report("opened", "on_open"), Event(OTHER, "acted", "close", "acted")]

    assert draw(trace(*both)).two_lanes
    assert not draw(BEFORE).two_lanes
    assert draw(trace(*both)).texts == ["on_open()", "the application: close()"]


def test_what_differs_is_marked_on_both_sides() -> None:
    """And nothing else is."""
    pairs = [(str(left), str(right)) for left, right in align(BEFORE, AFTER)]
    marked = [pair for pair in pairs if "minus" in pair[0] or "plus" in pair[1]]

    assert len(pairs) == len(BEFORE.events)
    [(left, right)] = marked
    assert "1000" in left
    assert "None" in right


def test_a_text_that_reads_like_a_mark_is_none() -> None:
    """Whatever a reason says; nor is one with quotes."""
    same = trace(REQUEST, ANSWER, report("closed", "on_close", 1000, 'old minus" new plus"'))
    other = trace(REQUEST, ANSWER)

    assert not any(is_marked(row) for pair in align(same, same) for row in pair)
    assert [*map(is_marked, [*align(same, other)][-1])] == [True, False]


def test_what_is_on_one_side_alone_stands_beside_nothing() -> None:
    """The other side is blank there."""
    less = trace(*BEFORE.events[:-1])
    pairs = list(align(BEFORE, less))

    assert "minus" in pairs[-1][0]
    assert "blank" in pairs[-1][1]


def test_only_the_order_between_lanes_is_no_difference() -> None:
    """The old run is put into the order of the new one, lane by lane."""
    called = report("opened", "on_open")
    old, new = [REQUEST, ANSWER, called], [REQUEST, called, ANSWER]

    assert put_in_order(old, new) == new
    assert not any("plus" in right for _, right in align(trace(*old), trace(*new)))
    assert put_in_order([called, ANSWER], new) == [called, ANSWER]
