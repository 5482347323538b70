"""Expectations about the events that a library shows the application."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from fixtures.model.actions import MESSAGE
from fixtures.model.event import APPLICATION, OTHER, WIRE, Event
from fixtures.model.trace import Trace
from fixtures.model.wire_names import name_response

from .finding import Finding
from .trace_queries import read_bytes
from .values import Raised, error, matches, show_expected


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of one name and manner, with these arguments, and their count."""

    name: str
    how: str
    args: tuple[Any, ...] | None = None
    least: int = 1
    most: int | None = None
    earlier_than: str = ""

    def once(self) -> Happened:
        """Exactly once, and never with other arguments."""
        return dataclasses.replace(self, least=1, most=1)

    def times(self, count: int) -> Happened:
        """Exactly `count` times, and never with other arguments."""
        return dataclasses.replace(self, least=count, most=count)

    def never(self) -> Happened:
        """Not once with these arguments."""
        return dataclasses.replace(self, least=0, most=0)

    def before(self, name: str) -> Happened:
        """The first one precedes the first event called `name`."""
        return dataclasses.replace(self, earlier_than=name)

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        args = "..." if self.args is None else ", ".join(map(show_expected, self.args))
        text = (
            f"{self.name}({args})"
            if self.how == "called"
            else f"{self.name} {'->' if self.how == 'returned' else self.how} {args}".rstrip()
        )
        if self.most == 0:
            text += ", never"
        elif self.most is not None:
            text += ", once" if self.most == 1 else f", {self.most} times"
        return text + (f", before {self.earlier_than}" if self.earlier_than else "")

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(filter(None, (self.name, self.earlier_than)))

    def judge(self, trace: Trace) -> Finding:
        """Look at the events of the application, in both its lanes."""
        events = [*trace.lanes[APPLICATION], *trace.lanes[OTHER]]
        ours = [event for event in events if event.name == self.name and event.how == self.how]
        right = [event for event in ours if self._fits(event, trace)]
        seen: tuple[Event, ...] | str = tuple(ours)
        if self.most is None:
            holds = len(right) >= self.least
        elif self.most == 0:
            holds = not right
        else:
            holds = len(right) == len(ours) and self.least <= len(right) <= self.most
        if self.earlier_than and holds:
            holds = all(self._comes_first(trace.lanes[event.lane], right) for event in right)
            seen = ", ".join(event.name for event in events)
        return Finding(holds, seen)

    def _comes_first(self, lane: Sequence[Event], right: Sequence[Event]) -> bool:
        """Whether one of these precedes the later event; between lanes there is no order."""
        both = (event for event in lane if event in right or event.name == self.earlier_than)
        return next(both) in right

    def _fits(self, event: Event, trace: Trace) -> bool:
        if self.args is None:
            return True
        fits = map(matches, self.args, event.args, repeat(trace))
        return len(self.args) == len(event.args) and all(fits)


@dataclass(frozen=True, slots=True)
class CalledForEachOpening:
    """Calls of one name: as many as there are connections that opened."""

    name: str

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name}(...), once for each connection that opens"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.name})

    def judge(self, trace: Trace) -> Finding:
        """Count the calls, and the opening handshakes on the wire that were completed."""
        events = [*trace.lanes[APPLICATION], *trace.lanes[OTHER]]
        ours = tuple(one for one in events if (one.name, one.how) == (self.name, "called"))
        opened = sum(event.name == name_response(101) for event in trace.lanes[WIRE])
        return Finding(len(ours) == opened, ours)


def called_for_each_opening(name: str) -> CalledForEachOpening:
    """The library calls the application's `name` once for each connection that opens."""
    return CalledForEachOpening(name)


def called(name: str, *args: Any) -> Happened:
    """The library calls the application's `name` with these arguments (`...`: with any)."""
    return Happened(name, "called", None if args == (...,) else args)


def returned(name: str, *values: Any) -> Happened:
    """The application's call of `name` returns this value (`...`: any)."""
    return Happened(name, "returned", None if values == (...,) else values)


def raised(name: str, exception: Raised | str) -> Happened:
    """The application's call of `name` raises this exception."""
    wanted = error(exception) if isinstance(exception, str) else exception
    return Happened(name, "raised", (wanted,))


def reached(name: str, *args: Any) -> Happened:
    """The application reaches `name`: it enters a block, or a loop ends."""
    return Happened(name, "reached", None if args == (...,) else args)


@dataclass(frozen=True, slots=True)
class Delivered:
    """All the messages that the application gets in one way, in their order."""

    name: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name}: {', then '.join(map(repr, self.texts))}, and no more messages"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.name})

    def judge(self, trace: Trace) -> Finding:
        """Look at the messages of this name; text may come as bytes."""
        found = tuple(event for event in trace.reports[MESSAGE] if event.name == self.name)
        wanted = [text.encode() for text in self.texts]
        return Finding([read_bytes(event.args) for event in found] == wanted, found)


def delivered(name: str, *texts: str) -> Delivered:
    """The application gets these messages by `name`: in this order, each once, and no others."""
    return Delivered(name, texts)


@dataclass(frozen=True, slots=True)
class InOrder:
    """All the application's events of some names, in their order."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{', then '.join(self.names)}, and no more of these"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(self.names)

    def judge(self, trace: Trace) -> Finding:
        """Look at the events of these names in the application's own lane."""
        found = tuple(event for event in trace.lanes[APPLICATION] if event.name in self.names)
        return Finding([event.name for event in found] == [*self.names], found)


def in_order(*names: str) -> InOrder:
    """The application's events of these names come in this order, as often as they stand here."""
    return InOrder(names)
