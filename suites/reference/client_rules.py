"""What a WebSocket client of another language is to tell its program, from what crossed the wire.

The WHATWG's standard (https://websockets.spec.whatwg.org) leaves the code, the reason and whether a
close was clean to RFC 6455, 7.1.4 to 7.1.6; the close event has all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixtures.model.actions import CLOSED, FAILED, OPENED
from fixtures.model.description import Value
from fixtures.model.event import WIRE, Event
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace

NO_STATUS, ABNORMAL = 1005, 1006
"""What is told of an empty close frame, and of none (RFC 6455, 7.1.5)."""
CLOSE_FRAME, ACCEPTED, RST = "close frame", "101 response", "RST"


def find_broken(scenario: Scenario, trace: Trace) -> list[str]:
    """In a sentence each, what the client is told otherwise than the standards have it."""
    return [*_check_order(scenario, trace), *_check_close(scenario, trace)]


def fails_by_subprotocol(scenario: Scenario, trace: Trace) -> bool:
    """Whether the client has to fail the connection: it asked for subprotocols, and got none."""
    asked = bool(scenario.settings.options.get("subprotocols"))
    return asked and not any("sec-websocket-protocol" in _raw(one) for one in _accepts(trace))


def _check_order(scenario: Scenario, trace: Trace) -> Iterator[str]:
    told = [one.kind for one in trace.application_events if one.how == "called"]
    if told.count(CLOSED) != 1 or told[-1] != CLOSED:
        yield f"the close event comes once, and last; told: {told}"
    opens = bool(_accepts(trace)) and not fails_by_subprotocol(scenario, trace)
    if told.count(OPENED) != int(opens):
        yield f"it is opened {int(opens)} times; told: {told}"
    if not opens and FAILED not in told:
        yield f"a connection that cannot be opened is an error; told: {told}"


def _check_close(scenario: Scenario, trace: Trace) -> Iterator[str]:
    closed = trace.reports[CLOSED]
    if not closed:
        return
    failed = fails_by_subprotocol(scenario, trace)
    sent, received = ([] if failed else _find_closes(trace, how) for how in ("sent", "received"))
    wanted = list(_read_frame(sent[0].args)) if sent else [ABNORMAL, ""]
    told = list(closed[0].args)
    if len(told) > len(wanted):  # the event of a browser says whether it was clean
        is_reset = any(one.name == RST for one in trace.lanes[WIRE])  # then that is its to decide
        wanted.append(told[-1] if is_reset else bool(sent and received))
    if told != wanted:
        yield f"the close event has {wanted}; told: {told}"


def _read_frame(args: Sequence[Value]) -> tuple[Value, Value]:
    code, reason, *_ = [*args, None, None]
    return NO_STATUS if code is None else code, reason or ""


def _find_closes(trace: Trace, how: str) -> list[Event]:
    return [one for one in trace.lanes[WIRE] if (one.name, one.how) == (CLOSE_FRAME, how)]


def _accepts(trace: Trace) -> list[Event]:
    return [one for one in trace.lanes[WIRE] if (one.name, one.how) == (ACCEPTED, "sent")]


def _raw(event: Event) -> str:
    return str(event.details.get("raw", "")).lower()
