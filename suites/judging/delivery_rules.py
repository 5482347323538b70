"""Rules about what reaches the application: in which order, which close frame, and how soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fixtures.model.actions import (
    CLOSED,
    CONTINUED,
    DATA,
    FAILED,
    GIVEN_UP,
    MESSAGE,
    OPENED,
    PING,
    PONG,
)
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from fixtures.model.wire_names import read_status
from fixtures.peer.steps import has_pause

from .expectations import Finding
from .finding import AT_THE_END
from .rule import COMMON_SENSE, rule
from .trace_queries import (
    find_broken_frames,
    find_positions,
    frame_marks,
    is_legal,
    read_bytes,
    was_refused,
)

Payload = tuple[str, bytes]
"""What is delivered: the kind of the event that reports it, and the bytes."""

MESSAGE_FRAMES = frozenset({"text frame", "binary frame", "continuation frame"})
CONTROL_FRAMES = {"ping frame": PING, "pong frame": PONG}


@rule("RFC 6455, 5.4 and 6.2")
def what_is_reported_was_sent_in_this_order(trace: Trace) -> Finding | None:
    """Messages, pings and pongs are reported as they were sent: unaltered, in order, each once."""
    wire = trace.lanes[WIRE]
    # A frame that is sent again and again is in the log once; what a broken frame means is open.
    if find_broken_frames(wire) or any(e.how == "begun" and "frame" in e.name for e in wire):
        return None
    sent = [one for connection in trace.connections for one in _list_payloads(connection)]
    streams = [
        [event for event in trace.lanes[lane] if event.kind in kinds]
        for lane in (APPLICATION, OTHER)
        for kinds in ({MESSAGE, CONTINUED, PING, PONG}, {DATA})
    ]
    if not any(streams):
        return None
    wrong = [event for stream in streams for event in _find_misplaced(stream, sent)]
    return Finding(not wrong, tuple(wrong or streams[0]))


def _list_payloads(connection: Iterable[Event]) -> Iterator[Payload]:
    """What the peer's frames carry, in order: fragments, whole messages, pings and pongs."""
    parts: list[bytes] = []
    for event in connection:
        if event.kind != "frame" or event.how != "sent":
            continue
        payload = read_bytes(event.args[:1])
        if event.name in CONTROL_FRAMES:
            yield CONTROL_FRAMES[event.name], payload
        elif event.name in MESSAGE_FRAMES:
            yield MESSAGE, payload
            parts.append(payload)
            if "not final" not in frame_marks(event):
                if len(parts) > 1:
                    yield MESSAGE, b"".join(parts)
                parts = []


def _find_misplaced(reported: Iterable[Event], sent: Sequence[Payload]) -> Iterator[Event]:
    """The reports of what was not sent, or not after what was reported before."""
    at = 0
    for event in reported:
        wanted = _read_payload(event)
        if wanted in sent[at:]:
            at = sent.index(wanted, at) + 1
        else:
            yield event


def _read_payload(event: Event) -> Payload:
    return event.kind if event.kind in {PING, PONG} else MESSAGE, read_bytes(event.args)


@rule("RFC 6455, 7.1.5 and 7.1.6")
def the_close_frame_that_came_is_told(trace: Trace) -> Finding | None:
    """The end that is reported is the legal close frame that arrived before the end."""
    frames = [_find_close(connection, trace) for connection in trace.connections]
    reported = [event for event in trace.reports[CLOSED] if _reports_code(event)]
    if None in frames or not reported or trace.hangs or _has_other_failure(trace):
        return None
    told = [frame for frame in frames if frame is not None]
    wrong = [event for event in reported if not any(_tells(event, frame) for frame in told)]
    return Finding(not wrong, tuple(wrong or reported))


def _find_close(connection: Sequence[Event], trace: Trace) -> Event | None:
    """The peer's close frame, if it has to be told: legal, on an open connection, read by all.

    A library that fails the connection itself need not tell of a close frame that answers.
    """
    sent = find_positions(connection, "close frame", "sent")
    if not sent or not is_legal(connection[sent[0]]):
        return None
    before, after = connection[: sent[0]], connection[sent[0] :]
    opened = any(event.name == "101 response" and not event.args for event in before)
    ended = any(event.kind == "end" for event in before) or bool(find_broken_frames(before))
    # A reset may destroy what has arrived and has not been read.
    reset = any(event.name == "RST" for event in after)
    fails = _is_closed_by_library(connection) and not _has_closed(trace)
    return connection[sent[0]] if opened and not (ended or reset or fails) else None


def _has_closed(trace: Trace) -> bool:
    """Whether the application has called close()."""
    return any((event.kind, event.name) == ("acted", "close") for event in trace.events)


