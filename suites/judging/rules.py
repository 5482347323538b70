"""Rules: what holds for every library, by RFC 6455 or by common sense.

Importing this module declares all of them, those of `delivery_rules` and `report_rules` as well.
"""

from __future__ import annotations

from fixtures.model.actions import CLOSED, CONTINUED, DATA, FAILED, MESSAGE, OPENED, PING, PONG
from fixtures.model.end_facts import LEFTOVERS
from fixtures.model.event import APPLICATION, WIRE
from fixtures.model.trace import Trace
from fixtures.run.interrupting import SIGINT

from . import delivery_rules, report_rules  # noqa: F401 -- they declare their rules
from .expectations import Finding, close_frames
from .finding import AT_THE_END, ON_THE_WIRE
from .rule import COMMON_SENSE, rule
from .rule import RULES as RULES
from .rule import Rule as Rule
from .scope import RELEASE
from .trace_queries import (
    find_broken_frames,
    find_events,
    find_frames_after_close,
    find_positions,
    has_end,
    has_left_with_own_call,
    is_legal,
    list_reportable_codes,
    was_refused,
)

REPORTS = frozenset({OPENED, MESSAGE, PING, PONG, FAILED})
"""The kinds of events that are about a connection that is not closed."""
BEGINNINGS = (OPENED, DATA, MESSAGE, CONTINUED, PING, PONG, FAILED)
"""The kinds of events of which an opening is the first."""
INTERNAL_ERROR = 1011
DATA_FRAMES = frozenset({"text frame", "binary frame", "continuation frame"})


@rule("RFC 6455, 7.1.4")
def close_is_reported_once(trace: Trace) -> Finding | None:
    """The close of a connection is reported at most once."""
    reported = trace.reports[CLOSED]
    if not reported:
        return None
    return Finding(len(reported) <= trace.connection_count, tuple(reported))


@rule("RFC 6455, 7.1.4")
def nothing_is_reported_after_the_close(trace: Trace) -> Finding | None:
    """After the close of a connection is reported, nothing more is reported of it."""
    if not any(event.kind == CLOSED for event in trace.application_events):
        return None
    closed, acted, late = False, False, []
    for event in trace.application_events:
        if event.kind == OPENED and trace.connection_count > 1:
            closed = acted = False
        # What the library answers to an act of the application after the close is no report.
        elif closed and event.kind in (REPORTS - {FAILED} if acted else REPORTS):
            late += [event] if event.how != "raised" else []
        closed = closed or event.kind == CLOSED
        acted = closed and (acted or event.kind == "acted")
    return Finding(not late, tuple(late))


@rule("RFC 6455, 4.1")
def opened_is_reported_once_and_first(trace: Trace) -> Finding | None:
    """The opening is reported at most once for a connection, and before all else about it."""
    opened = trace.reports[OPENED]
    reported = find_events(trace, OPENED, DATA, MESSAGE, CONTINUED, PING, PONG)
    if opened and trace.connection_count == 1:
        reported = [e for e in find_events(trace, *BEGINNINGS) if not was_refused(e)]
    if not reported:
        return None
    return Finding(
        reported[0].kind == OPENED and len(opened) <= trace.connection_count, tuple(reported)
    )


@rule("RFC 6455, 4.1")
def opened_means_a_complete_handshake(trace: Trace) -> Finding | None:
    """The opening is reported only if the opening handshake was completed, and answered once."""
    opened = trace.reports[OPENED]
    if not opened:
        return None
    answers = [event for event in trace.lanes[WIRE] if event.name == "101 response"]
    complete = [event for event in answers if not event.args]
    return Finding(0 < len(complete) <= trace.connection_count, tuple(opened))


@rule("RFC 6455, 7.1.5")
def reported_code_is_the_peers(trace: Trace) -> Finding | None:
    """A close code that is reported is the one in the peer's close frame (1005, 1006: in none)."""
    reported = [event for event in trace.reports[CLOSED] if event.code is not None]
    if not reported:
        return None
    opened = [one for one in trace.connections if "101 response" in [event.name for event in one]]
    allowed = set().union(*map(list_reportable_codes, opened or trace.connections))
    wrong = [event for event in reported if event.code not in allowed]
    return Finding(not wrong, tuple(wrong or reported))


@rule("RFC 6455, 5.5.1")
def one_close_frame_is_sent(trace: Trace) -> Finding | None:
    """An endpoint sends at most one close frame on a connection."""
    frames = close_frames(trace, "received")
    if not frames:
        return None
    most = max([len(find_positions(c, "close frame", "received")) for c in trace.connections])
    return Finding(most <= 1, tuple(frames))


@rule("RFC 6455, 5.5.1")
def nothing_is_sent_after_the_close_frame(trace: Trace) -> Finding | None:
    """After its close frame an endpoint sends no more data frames."""
    late = [
        event
        for connection in trace.connections
        for event in find_frames_after_close(connection, "received")
        if event.name in DATA_FRAMES
    ]
    return Finding(not late, tuple(late)) if close_frames(trace, "received") else None


