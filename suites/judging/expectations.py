"""Expectations: what a promise expects of a trace, in the library's own language.

An expectation is a function of one trace. Its `Finding` says whether it holds, and what was
recorded where it looked; the signature of a known deviation matches that text. A promise imports
everything that it needs from here: the expectations about events and the values as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fixtures.model.description import show
from fixtures.model.duration_class import (
    DurationClass,
    decode_duration_class,
    encode_duration_class,
)
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace
from fixtures.model.wire_names import name_response, read_status

from .event_expectations import Happened as Happened
from .event_expectations import called as called
from .event_expectations import called_for_each_opening as called_for_each_opening
from .event_expectations import delivered as delivered
from .event_expectations import in_order as in_order
from .event_expectations import raised as raised
from .event_expectations import reached as reached
from .event_expectations import returned as returned
from .finding import AT_THE_END, ON_THE_WIRE
from .finding import Expectation as Expectation
from .finding import Finding as Finding
from .log_expectations import logged as logged
from .log_expectations import logged_often as logged_often
from .log_expectations import warned as warned
from .values import ANYTHING as ANYTHING
from .values import PEER_CODE as PEER_CODE
from .values import PEER_REASON as PEER_REASON
from .values import Placeholder as Placeholder
from .values import close_frames as close_frames
from .values import error as error
from .values import matches as matches
from .values import peer_close as peer_close
from .values import show_expected
from .values import thing as thing
from .wire_expectations import sends_header as sends_header

# The wire, the end and the time


@dataclass(frozen=True, slots=True)
class SentClose:
    """The first close frame that the library sends."""

    code: Any = ANYTHING
    reason: Any = ANYTHING

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"sends a close frame: {show_expected(self.code)}, {show_expected(self.reason)}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

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
class Answered:
    """The first response that the library sends."""

    status: int

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"answers the opening request with {self.status}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

    def judge(self, trace: Trace) -> Finding:
        """Look at the first response that the peer received."""
        received = [event for event in trace.lanes[WIRE] if event.how == "received"]
        found = [event for event in received if read_status(event.name) is not None]
        if not found:
            return Finding(holds=False, seen="no response")
        return Finding(found[0].name == name_response(self.status), found[0].name)


def answers(status: int) -> Answered:
    """The library answers the opening request with this status."""
    return Answered(status)


@dataclass(frozen=True, slots=True)
class Fact:
    """An end fact, such as an attribute of the connection."""

    name: str
    value: Any

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"{self.name} is {show_expected(self.value)}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.name})

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
class Waited:
    """The duration of the run, in multiples of the timeouts of the surface."""

    classes: tuple[DurationClass, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        return f"ends {' or '.join(map(encode_duration_class, self.classes))}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({AT_THE_END})

    def judge(self, trace: Trace) -> Finding:
        """Look at the class of the duration."""
        return Finding(trace.duration_class in self.classes, trace.waited)


def ends(*classes: str) -> Waited:
    """The run ends after one of these: "at once", "1 x close_timeout", "hang" ..."""
    return Waited(tuple(map(decode_duration_class, classes)))


@dataclass(frozen=True, slots=True)
class Both:
    """Several expectations at once."""

    parts: tuple[Expectation, ...]

    def __str__(self) -> str:
        """The parts, joined."""
        return "; ".join(map(str, self.parts))

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset().union(*(part.subjects for part in self.parts))

    def judge(self, trace: Trace) -> Finding:
        """All the parts hold; the finding is that of the first part that does not."""
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

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset().union(*(part.subjects for part in self.parts))

    def judge(self, trace: Trace) -> Finding:
        """One of the parts holds."""
        findings = [part.judge(trace) for part in self.parts]
        return next((found for found in findings if found.holds), findings[0])


def either(*parts: Expectation) -> Either:
    """At least one of these expectations holds."""
    return Either(parts)