def _is_closed_by_library(connection: Sequence[Event]) -> bool:
    """Whether the library's close frame comes before a close frame or an end of the peer's."""
    ends = [event for event in connection if event.name == "close frame" or event.kind == "end"]
    return [(event.name, event.how) for event in ends][:1] == [("close frame", "received")]


def _reports_code(event: Event) -> bool:
    """Whether a report of the close has a place for the code."""
    if event.how == "raised":
        return event.code is not None or "rcvd" in event.args[0]
    return event.code is not None or event.args[:1] == (None,)


def _has_other_failure(trace: Trace) -> bool:
    """Whether a failure is reported that is not about a close."""
    found = [arg for event in trace.reports[FAILED] for arg in event.args]
    names = [str(arg.get("exception", "")) for arg in found if isinstance(arg, Mapping)]
    return any(name and "Closed" not in name for name in names)


def _tells(report: Event, frame: Event) -> bool:
    """Whether a report has the code and the reason of a close frame.

    Another code is broken by `reported_code_is_the_peers`; here it is one that is missing. The
    reason is the argument after the code.
    """
    code, reason = (*frame.args, None, None)[:2]
    if report.code is None:
        return code is None
    if report.code != code or report.how != "called" or not reason:
        return True
    place = report.args.index(code) + 1 if code in report.args else 1
    return report.args[place : place + 1] in ((), (reason,))


@rule("RFC 6455, 4.1")
def the_opening_is_told(trace: Trace) -> Finding | None:
    """An application that is told of the close of an open connection was told of the opening."""
    answers = [event for event in trace.lanes[WIRE] if event.name == "101 response"]
    closed = trace.reports[CLOSED]
    if not closed or not answers or trace.hangs or _has_other_failure(trace):
        return None
    if trace.connection_count > 1 or any(event.args for event in answers):
        return None
    return Finding(bool(trace.reports[OPENED]), tuple(trace.reports[OPENED] or closed))


@rule(COMMON_SENSE, about=[AT_THE_END])
def nothing_waits_for_what_has_come(trace: Trace) -> Finding | None:
    """Once both ends have closed, or the peer has ended TCP, the run is over at once."""
    if not all(map(_is_over, trace.connections)) or _has_to_wait(trace) or _connects_again(trace):
        return None
    if not trace.reports[CLOSED] and not trace.reports[FAILED]:
        return None  # an application that is told of no end decides itself how long it waits
    if not _has_closed(trace) and any(map(_is_closed_by_library, trace.connections)):
        return None  # it has waited for as long as it does before it closes
    allowed = {"at once"}
    if not all(map(_is_ended_by_peer, trace.connections)):
        allowed |= {"1 x close_timeout", "1 x timeout"}  # for TCP to be ended as well
    return Finding(trace.waited in allowed, trace.waited)


def _connects_again(trace: Trace) -> bool:
    """Whether there are several attempts to connect: the delay between them is the program's."""
    return trace.connection_count > 1 or any(map(was_refused, trace.reports[FAILED]))


def _is_ended_by_peer(connection: Sequence[Event]) -> bool:
    """Whether the peer ends TCP before the library does."""
    return [event.how for event in connection if event.kind == "end"][:1] == ["sent"]


def _is_over(connection: Sequence[Event]) -> bool:
    """Whether nothing more can come: both closed, the peer ended TCP, or it refused to open."""
    done = {(event.name, event.how) for event in connection}
    answers = [event for event in connection if read_status(event.name) is not None]
    if any(event.args for event in answers if event.name == "101 response"):
        return False  # an answer that completes nothing: who ends is left open
    if [event for event in answers if event.how == "sent" and event.name != "101 response"]:
        return True
    both_closed = {("close frame", "received"), ("close frame", "sent")} <= done
    return both_closed or _is_ended_by_peer(connection)


def _has_to_wait(trace: Trace) -> bool:
    """Whether the script or the application takes its time, or a timeout is what it is all about.

    A loop of the program's own runs until its last timer, whoever has set that.
    """
    wire, scenario = trace.lanes[WIRE], SCENARIOS.get(trace.scenario)
    failures = [str(arg) for event in trace.reports[FAILED] for arg in event.args]
    return (
        trace.hangs
        or (scenario is not None and has_pause(scenario.script))
        or any(event.name == "dispatch" for event in trace.lanes[APPLICATION])
        or bool(trace.reports[GIVEN_UP])
        or any(event.how in {"begun", "failed"} for event in wire)
        or bool(find_broken_frames(wire))
        or ("ping frame", "received") in [(event.name, event.how) for event in wire]
        or any("Timeout" in text for text in failures)
    )
