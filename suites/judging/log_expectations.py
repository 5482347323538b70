"""Expectations about how many records a library logs: their texts are not compared."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.model.trace import Trace

from .finding import Finding


@dataclass(frozen=True, slots=True)
class LoggedOften:
    """So many log records of a level, or of any; `most` is None for no limit."""

    level: str
    least: int
    most: int | None

    def __str__(self) -> str:
        """The expectation as a line of a story."""
        kind = f"{self.level} records" if self.level else "records"
        return f"logs has no {kind}" if self.most == 0 else f"logs has {self.least} {kind} or more"

    @property
    def subjects(self) -> frozenset[str]:
        """What it is about."""
        return frozenset({"logs"})

    def judge(self, trace: Trace) -> Finding:
        """Count the records among the end facts."""
        every = sorted(str(record.get("level")) for record in trace.facts.get("logs", ()))
        count = len([level for level in every if self.level in ("", level)])
        holds = self.least <= count and (self.most is None or count <= self.most)
        return Finding(holds, f"logs: {', '.join(every) or 'nothing'}")


def logged_often(least: int, level: str = "") -> LoggedOften:
    """The library logs so many records or more, of this level or of any."""
    return LoggedOften(level, least, None)


def not_logged(level: str) -> LoggedOften:
    """The library logs no record of this level."""
    return LoggedOften(level, 0, 0)
