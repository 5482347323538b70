"""What a rule is, and how one is declared.

A rule looks at one trace and knows no library and no scenario. Its result is None if the trace has
nothing to look at, and a `Finding` otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fixtures.model.trace import Trace

from .finding import Finding
from .scope import CELL


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, its text, its source, and the function that judges a trace by it.

    `subjects` is what it is about where that is no event: the library's names for it.
    """

    id: str
    says: str
    source: str
    judge: Callable[[Trace], Finding | None]
    scope: str = CELL
    subjects: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the function that judges by it."""
        return self.judge.__name__


COMMON_SENSE = "common sense"
"""The source of a rule that no document has to state."""
RULES: dict[str, Rule] = {}
"""Every rule, by id."""


def rule(
    source: str, *, scope: str = CELL, about: Iterable[str] = ()
) -> Callable[[Callable[[Trace], Finding | None]], Rule]:
    """Declare the decorated function as a rule; its docstring is what the rule says."""

    def register(function: Callable[[Trace], Finding | None]) -> Rule:
        found = Rule(
            f"rule.{function.__name__}",
            function.__doc__ or "",
            source,
            function,
            scope,
            frozenset(about),
        )
        RULES[found.id] = found
        return found

    return register
