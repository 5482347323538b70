"""Expectations about log records and warnings, which are among the end facts."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.model.trace import Trace

from .finding import Finding


@dataclass(frozen=True, slots=True)
class Logged:
    """A log record or a warning of the library; `never`: there is none."""

    where: str
    key: str
    value: str
    never: bool = False

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        has = "has no record" if self.never else "has a record"
        return f"{self.where} {has} with {self.key} {self.value}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.where})

    def judge(self, trace: Trace) -> Finding:
        """Look at the logs or the warnings among the end facts; their order does not count."""
        found = sorted(str(record.get(self.key)) for record in trace.facts.get(self.where, ()))
        holds = (self.value in found) is not self.never
        return Finding(holds, f"{self.where}: {', '.join(found) or 'nothing'}")


def logged(level: str) -> Logged:
    """The library logs a record at this level."""
    return Logged("logs", "level", level)


def warned(category: str) -> Logged:
    """Python or the library issues a warning of this category."""
    return Logged("warnings", "category", category)


def unwarned(category: str) -> Logged:
    """Neither Python nor the library issues a warning of this category."""
    return Logged("warnings", "category", category, never=True)
