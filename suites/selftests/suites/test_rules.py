"""Every rule fails for a miniature that is wrong in its way, and holds for the right one."""

from __future__ import annotations

import pytest

from fixtures.model.actions import GIVEN_UP
from fixtures.model.event import Event
from fixtures.model.scenario import SCENARIOS, Scenario, scenario
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from suites.judging.finding import Finding
from suites.judging.rules import RULES
from suites.judging.trace_queries import frame_marks, is_broken

from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import (
    ANSWER,
    REQUEST,
    make_trace,
    peer_receives,
    peer_sends,
    play,
    report,
)


@scenario(rfc="7.1.1")
def two_connections(server: Peer) -> None:
    """The server closes, and closes the next connection as well."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_close(1001, "bye again")
    server.await_close()


SCENARIOS.pop(two_connections.name)

WRONG: list[tuple[str, type[m.Good], str | Scenario]] = [
    ("close_is_reported_once", m.ClosesTwice, "peer_closes_first"),
    ("nothing_is_reported_after_the_close", m.FailsAfterTheClose, "peer_closes_first"),
    ("nothing_is_reported_after_the_close", m.FailsAfterTheSecondClose, two_connections),
    ("opened_is_reported_once_and_first", m.OpensTwice, "peer_closes_first"),
    ("opened_is_reported_once_and_first", m.OpensLate, "peer_closes_after_messages"),
    ("opened_is_reported_once_and_first", m.OpensElsewhere, "peer_closes_after_messages"),
    ("opened_means_a_complete_handshake", m.OpensWhenRefused, "server_refuses_with_404"),
    ("opened_means_a_complete_handshake", m.AcceptsAnyAnswer, "accept_value_is_wrong"),
    ("reported_code_is_the_peers", m.ReportsItsOwnCode, "right_after_the_handshake"),
    ("reported_code_is_the_peers", m.ReportsItsOwnCode, "right_after_the_handshake_over_tls"),
    ("reported_code_is_the_peers", m.ReportsTheLastCode, "peer_sends_two_close_frames"),
    ("reported_code_is_the_peers", m.ReportsAbnormalClosure, "peer_closes_with_empty_frame"),
    ("reported_code_is_the_peers", m.ReportsItsOwnCode, "peer_ends"),
    ("one_close_frame_is_sent", m.SendsTwoCloseFrames, "peer_closes_first"),
    ("nothing_is_sent_after_the_close_frame", m.SendsAfterItsClose, "peer_closes_first"),
    ("sent_close_code_is_legal", m.SendsAnIllegalCode, "peer_closes_first"),
    ("leaving_is_no_internal_error", m.LeavesWithAnError, "application_leaves_on_message"),
    ("close_frame_is_answered", m.NeverAnswers, "peer_closes_first"),
    (
        "data_after_the_close_frame_is_dropped",
        m.DeliversLateData,
        "peer_sends_data_after_its_close",
    ),
    ("a_broken_frame_fails_the_connection", m.AcceptsEverything, "server_masks_a_frame"),
    *(
        (
            "a_broken_frame_fails_the_connection",
            m.AcceptsEverything,
            f"peer_breaks_the_protocol_{how}",
        )
        for how in ("rsv2_set", "reserved_opcode", "fragmented_ping", "oversized_ping")
    ),
    (
        "a_broken_frame_fails_the_connection",
        m.AcceptsEverything,
        "peer_breaks_the_protocol_text_not_utf8",
    ),
    ("the_run_ends", m.WaitsForEver, "peer_closes_first"),
    ("nothing_keeps_running", m.LeavesATask, "peer_closes_first"),
    ("no_exception_is_lost", m.LosesAnException, "peer_closes_first"),
    ("the_end_is_told", m.SaysNothingAtTheEnd, "peer_closes_first"),
    ("the_opening_is_told", m.NeverOpens, "peer_closes_first"),
    ("the_close_frame_that_came_is_told", m.ForgetsTheReason, "peer_closes_first"),
    ("the_close_frame_that_came_is_told", m.ReportsNoCode, "peer_closes_first"),
    ("the_close_frame_that_came_is_told", m.ReportsNoCode, "application_closes_on_message"),
    ("nothing_waits_for_what_has_come", m.WaitsTooLong, "peer_closes_first"),
    *(
        ("what_is_reported_was_sent_in_this_order", wrong, "peer_closes_after_messages")
        for wrong in (m.SwapsMessages, m.DeliversTwice, m.AltersMessages)
    ),
    ("opening_request_is_a_get", m.AsksWithPost, "peer_closes_first"),
    ("reported_reason_is_the_peers", m.InventsAReason, "peer_ends"),
    ("a_failure_is_reported_once", m.FailsTwice, "server_refuses_with_404"),
    ("opened_is_reported_once_and_first", m.FailsBeforeTheOpening, "peer_closes_first"),
    ("nothing_is_reported_after_the_run", m.ClosesAfterTheRun, "peer_closes_first"),
    (
        "what_is_reported_was_sent_in_this_order",
        m.InventsAPingsPayload,
        "application_closes_on_ping",
    ),
]


def name(value: object) -> str:
    """A miniature, a scenario or a rule as a part of a test id."""
    return getattr(value, "__name__", str(value))


def broken(trace: Trace) -> list[str]:
    """The names of the rules that do not hold for a trace."""
    found = [(rule.id, rule.judge(trace)) for rule in RULES.values()]
    return [rule.removeprefix("rule.") for rule, one in found if one and not one.holds]


def apply(trace: Trace) -> set[str]:
    """The rules that have something to look at in a trace."""
    return {rule.id for rule in RULES.values() if rule.judge(trace)}


@pytest.fixture(scope="module")
def good(certificates: Certificates) -> dict[str, Trace]:
    """The good miniature's trace in every scenario that it can play."""
    surface = m.surface()
    playable = [
        one for one in SCENARIOS.values() if surface.plays(one) and not surface.explain_missing(one)
    ]
    return {one.name: play(m.Good, one, certificates) for one in playable}


