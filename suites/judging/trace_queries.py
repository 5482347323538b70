"""What rules look up in a trace: reported events, connections, legal and broken frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fixtures.model.actions import CLEANED_UP, FAILED, OPENED
from fixtures.model.description import Value
from fixtures.model.event import APPLICATION, OTHER, Event
from fixtures.model.trace import Trace
from fixtures.model.wire_names import name_frame, read_opcode_word
from fixtures.peer import wire

KNOWN_FRAMES = frozenset(map(name_frame, wire.OPCODE_NAMES.values()))
"""The names of the frames whose opcode is one of RFC 6455's."""


def find_events(trace: Trace, *kinds: str) -> list[Event]:
    """The events of these kinds that the library reported, lane by lane.

    The scheduler decides the order between lanes, so no check may look at it.
    """
    events = (*trace.lanes[APPLICATION], *trace.lanes[OTHER])
    return [event for event in events if event.kind in kinds]


def find_positions(connection: Sequence[Event], name: str, how: str) -> list[int]:
    """The positions of the events with this name and manner."""
    return [at for at, one in enumerate(connection) if one.name == name and one.how == how]


def read_bytes(args: Iterable[Value]) -> bytes:
    """The first text or bytes among some arguments, or in an object that holds them as `data`."""
    for arg in args:
        value = arg.get("data", arg) if isinstance(arg, Mapping) else arg
        if isinstance(value, Mapping) and "bytes" in value:
            return str(value["bytes"]).encode("latin-1")
        if isinstance(value, str):
            return value.encode()
    return b""


def has_end(connection: Sequence[Event], how: str) -> bool:
    """Whether an end of TCP is among the events, "sent" by the peer or "received"."""
    return ("end", how) in [(event.kind, event.how) for event in connection]


def was_refused(event: Event) -> bool:
    """Whether a failure is about a TCP connection that never was."""
    found = [arg for arg in event.args if isinstance(arg, Mapping)]
    return event.kind == FAILED and any(
        "ConnectionRefusedError" in {arg.get("exception"), *arg.get("bases", ())} for arg in found
    )


def has_left_with_own_call(trace: Trace) -> bool:
    """Whether a call of the application raised, and the exception ended the application.

    The library gets what a callback raises, and may let it pass; a handler ends with it.
    """
    events = trace.lanes[APPLICATION]
    calls = {event.name for event in events if event.kind == "acted"}
    raised = {event.name for event in events if event.how == "raised"}
    called_back = any(event.kind == OPENED and event.how == "called" for event in events)
    is_handler = any(event.kind == CLEANED_UP for event in events)
    return bool(raised & calls) and (is_handler or not called_back or bool(raised - calls))


def find_frames_after_close(connection: Sequence[Event], how: str) -> list[Event]:
    """The frames that follow a close frame in the same direction, "sent" or "received"."""
    frames = [event for event in connection if event.kind == "frame" and event.how == how]
    names = [event.name for event in frames]
    return frames[names.index("close frame") + 1 :] if "close frame" in names else []


def list_reportable_codes(connection: Sequence[Event]) -> set[Value]:
    """The close codes that may be reported for a connection, by RFC 6455 section 7.1.5."""
    sent = find_positions(connection, "close frame", "sent")
    if not sent:
        return {1006}
    before, first = connection[: sent[0]], connection[sent[0]]
    codes = {first.args[0] if len(first.args) > 1 else 1005 if not first.args else 1006}
    # An endpoint fails the connection on a frame that it must not accept, section 7.1.7; and an
    # endpoint that has ended the connection receives nothing more.
    failed = not is_legal(first) or has_end(before, "received") or bool(find_broken_frames(before))
    return codes | {1006} if failed else codes


def is_legal(event: Event) -> bool:
    """Whether a close frame is one that an endpoint may send."""
    if not event.args:
        return True
    code, *reason = event.args
    return (
        isinstance(code, int)
        and wire.is_legal_close_code(code)
        and len(reason) == 1
        and isinstance(reason[0], str)
        and len(reason[0].encode()) <= 123
    )


def frame_marks(event: Event) -> tuple[Value, ...]:
    """What is odd about a frame, such as "rsv 2": the arguments behind its payload.

    The payload of a close frame is its code and reason, one byte, or nothing at all; that of a
    ping is not recorded where the library chose it.
    """
    args = event.args
    if event.name == "ping frame" and event.how == "received":
        return args
    if event.name != "close frame":
        return args[1:]
    if args and isinstance(args[0], int):
        return args[2:]
    is_payload = bool(args) and (not isinstance(args[0], str) or len(args[0]) == 1)
    return args[1:] if is_payload else args


def find_broken_frames(connection: Sequence[Event]) -> list[int]:
    """The positions of the broken frames."""
    return [at for at, event in enumerate(connection) if is_broken(event)]


def is_broken(event: Event) -> bool:
    """Whether the peer sent a frame that no endpoint may accept, whatever came before it."""
    if event.kind != "frame" or event.how != "sent":
        return False
    marks = {str(mark) for mark in frame_marks(event)}
    # What is no frame of an opcode is raw bytes, of which nothing is known.
    is_known = event.name in KNOWN_FRAMES or read_opcode_word(event.name) is None
    if not is_known or marks & {"rsv 2", "rsv 4", "masked", "unmasked"}:
        return True
    payload, final = event.args[:1], "not final" not in marks
    if event.name in {"ping frame", "pong frame"}:
        return not final or len(payload[0]["bytes"]) > 125
    # Bytes that are not UTF-8 are recorded as bytes; a fragment may end inside a character.
    not_utf8 = event.name == "text frame" and isinstance(payload[0], Mapping)
    return (not_utf8 and final) or (event.name == "close frame" and not final)
