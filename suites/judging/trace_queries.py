"""What a trace shows, as rules ask it: what was told, connections, legal and broken frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fixtures.model.actions import CLEANED_UP, OPENED
from fixtures.model.description import Value
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.trace import Trace
from fixtures.peer import wire


def told(trace: Trace, kind: str) -> list[Event]:
    """What the application was told of this kind, in all its lanes."""
    lanes = (APPLICATION, OTHER)
    return [event for event in trace.events if event.lane in lanes and event.kind == kind]


def story(events: list[Event]) -> str:
    """Events in words, or "nothing"."""
    return "; ".join(map(str, events)) or "nothing"


def is_event(event: Event, name: str, how: str) -> bool:
    """Whether an event has this name and manner."""
    return event.name == name and event.how == how


def is_end(event: Event, how: str) -> bool:
    """Whether an event is an end of TCP, "sent" by the peer or "received"."""
    return event.kind == "end" and event.how == how


def connections(trace: Trace) -> int:
    """How many connections the trace shows: at least one."""
    return max(1, sum(event.name == "request" for event in trace.lane(WIRE)))


def left_with_own_call(trace: Trace) -> bool:
    """Whether a call of the application raised, and it left with that: it is told no more.

    What a callback raises goes to the library, unless that lets it out; a handler ends with it.
    """
    events = trace.lane(APPLICATION)
    calls = {event.name for event in events if event.kind == "acted"}
    raised = {event.name for event in events if event.how == "raised"}
    called_back = any(event.kind == OPENED and event.how == "called" for event in events)
    is_handler = any(event.kind == CLEANED_UP for event in events)
    return bool(raised & calls) and (is_handler or not called_back or bool(raised - calls))


def by_connection(trace: Trace) -> Iterator[list[Event]]:
    """The wire events, cut where one more opening request begins; apart if at the same time."""
    events = trace.lane(WIRE)
    for where in dict.fromkeys(["", *(event.where for event in events)]):
        yield from _cut(event for event in events if event.where == where)


def _cut(events: Iterable[Event]) -> Iterator[list[Event]]:
    current: list[Event] = []
    for event in events:
        if event.name == "request" and any(before.name == "request" for before in current):
            yield current
            current = []
        current.append(event)
    yield current


def after_close(connection: list[Event], how: str) -> list[Event]:
    """The frames that one end "sent", or that were "received" from the other, after its close."""
    frames = [event for event in connection if event.kind == "frame" and event.how == how]
    names = [event.name for event in frames]
    return frames[names.index("close frame") + 1 :] if "close frame" in names else []


def reportable_codes(connection: list[Event]) -> set[Value]:
    """The close codes that may be reported of a connection, by RFC 6455 section 7.1.5."""
    at = next((i for i, e in enumerate(connection) if is_event(e, "close frame", "sent")), None)
    if at is None:
        return {1006}
    first = connection[at]
    codes = {first.args[0] if len(first.args) > 1 else 1005 if not first.args else 1006}
    # A frame that must not be accepted makes the endpoint fail the connection, section 7.1.7;
    # and one that has ended the connection receives nothing more.
    failed = not is_legal(first) or any(
        is_broken(event) or is_end(event, "received") for event in connection[:at]
    )
    return codes | {1006} if failed else codes


def is_legal(event: Event) -> bool:
    """Whether a close frame is one that an endpoint may send."""
    if not event.args:
        return True
    code, *reason = event.args
    return (
        isinstance(code, int)
        and wire.legal_close_code(code)
        and len(reason) == 1
        and isinstance(reason[0], str)
        and len(reason[0].encode()) <= 123
    )


def is_broken(event: Event) -> bool:
    """Whether the peer sent a frame that no endpoint may accept, whatever came before it."""
    if event.kind != "frame" or event.how != "sent":
        return False
    marks = {str(mark) for mark in event.args[1:]}
    if event.name.startswith("opcode") or marks & {"rsv 2", "rsv 4", "masked", "unmasked"}:
        return True
    payload, final = event.args[:1], "not final" not in marks
    if event.name in {"ping frame", "pong frame"}:
        return not final or len(payload[0]["bytes"]) > 125
    # A payload that is no text is recorded as bytes; a fragment may end inside a character.
    not_utf8 = event.name == "text frame" and isinstance(payload[0], Mapping)
    return (not_utf8 and final) or (event.name == "close frame" and not final)