@pytest.mark.parametrize(("rule", "wrong", "played"), WRONG, ids=name)
def test_a_wrong_miniature_breaks_just_its_rule(
    rule: str, wrong: type[m.Good], played: str | Scenario, certificates: Certificates
) -> None:
    """A miniature that is wrong in one way breaks one rule, and the run is judged."""
    trace = play(wrong, played, certificates)

    assert broken(trace) == [rule]
    assert trace.problems == ()


def test_every_rule_has_a_miniature_that_breaks_it() -> None:
    """A new rule is red here until a miniature is wrong in exactly its way."""
    assert {f"rule.{rule}" for rule, _, _ in WRONG} == set(RULES)


def test_the_good_miniature_keeps_every_rule_everywhere(good: dict[str, Trace]) -> None:
    """In every scenario no rule is broken, and every rule is applied in some."""
    assert [one.scenario for one in good.values() if broken(one) or one.problems] == []
    assert set().union(*map(apply, good.values())) == set(RULES)


@pytest.mark.parametrize(
    ("miniature", "played"),
    [
        (m.ConnectsTwice, two_connections),
        (m.EndsInsteadOfClosing, "peer_answers_with_another_code"),
        (m.ReportsTheApplicationsError, "application_raises_at_the_end"),
    ],
    ids=name,
)
def test_what_is_merely_odd_breaks_no_rule(miniature: type[m.Good], played: str | Scenario) -> None:
    """Two connections, FIN in place of a close frame, an error the application asked for."""
    assert broken(play(miniature, played)) == []


def test_close_frames_are_counted_for_each_connection() -> None:
    """A connection without a close frame does not compensate for one with two."""
    frames = [peer_receives("close frame", 1000, ""), peer_receives("close frame", 1000, "")]

    assert broken(make_trace(REQUEST, ANSWER, *frames, REQUEST, ANSWER)) == [
        "one_close_frame_is_sent"
    ]


