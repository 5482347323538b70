"""What an expectation is, and what it finds in a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fixtures.model.event import Event
from fixtures.model.trace import Trace

from .signature import format_signature


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


class Expectation(Protocol):
    """A statement about a trace."""

    def __str__(self) -> str:
        """The expectation, as a person would write it."""

    def judge(self, trace: Trace) -> Finding:
        """Whether the trace shows what is expected, and what it shows."""
