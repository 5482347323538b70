"""Rules about reports to the application: failures, the reason of a close, the end of the run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fixtures.model.actions import CLOSED, CONTINUED, DATA, FAILED, MESSAGE, OPENED, PING, PONG
from fixtures.model.event import WIRE, Event
from fixtures.model.trace import Trace

from .expectations import Finding, close_frames
from .rule import COMMON_SENSE, rule

ENDS = frozenset({"returned", "raised"})
REPORTS = frozenset({OPENED, DATA, MESSAGE, CONTINUED, PING, PONG, FAILED, CLOSED})
"""The kinds of events that are about a connection."""
FAILING = frozenset({"raise", "send"})
"""Acts of an application that may fail once more, and in the same way."""
REQUEST_LINE = re.compile(r"GET \S+ HTTP/1\.1")


@rule("RFC 6455, 4.1")
def opening_request_is_a_get(trace: Trace) -> Finding | None:
    """The request that opens a connection is a GET of HTTP/1.1."""
    requests = [e for e in trace.lanes[WIRE] if (e.name, e.how) == ("request", "received")]
    found = [event for event in requests if event.args]
    wrong = [event for event in found if not REQUEST_LINE.fullmatch(str(event.args[0]))]
    return Finding(not wrong, tuple(wrong or found)) if found else None


@rule("RFC 6455, 7.1.6")
def reported_reason_is_the_peers(trace: Trace) -> Finding | None:
    """A close reason that is reported is the one in the peer's close frame."""
    called = [event for event in trace.reports[CLOSED] if event.how == "called"]
    reported = [event for event in called if len(event.args) == 2 and event.args[1]]
    if not reported:
        return None
    reasons = [frame.args[1] for frame in close_frames(trace, "sent") if len(frame.args) > 1]
    if not all(isinstance(reason, str) for reason in reasons):
        return None  # no UTF-8: its text depends on how it is decoded
    wrong = [event for event in reported if event.args[1] not in reasons]
    return Finding(not wrong, tuple(wrong or reported))


@rule(COMMON_SENSE)
def a_failure_is_reported_once(trace: Trace) -> Finding | None:
    """One failure of a connection is reported once, unless the application fails again."""
    reported = trace.reports[FAILED]
    if not reported or not any(event.name == "request" for event in trace.lanes[WIRE]):
        return None
    counts = Counter(map(str, reported))
    acted = sum(event.kind == "acted" and event.name in FAILING for event in trace.events)
    most = trace.connection_count + acted
    wrong = [event for event in reported if counts[str(event)] > most]
    return Finding(not wrong, tuple(wrong or reported))


@rule(COMMON_SENSE)
def nothing_is_reported_after_the_run(trace: Trace) -> Finding | None:
    """Once the call that runs the connection has ended, nothing more is reported."""
    events = trace.application_events
    last = _find_end_of_run(events)
    if last is None or trace.hangs:
        return None
    late = [event for event in events[last:] if event.how == "called" and event.kind in REPORTS]
    return Finding(not late, tuple(late))


def _find_end_of_run(events: Sequence[Event]) -> int | None:
    """Where the last call ends that is not an act of the application; None without one."""
    acts = {event.name for event in events if event.kind == "acted"} - {"run again"}
    ends = [
        at
        for at, event in enumerate(events)
        if event.how in ENDS and event.kind in ENDS and event.name not in acts
    ]
    return ends[-1] if ends else None