@rule("RFC 6455, 7.4.1")
def sent_close_code_is_legal(trace: Trace) -> Finding | None:
    """A close frame that is sent carries a code that may be sent, or none."""
    frames = close_frames(trace, "received")
    if not frames:
        return None
    wrong = [event for event in frames if event.args and not is_legal(event)]
    return Finding(not wrong, tuple(wrong or frames))


@rule("RFC 6455, 7.4.1", about=[ON_THE_WIRE])
def leaving_is_no_internal_error(trace: Trace) -> Finding | None:
    """An application that leaves without an exception does not close with 1011, internal error."""
    acts = [event.name for event in trace.lanes[APPLICATION] if event.kind == "acted"]
    if acts[-1:] != ["leave"] or has_left_with_own_call(trace):
        return None
    connection = trace.connections[-1]
    ours = find_positions(connection, "close frame", "received")
    theirs = find_positions(connection, "close frame", "sent")
    if not ours or (theirs and theirs[0] < ours[0]):
        return None
    frame = connection[ours[0]]
    return Finding(frame.args[:1] != (INTERNAL_ERROR,), (frame,))


@rule("RFC 6455, 5.5.1", about=[ON_THE_WIRE])
def close_frame_is_answered(trace: Trace) -> Finding | None:
    """An endpoint that receives a close frame, and has sent none, sends one in response."""
    if not trace.reports[OPENED]:
        return None
    asked = 0
    for connection in trace.connections:
        sent = find_positions(connection, "close frame", "sent")
        if not sent or not is_legal(connection[sent[0]]):
            continue
        before, after = connection[: sent[0]], connection[sent[0] + 1 : sent[0] + 2]
        # No answer can come if the endpoint has ended before, or if the peer ends at once.
        if has_end(before, "received") or has_end(after, "sent"):
            continue
        asked += 1
        if not find_positions(connection, "close frame", "received"):
            return Finding(holds=False, seen="no close frame")
    return Finding(True, "a close frame") if asked else None


@rule("RFC 6455, 1.4 and 5.5.1")
def data_after_the_close_frame_is_dropped(trace: Trace) -> Finding | None:
    """What the peer sends after its close frame is not reported."""
    late = [
        e for connection in trace.connections for e in find_frames_after_close(connection, "sent")
    ]
    if not late:
        return None
    texts = {str(event.args[:1]) for event in late}
    reported = [
        event
        for event in trace.application_events
        if event.kind in {MESSAGE, PING, PONG} and str(event.args[:1]) in texts
    ]
    return Finding(not reported, tuple(reported))


@rule("RFC 6455, 7.1.7")
def a_broken_frame_fails_the_connection(trace: Trace) -> Finding | None:
    """An endpoint that receives a frame it must not accept closes or ends the connection."""
    if trace.hangs:
        return None
    for connection in trace.connections:
        odd = find_broken_frames(connection)
        if not odd:
            continue
        closes = [event for event in connection[odd[0] + 1 :] if event.name == "close frame"]
        # The script starts the closing handshake only if the library has done nothing for long.
        gave_up = bool(closes) and closes[0].how == "sent"
        reported = [event for event in trace.application_events if event.kind == MESSAGE]
        return Finding(not gave_up, tuple(reported) if gave_up else "the connection failed")
    return None


@rule(COMMON_SENSE, about=[AT_THE_END])
def the_run_ends(trace: Trace) -> Finding | None:
    """Once the connection has ended, whatever the application waits for ends as well."""
    return Finding(not trace.hangs, trace.waited if trace.hangs else "ended")


@rule(COMMON_SENSE, scope=RELEASE, about=LEFTOVERS)
def nothing_keeps_running(trace: Trace) -> Finding | None:
    """After the end no thread, task, timer, socket or process of the library is left."""
    if trace.hangs:
        return None
    facts = sorted(trace.facts.items())
    left = [f"{name}: {value}" for name, value in facts if name in LEFTOVERS]
    return Finding(not left, "; ".join(left) or "nothing")


@rule(COMMON_SENSE, about=["unretrieved"])
def no_exception_is_lost(trace: Trace) -> Finding | None:
    """No exception is lost in a thread, a task or a destructor, where it cannot be caught."""
    if trace.hangs:
        return None
    lost = [str(item.get("exception")) for item in trace.facts.get("unretrieved", ())]
    return Finding(not lost, ", ".join(lost) or "nothing")


@rule(COMMON_SENSE)
def the_end_is_told(trace: Trace) -> Finding | None:
    """An application that was notified of the opening is notified of the end, if it still runs."""
    own = {"leave", "cancel", "raise", "stop reading", "abort", SIGINT}
    if not trace.reports[OPENED] or trace.hangs:
        return None
    if any(event.kind == "acted" and event.name in own for event in trace.events):
        return None
    reported = [*trace.reports[CLOSED], *trace.reports[FAILED]]
    if not reported and has_left_with_own_call(trace):
        return None
    return Finding(bool(reported), tuple(reported))
