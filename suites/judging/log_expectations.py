"""Expectations about log records and warnings, which are among the end facts.

Their texts are not compared.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from fixtures.model.trace import Trace

from .finding import Finding


@dataclass(frozen=True, slots=True)
class Logged:
    """A log record or a warning of the library."""

    where: str
    key: str
    value: str
    wanted: bool = True

    def never(self) -> Logged:
        """Not one."""
        return dataclasses.replace(self, wanted=False)

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        has = "has a" if self.wanted else "has no"
        return f"{self.where} {has} record with {self.key} {self.value}"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({self.where})

    def judge(self, trace: Trace) -> Finding:
        """Look at the logs or the warnings among the end facts; their order does not count."""
        found = sorted(str(record.get(self.key)) for record in trace.facts.get(self.where, ()))
        holds = (self.value in found) == self.wanted
        return Finding(holds, f"{self.where}: {', '.join(found) or 'nothing'}")


@dataclass(frozen=True, slots=True)
class LoggedOften:
    """So many log records of a level, or of any, or more."""

    level: str
    least: int

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        kind = f"{self.level} records" if self.level else "records"
        return f"logs has {self.least} {kind} or more"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({"logs"})

    def judge(self, trace: Trace) -> Finding:
        """Count the records among the end facts."""
        every = sorted(str(record.get("level")) for record in trace.facts.get("logs", ()))
        counted = [level for level in every if self.level in ("", level)]
        holds = len(counted) >= self.least
        return Finding(holds, f"logs: {', '.join(every) or 'nothing'}")


def logged(level: str) -> Logged:
    """The library logs a record at this level."""
    return Logged("logs", "level", level)


def logged_often(least: int, level: str = "") -> LoggedOften:
    """The library logs so many records, or more, at this level or any."""
    return LoggedOften(level, least)


def warned(category: str) -> Logged:
    """Python or the library issues a warning of this category."""
    return Logged("warnings", "category", category)
