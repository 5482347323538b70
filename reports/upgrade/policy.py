"""What a program uses, which changes it accepts, and how much each kind of change matters to it."""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from ..diff.comparison import Comparison, Difference
from ..results.release import Cell
from ..results.targets import is_same_release
from .change_digests import is_named

SCHEMA = 1
DENY, WARN, ALLOW = "deny", "warn", "allow"
"""What is to be done about a kind of change: it is red, it is shown, it is as good as accepted."""
LEVELS = (DENY, WARN, ALLOW)
Level = Literal["deny", "warn", "allow"]


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The surfaces and scenarios that a program uses, as globs; all of them by default."""

    surfaces: tuple[str, ...] = ("*",)
    scenarios: tuple[str, ...] = ("*",)


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A change that is accepted. Says why, and since when.

    `changes` are digests of what changes in a cell (see `change_digests`), and `old` and `new`,
    written as `from` and `to`, the releases between which it changes; any, where they are left out.
    `what` says it in words and decides nothing. `sometimes`: not every run shows it.

    Besides, or instead: `surface` and `scenario` are globs. With a `check`, the cells in which it
    is the only check that changes; with a `behaviour`, those that now show this one.
    """

    library: str
    reason: str
    date: datetime.date
    old: str = msgspec.field(default="", name="from")
    new: str = msgspec.field(default="", name="to")
    changes: tuple[str, ...] = ()
    what: str = ""
    sometimes: bool = False
    surface: str = "*"
    scenario: str = "*"
    check: str = ""
    behaviour: str = ""

    def __str__(self) -> str:
        """The entry in one line."""
        cells = f"{self.surface}-{self.scenario}"
        pair = f"{self.old} -> {self.new}" if self.old and self.new else self.old or self.new
        named = self.what or ", ".join(self.changes)
        shown = [pair, cells if cells != "*-*" else "", self.check, self.behaviour, named]
        return f"{self.library}: {', '.join(filter(None, shown))} ({self.date}: {self.reason})"

    def is_about(self, comparison: Comparison) -> bool:
        """Whether it speaks of this library and of these two releases."""
        old, new = comparison.old, comparison.new
        return (
            self.library == old.library
            and (not self.old or is_same_release(self.old, old.version))
            and (not self.new or is_same_release(self.new, new.version))
        )

    def names(self, cell: Cell) -> bool:
        """Whether its globs match a cell."""
        surface, scenario = cell
        return fnmatch.fnmatchcase(surface, self.surface) and fnmatch.fnmatchcase(
            scenario, self.scenario
        )

    def accepts(self, difference: Difference) -> bool:
        """Whether it speaks of what differs in this cell."""
        return self.names(difference.cell) and self._names_what_changed(difference)

    def _names_what_changed(self, difference: Difference) -> bool:
        checks = {check.check for check in difference.checks}
        if self.changes and not is_named(difference, self.changes):
            return False
        if self.check and not (self.check in checks and len(checks) == 1):
            return False
        return not self.behaviour or set(difference.counts[1]) == {self.behaviour}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, or the table of `pyproject.toml`."""

    schema: int = SCHEMA
    use: Use = Use()
    levels: Mapping[str, Level] = {}
    accept: tuple[Acceptance, ...] = ()

    def uses(self, cell: Cell) -> bool:
        """Whether the program uses this cell."""
        surface, scenario = cell
        return _matches_any(surface, self.use.surfaces) and _matches_any(
            scenario, self.use.scenarios
        )

    def level_of(self, kind: str) -> Level:
        """What is to be done about a kind of change."""
        return self.levels.get(kind, "deny")


def _matches_any(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs)