def test_a_code_is_not_allowed_by_a_connection_that_did_not_open() -> None:
    """After a redirect, 1006 is not the code of the connection that opened and was closed."""
    redirected = [REQUEST, peer_sends("302 response", kind="handshake"), REQUEST, ANSWER]
    closed = [peer_sends("close frame", 1000, ""), report("closed", "on_close", 1006, code=1006)]

    assert broken(make_trace(*redirected, *closed)) == ["reported_code_is_the_peers"]


@pytest.mark.parametrize(
    ("frame", "marks"),
    [
        (peer_sends("close frame", 4000, "rsv 2"), ()),
        (peer_sends("close frame", 4000, "masked", "rsv 2"), ("rsv 2",)),
        (peer_sends("close frame", "not final"), ("not final",)),
        (peer_sends("close frame", "x", "rsv 2"), ("rsv 2",)),
        (peer_sends("text frame", "rsv 2"), ()),
        (peer_sends("text frame", "a", "rsv 2"), ("rsv 2",)),
        (peer_receives("ping frame", "rsv 4"), ("rsv 4",)),
    ],
)
def test_a_reason_is_no_mark_of_its_frame(frame: Event, marks: tuple[str, ...]) -> None:
    """What is odd about a frame stands behind its payload, whatever that says."""
    assert frame_marks(frame) == marks
    assert is_broken(frame) == (frame.how == "sent" and bool(marks))


def test_a_close_frame_of_one_byte_has_no_code() -> None:
    """The peer's close frame of one byte is reported as abnormal closure, not by its byte."""
    trace = make_trace(
        peer_sends("close frame", "x"), report("closed", "on_close", 1006, code=1006)
    )

    assert broken(trace) == []


def test_nobody_answers_a_peer_that_ends_behind_its_close_frame() -> None:
    """A close frame with FIN right behind it need not be answered."""
    trace = make_trace(
        REQUEST,
        ANSWER,
        report("opened", "on_open"),
        report("closed", "on_close"),
        peer_sends("close frame", 1000, "bye"),
        peer_sends("FIN", kind="end"),
    )

    assert "rule.close_frame_is_answered" not in apply(trace)


@pytest.mark.parametrize(
    ("opened", "last", "rules"),
    [
        (report("opened", "connect", how="returned"), [], []),
        (report("opened", "handler"), [report("cleaned up", "finally", how="reached")], []),
        (report("opened", "on_open"), [report("raised", "run", how="raised")], []),
        (report("opened", "on_open"), [], ["the_end_is_told"]),
    ],
    ids=["in a block", "in a handler", "let out by a callback", "in a callback"],
)
def test_who_leaves_with_an_exception_needs_no_report_of_the_end(
    opened: Event, last: list[Event], rules: list[str]
) -> None:
    """A call of the application that raises ends a block; what a callback raises ends nothing."""
    acted = report("acted", "send", how="acted")
    raised = report("raised", "send", "Closed", how="raised")

    assert broken(make_trace(REQUEST, ANSWER, opened, acted, raised, *last)) == rules


def test_a_run_that_hangs_is_judged_by_few_rules() -> None:
    """What a hang prevents is not counted as a second failure; it is one, whatever its reason."""
    opened = report("opened", "on_open")
    trace = make_trace(REQUEST, ANSWER, opened, peer_sends("opcode 0xb frame"), waited="hang")

    assert broken(trace) == ["the_run_ends"]
    assert RULES["rule.the_run_ends"].judge(make_trace(waited="connects again")) == Finding(
        holds=False, seen="connects again"
    )
    assert apply(trace) == {
        "rule.opened_is_reported_once_and_first",
        "rule.opened_means_a_complete_handshake",
        "rule.the_run_ends",
    }


TOLD = report("closed", "on_close", 1000, "bye", code=1000)
OPENED = report("opened", "on_open")


@pytest.mark.parametrize(
    "events",
    [
        [peer_sends("close frame", 1000, "bye"), report("closed", "on_close", None, None)],
        [peer_sends("close frame", 1000, "bye"), report("closed", "on_close", 1000, "", code=1000)],
    ],
    ids=["no code", "no reason"],
)
def test_half_a_close_frame_is_not_told(events: list[Event]) -> None:
    """The code is told, and the reason as well."""
    answer = peer_receives("close frame", 1000, "")

    assert broken(make_trace(REQUEST, ANSWER, OPENED, *events, answer)) == [
        "the_close_frame_that_came_is_told"
    ]


