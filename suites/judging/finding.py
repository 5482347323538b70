"""What an expectation is, and what it finds in a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fixtures.model.event import WIRE, Event, describe_event
from fixtures.model.trace import Trace

from .signature import format_signature

NOTHING = "nothing"
"""What is recorded where nothing has come that an expectation is about."""
ON_THE_WIRE, AT_THE_END = "the wire", "the end"
"""What an expectation or a change is about where that has no name in the library."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether an expectation holds, and what the trace shows where it looked.

    `seen` are the events there, or a text if the expectation looks at something else.
    """

    holds: bool
    seen: tuple[Event, ...] | str

    @property
    def recorded(self) -> str:
        """What was seen, in the form that the signature of a known deviation matches."""
        return self.seen if isinstance(self.seen, str) else format_signature(self.seen)

    @property
    def text(self) -> str:
        """What was seen, for a person: on the wire it is the acting side that is named."""
        if isinstance(self.seen, str):
            return self.seen
        return "; ".join(map(describe_event, self.seen)) or NOTHING

    @property
    def subjects(self) -> frozenset[str]:
        """What the events there are about, by the library's names for it."""
        if isinstance(self.seen, str):
            return frozenset()
        return frozenset(ON_THE_WIRE if e.lane == WIRE else e.name for e in self.seen)


class Expectation(Protocol):
    """A statement about a trace."""

    def __str__(self) -> str:
        """The expectation, as a person would write it."""

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about: the library's names for that."""

    def judge(self, trace: Trace) -> Finding:
        """Whether the trace shows what is expected, and what it shows."""
