"""Whose the close codes and reasons of a trace are, and the words for values on two sides.

Whoever sends a value first has chosen it. What the peer only sends back is the application's if
the application asked for it; otherwise it is the library's own, and is shown as it is. So is what
is one thing on one connection and another thing on the next, and what the peer closes with there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fixtures.model.description import Value, decode, find_argument, has_tag
from fixtures.model.event import APPLICATION, OTHER, Event
from fixtures.model.trace import Trace
from fixtures.model.wire_names import read_status

ANOTHER = "another one"
"""What is said of a value that reads like the one before in every form."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class CodeAndReason:
    """A close code and its reason, and whose they are; None for one that is not theirs."""

    whose: str
    code: Value
    reason: Value


@dataclass(frozen=True, slots=True)
class ValueNames:
    """What the values of one trace are called: those of the peer and of the application.

    `answer` is the status of the peer's answer to the opening request, as it is named: "401".
    `reasons` are all that the script gave, on whichever connection.
    """

    peer: CodeAndReason
    application: CodeAndReason
    answer: str = ""
    reasons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, trace: Trace) -> ValueNames:
        """The names that hold in this trace."""
        acted = [e for e in list_application_events(trace) if is_action(e) and e.name == "close"]
        names = [e.name for e in trace.events if e.how == "sent" and e.kind == "handshake"]
        answer = next((status for name in names if (status := read_status(name))), "")
        given = _given(acted)
        peer = _pair("the peer's", _find_chosen_by_peer(trace))
        return cls(peer, _pair("the application's", given), answer, _list_reasons(trace, given))

    def order(self, *, own: bool) -> tuple[CodeAndReason, CodeAndReason]:
        """The pairs to look in; `own`: the value is one that the library itself sends."""
        return (self.application, self.peer) if own else (self.peer, self.application)

    def knows_reason(self, text: str) -> bool:
        """Whether a reason is one of the script's: not none, nor in the library's own words."""
        return text in self.reasons


NO_NAMES = ValueNames(CodeAndReason("", None, None), CodeAndReason("", None, None))
"""Nothing has a name: values are shown as they are."""


def format_both(
    form: Callable[[Item, ValueNames], str],
    old: tuple[Item, ValueNames],
    new: tuple[Item, ValueNames],
) -> tuple[str, str]:
    """The values of two sides in words that differ: by their names, or else as they are."""
    named = form(*old), form(*new)
    if named[0] != named[1]:
        return named
    shown = form(old[0], NO_NAMES), form(new[0], NO_NAMES)
    return shown if shown[0] != shown[1] else (named[0], ANOTHER)


def list_application_events(trace: Trace) -> list[Event]:
    """What the application did and what reached it, in both its lanes, in order."""
    return [event for event in trace.events if event.lane in (APPLICATION, OTHER)]


def is_action(event: Event) -> bool:
    """Whether the event is an action of the scenario's application."""
    return event.how == "acted"


def _find_chosen_by_peer(trace: Trace) -> Sequence[Value]:
    """Code and reason of the peer's first close frame, but for what the library sent first.

    Neither is the peer's if the library chose the same on another connection.
    """
    closes = [_list_closes(wire) for wire in trace.connections]
    by_library = [value for chosen, _ in closes for value in chosen]
    first = next((sent for _, sent in closes if sent), ())
    return [None if value in by_library else value for value in first]


def _list_closes(wire: Sequence[Event]) -> tuple[Sequence[Value], Sequence[Value]]:
    """What the library put into close frames before the peer's first one, and what is in that."""
    by_library: list[Value] = []
    for event in wire:
        if event.name == "close frame" and event.how == "received":
            by_library += event.args[:2]
        elif event.name == "close frame" and event.how == "sent":
            return by_library, event.args[:2]
    return by_library, ()


def _list_reasons(trace: Trace, given: Sequence[Value]) -> frozenset[str]:
    """Every reason that the peer chose, and the one that the application gave."""
    found = [*given]
    for wire in trace.connections:
        by_library, sent = _list_closes(wire)
        found += [_as_text(value) for value in sent if value not in by_library]
    return frozenset(value for value in found if isinstance(value, str) and value)


def _as_text(value: Value) -> Value:
    """A reason that is not UTF-8 as a library can show it at best."""
    if has_tag(value, "bytes"):
        return value["bytes"].encode("latin-1").decode("utf-8", "replace")
    return value


def _given(events: Sequence[Event]) -> Sequence[Value]:
    """Code and reason that the first of these calls was given, by place or by name."""
    args = events[0].args if events else ()
    return [decode(find_argument(args, at, name)) for at, name in enumerate(("status", "reason"))]


def _pair(whose: str, args: Sequence[Value]) -> CodeAndReason:
    return CodeAndReason(whose, *(*args[:2], None, None)[:2])
