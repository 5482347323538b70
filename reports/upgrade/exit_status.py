"""What compare and gate have to tell: comparisons, notes, and the exit status they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fixtures.model.text import pluralize

from ..diff.comparison import MATTERS, NOT_RUNNABLE, WARNED, Comparison

NOTHING, CHANGED, WRONG, INCOMPLETE = 0, 1, 2, 3
STATUS = {
    NOTHING: "nothing that matters changed",
    CHANGED: "something that matters changed, or an acceptance no longer matches",
    WRONG: "the command line or a file is wrong",
    INCOMPLETE: "something could not be run or written, or too few cells were compared",
}
"""The exit statuses of compare and gate, and what each means."""


@dataclass(frozen=True, slots=True)
class UpgradeResult:
    """Comparisons and what else there is to say of them.

    `notes` are facts, such as a library that did not move; `unused` the acceptances that match
    nothing. `minimum`: how many cells must be compared. `warn_only`: a change is no failure.
    `unwritten`: the file that the report could not be written to, and why. `acceptable`: each
    change is shown with what accepts it. `lock`: the lock file that has the new pins, if any.
    """

    comparisons: tuple[Comparison, ...]
    remarks: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    minimum: int = 1
    warn_only: bool = False
    unwritten: str = ""
    acceptable: bool = False
    lock: Path | None = None

    @property
    def judged(self) -> int:
        """How many cells were really compared."""
        return sum(comparison.judged for comparison in self.comparisons)

    @property
    def status(self) -> int:
        """The exit status."""
        return status(
            could_not_run=any(c.reason or c.select(NOT_RUNNABLE) for c in self.comparisons),
            too_few=self.judged < self.minimum,
            changed=self._changed,
            unwritten=bool(self.unwritten),
            warn_only=self.warn_only,
        )

    @property
    def meaning(self) -> str:
        """The exit status in words."""
        not_run = sum(len(c.select(NOT_RUNNABLE)) for c in self.comparisons)
        changed = sum(len(c.select(*MATTERS)) for c in self.comparisons)
        warned = sum(len(c.select(WARNED)) for c in self.comparisons)
        unused = len(self.unused)
        said = [
            f"the report is here, and not in {self.unwritten}" if self.unwritten else "",
            f"{pluralize(not_run, 'cell')} could not be run" if not_run else "",
            f"{pluralize(self.judged, 'cell')} compared, at least {self.minimum} must be"
            if self.judged < self.minimum
            else "",
            f"{pluralize(changed, 'cell')} changed or gone" if changed else "",
            f"{pluralize(warned, 'cell')} changed in what only warns" if warned else "",
            f"{pluralize(unused, 'acceptance')} without a match" if unused else "",
        ]
        nothing = f"{STATUS[NOTHING]} in the {pluralize(self.judged, 'situation')} played"
        if not self.judged:
            nothing = "nothing was compared"
        found = "; ".join(filter(None, said)) or nothing
        return f"{found} (--warn-only)" if self._changed and not self.status else found

    @property
    def _changed(self) -> bool:
        return bool(self.unused) or any(c.select(*MATTERS) for c in self.comparisons)


def status(
    *, could_not_run: bool, too_few: bool, changed: bool, unwritten: bool, warn_only: bool
) -> int:
    """The exit status of what could be read: an incomplete answer outweighs a change."""
    if could_not_run or too_few or unwritten:
        return INCOMPLETE
    return CHANGED if changed and not warn_only else NOTHING


CASES: tuple[tuple[str, frozenset[str]], ...] = (
    ("every cell is the same, or what differs is minor, new or accepted", frozenset()),
    ("every change is of a kind whose level is `warn` or `allow`", frozenset()),
    ("a cell changed or is gone, and no acceptance says so", frozenset({"changed"})),
    ("an acceptance matches nothing any more", frozenset({"changed"})),
    ("a release or a cell could not be run", frozenset({"could_not_run"})),
    ("fewer cells were compared than `--minimum` (1): nothing ran", frozenset({"too_few"})),
    ("`--output` could not be written: the report is printed instead", frozenset({"unwritten"})),
    ("something changed, and something could not be run", frozenset({"changed", "could_not_run"})),
)
"""What can come of a gate, and which conditions of `status` that fulfils."""


def exit_table() -> str:
    """The table of exit statuses in Markdown, made by the function that decides."""
    rows = ["| what came of it | exit status | with `--warn-only` |", "|---|---|---|"]
    for words, true in CASES:
        found = [
            status(
                changed="changed" in true,
                could_not_run="could_not_run" in true,
                too_few="too_few" in true,
                unwritten="unwritten" in true,
                warn_only=warn_only,
            )
            for warn_only in (False, True)
        ]
        rows.append(f"| {words} | {found[0]} | {found[1]} |")
    wrong = f"{STATUS[WRONG]}: nothing was compared"
    return "\n".join([*rows, f"| {wrong} | {WRONG} | {WRONG} |"])
