"""What a sweep has come to, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fixtures.model.text import pluralize

from ..results.release import Release
from ..results.targets import Target


@dataclass(slots=True)
class Summary:
    """What a sweep has come to. `every`: each release was named, and has to run.

    `ran` are the releases that could be loaded, whether or not a cell applies to them; `cells`
    those with a trace, `not_applicable` those of which a release has not got what they are about.
    `without`: releases to which none of the cells applies.
    """

    every: bool
    ran: int = 0
    without: int = 0
    not_run: int = 0
    cells: int = 0
    not_applicable: int = 0
    failed: int = 0
    problems: int = 0

    def add(self, release: Release) -> None:
        """Count a release."""
        found = release.cells.values()
        without = sum(not (one.traces or one.failed) for one in found)
        self.not_run += bool(release.reason)
        self.ran += not release.reason
        self.without += not release.reason and without == len(found)
        self.cells += sum(bool(one.traces) for one in found)
        self.not_applicable += without
        self.failed += sum(one.failed for one in found)
        self.problems += sum(bool(one.problems) for one in found)

    def __str__(self) -> str:
        """The counts, in one line."""
        parts = [f"{pluralize(self.ran, 'release')}, {pluralize(self.cells, 'cell')}"]
        if self.not_applicable:
            parts.append(f"{pluralize(self.not_applicable, 'cell')} not applicable")
            parts[-1] += (
                f" (nothing applies to {pluralize(self.without, 'release')})"
                if self.without
                else ""
            )
        parts += [f"{pluralize(self.not_run, 'release')} cannot be run"] if self.not_run else []
        parts += [f"{pluralize(self.failed, 'cell')} could not be run"] if self.failed else []
        parts += [f"{pluralize(self.problems, 'cell')} not testable"] if self.problems else []
        return "; ".join(parts)

    @property
    def exit_status(self) -> int:
        """3 if something was not run that had to be, or nothing was."""
        wanting = self.failed or self.problems or (self.every and self.not_run)
        return 3 if wanting or not self.cells else 0


def absent(targets: Iterable[Target]) -> list[str]:
    """A line for all releases of a library that cannot be run for one reason, known before."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in targets:
        if one.reason:
            groups.setdefault((one.library.name, one.reason), []).append(one.label)
    return [
        f"{library}: {len(labels)} releases cannot be run: each of {labels[0]} ... {labels[-1]} "
        + reason
        for (library, reason), labels in groups.items()
    ]
