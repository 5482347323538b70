"""Expectations: what a promise says a trace must show, in the library's own language.

An expectation is a function of one trace. Its `Finding` says whether it holds, and what was
recorded in the place where it looked; the signature of a known deviation is that text. A promise
imports all it needs from here, the values included.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Protocol

from fixtures.model.description import show
from fixtures.model.event import APPLICATION, OTHER, Event
from fixtures.model.trace import Trace

from .signature import signature
from .values import ANYTHING as ANYTHING
from .values import PEER_CODE as PEER_CODE
from .values import PEER_REASON as PEER_REASON
from .values import Placeholder as Placeholder
from .values import Raised as Raised
from .values import close_frames as close_frames
from .values import error as error
from .values import matches as matches
from .values import peer_close as peer_close
from .values import shown
from .values import thing as thing


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether an expectation holds, and what the trace shows where it looked.

    `seen` are the events there; or words, where it looked at something else.
    """

    holds: bool
    seen: tuple[Event, ...] | str

    @property
    def recorded(self) -> str:
        """What was seen, in the form that the signature of a known deviation matches."""
        return self.seen if isinstance(self.seen, str) else signature(self.seen)


class Expectation(Protocol):
    """A statement about a trace."""

    def __str__(self) -> str:
        """What is expected, as a person would write it."""

    def judge(self, trace: Trace) -> Finding:
        """Whether the trace shows what is expected."""


# Events


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of one name and manner, with these arguments, this often."""

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
        """Not once."""
        return dataclasses.replace(self, least=0, most=0)

    def before(self, name: str) -> Happened:
        """The first one precedes the first event called `name`."""
        return dataclasses.replace(self, earlier_than=name)

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        args = "..." if self.args is None else ", ".join(map(shown, self.args))
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

    def judge(self, trace: Trace) -> Finding:
        """Look at what the application was told, in both its lanes."""
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
        """Whether one of these is before the later event; between lanes there is no order."""
        both = (event for event in lane if event in right or event.name == self.earlier_than)
        return next(both) in right

    def _fits(self, event: Event, trace: Trace) -> bool:
        if self.args is None:
            return True
        fits = map(matches, self.args, event.args, repeat(trace))
        return len(self.args) == len(event.args) and all(fits)


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
    """The application comes to `name`: a block is entered, a loop has ended."""
    return Happened(name, "reached", None if args == (...,) else args)


# The wire, the end and the time


@dataclass(frozen=True, slots=True)
class SentClose:
    """The library's first close frame on the wire."""

    code: Any = ANYTHING
    reason: Any = ANYTHING

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"sends a close frame: {shown(self.code)}, {shown(self.reason)}"

    def judge(self, trace: Trace) -> Finding:
        """Look at the first close frame that the peer received."""
        received = close_frames(trace, "received")
        if not received:
            return Finding(holds=False, seen="no close frame")
        code, reason = (*received[0].args, None, None)[:2]
        holds = matches(self.code, code, trace) and matches(self.reason, reason, trace)
        return Finding(holds, (received[0],))


def sends_close(code: Any = ANYTHING, reason: Any = ANYTHING) -> SentClose:
    """The library sends a close frame; its code is None for an empty one."""
    return SentClose(code, reason)


@dataclass(frozen=True, slots=True)
class Fact:
    """An end fact, such as an attribute of the connection."""

    name: str
    value: Any

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name} is {shown(self.value)}"

    def judge(self, trace: Trace) -> Finding:
        """Look at the end facts."""
        if self.name not in trace.facts:
            return Finding(holds=False, seen=f"no {self.name}")
        found = trace.facts[self.name]
        return Finding(matches(self.value, found, trace), f"{self.name} is {show(found)}")


def fact(name: str, value: Any) -> Fact:
    """The end fact `name` has this value."""
    return Fact(name, value)


@dataclass(frozen=True, slots=True)
class Logged:
    """A log record or a warning of the library."""

    where: str
    key: str
    value: str

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.where} has a record with {self.key} {self.value}"

    def judge(self, trace: Trace) -> Finding:
        """Look at the logs or the warnings among the end facts, in no order."""
        found = sorted(str(record.get(self.key)) for record in trace.facts.get(self.where, ()))
        return Finding(self.value in found, f"{self.where}: {', '.join(found) or 'nothing'}")


def logged(level: str) -> Logged:
    """The library logs a record at this level."""
    return Logged("logs", "level", level)


def warned(category: str) -> Logged:
    """Python or the library issues a warning of this category."""
    return Logged("warnings", "category", category)


@dataclass(frozen=True, slots=True)
class Waited:
    """How long the run took, in terms of the surface's timeouts."""

    classes: tuple[str, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"ends {' or '.join(self.classes)}"

    def judge(self, trace: Trace) -> Finding:
        """Look at the class of the duration."""
        return Finding(trace.waited in self.classes, trace.waited)


def ends(*classes: str) -> Waited:
    """The run ends after one of these: "at once", "1 x close_timeout", "hang" ..."""
    return Waited(classes)


@dataclass(frozen=True, slots=True)
class Both:
    """Several expectations at once."""

    parts: tuple[Expectation, ...]

    def __str__(self) -> str:
        """The parts, joined."""
        return "; ".join(map(str, self.parts))

    def judge(self, trace: Trace) -> Finding:
        """All the parts hold; what is recorded is that of the first that does not."""
        findings = [part.judge(trace) for part in self.parts]
        return next((found for found in findings if not found.holds), findings[0])


def both(*parts: Expectation) -> Both:
    """All these expectations hold."""
    return Both(parts)


@dataclass(frozen=True, slots=True)
class Either:
    """One of several expectations."""

    parts: tuple[Expectation, ...]

    def __str__(self) -> str:
        """The parts, joined."""
        return " or ".join(map(str, self.parts))

    def judge(self, trace: Trace) -> Finding:
        """One of the parts holds."""
        findings = [part.judge(trace) for part in self.parts]
        return next((found for found in findings if found.holds), findings[0])


def either(*parts: Expectation) -> Either:
    """At least one of these expectations holds."""
    return Either(parts)