def test_the_reason_is_the_argument_after_the_code() -> None:
    """A callback may have others before, such as whether the close was clean."""
    frames = [peer_sends("close frame", 1000, "bye"), peer_receives("close frame", 1000, "")]
    told, wrong = (
        report("closed", "onClose", True, 1000, reason, code=1000) for reason in ("bye", "")
    )

    assert broken(make_trace(REQUEST, ANSWER, OPENED, *frames, told)) == []
    assert broken(make_trace(REQUEST, ANSWER, OPENED, *frames, wrong)) == [
        "the_close_frame_that_came_is_told"
    ]


@pytest.mark.parametrize(
    "before",
    [
        [peer_receives("end of TCP", kind="end")],
        [peer_sends("text frame", "odd", "rsv 2")],
        [peer_receives("close frame", 1011, "")],
        [report("failed", "on_error", {"exception": "Late", "bases": []})],
    ],
    ids=["ended", "broken", "failed by the library", "told of another failure"],
)
def test_a_close_frame_that_comes_too_late_need_not_be_told(before: list[Event]) -> None:
    """An endpoint that has ended or failed the connection itself may tell of that instead."""
    late = [peer_sends("close frame", 1000, "bye"), report("closed", "on_close", None, None)]

    assert "rule.the_close_frame_that_came_is_told" not in apply(
        make_trace(REQUEST, ANSWER, OPENED, *before, *late)
    )


def test_a_reset_may_destroy_the_close_frame() -> None:
    """What has arrived and has not been read is lost with a reset."""
    frames = [peer_sends("close frame", 1000, "bye"), peer_sends("RST", kind="end")]

    assert "rule.the_close_frame_that_came_is_told" not in apply(
        make_trace(REQUEST, ANSWER, OPENED, *frames, report("closed", "on_close", None, None))
    )


def test_an_application_may_wait_before_it_gives_up() -> None:
    """A timeout of its own is no wait of the library's."""
    rule, given_up = "nothing_waits_for_what_has_come", report(GIVEN_UP, "recv", how="raised")
    events = (REQUEST, ANSWER, OPENED, TOLD, peer_sends("FIN", kind="end"))

    assert rule in broken(make_trace(*events, waited="1.0 s"))
    assert rule not in broken(make_trace(*events, given_up, waited="1.0 s"))


def test_a_library_may_wait_for_the_end_of_tcp_once() -> None:
    """One close timeout is allowed if the peer does not end TCP, and no more."""
    closed = [peer_sends("close frame", 1000, "bye"), peer_receives("close frame", 1000, "")]
    events = (REQUEST, ANSWER, OPENED, TOLD, *closed, peer_receives("end of TCP", kind="end"))

    assert broken(make_trace(*events, waited="1 x close_timeout")) == []
    assert broken(make_trace(*events, waited="3 x close_timeout")) == [
        "nothing_waits_for_what_has_come"
    ]
    assert broken(
        make_trace(*events[:-1], peer_sends("FIN", kind="end"), waited="1 x close_timeout")
    ) == ["nothing_waits_for_what_has_come"]


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        (["ab"], []),
        (["a", "b"], []),
        (["b", "a"], ["what_is_reported_was_sent_in_this_order"]),
        (["ab", "a"], ["what_is_reported_was_sent_in_this_order"]),
    ],
)
def test_fragments_are_reported_one_by_one_or_as_a_whole(
    texts: list[str], rules: list[str]
) -> None:
    """Both are what was sent, but not in another order."""
    first = peer_sends("text frame", "a", "not final")
    reported = [report("message", "on_message", text) for text in texts]
    events = [first, peer_sends("continuation frame", {"bytes": "b"}), *reported]
    end = report("failed", "on_error")

    assert broken(make_trace(REQUEST, ANSWER, OPENED, *events, end)) == rules
