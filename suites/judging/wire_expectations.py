"""Expectations about the wire: the headers that a script has asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fixtures.model.event import WIRE
from fixtures.model.trace import Trace
from fixtures.model.wire_names import name_header

from .finding import ON_THE_WIRE, Finding


@dataclass(frozen=True, slots=True)
class SentHeader:
    """The values of one header, each time the script has asked for it; None where it is missing."""

    field: str
    values: tuple[Any, ...]

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        words = {None: "none", ...: "anything"}
        shown = (words.get(value) or repr(value) for value in self.values)
        return f"{name_header(self.field)}: {', then '.join(shown)}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({ON_THE_WIRE})

    def judge(self, trace: Trace) -> Finding:
        """Look at what the script has noted of this header."""
        noted = tuple(one for one in trace.lanes[WIRE] if one.name == name_header(self.field))
        found = [one.args[0] if one.args else None for one in noted]
        fits = [wanted in (..., value) for wanted, value in zip(self.values, found, strict=False)]
        return Finding(all(fits) and len(found) == len(self.values), noted)


def sends_header(field: str, *values: Any) -> SentHeader:
    """The requests, or responses, in the order of the questions, have these values of a header.

    None: it is left out. `...`: whatever it has.
    """
    return SentHeader(field, values)
