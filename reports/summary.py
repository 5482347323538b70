"""What a sweep has come to, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .results import Release
from .sides import Side


@dataclass(slots=True)
class Summary:
    """What a sweep has come to. `every`: each release was named, and has to run."""

    every: bool
    ran: int = 0
    not_run: int = 0
    cells: int = 0
    failed: int = 0
    problems: int = 0

    def add(self, release: Release) -> None:
        """Count a release."""
        found = release.cells.values()
        self.cells += sum(bool(one.traces) for one in found)
        self.failed += sum(one.failed for one in found)
        self.problems += sum(bool(one.problems) for one in found)
        self.not_run += bool(release.reason)
        self.ran += any(one.traces for one in found)

    def __str__(self) -> str:
        """The counts, in one line."""
        told = [f"{self.ran} releases, {self.cells} cells"]
        told += [f"{self.not_run} releases cannot be run"] if self.not_run else []
        told += [f"{self.failed} cells could not be run"] if self.failed else []
        told += [f"{self.problems} cells are not testable"] if self.problems else []
        return "; ".join(told)

    @property
    def exit_status(self) -> int:
        """3 if something was not run that had to be, or nothing was."""
        wanting = self.failed or self.problems or (self.every and self.not_run)
        return 3 if wanting or not self.cells else 0


def absent(sides: Iterable[Side]) -> list[str]:
    """A line for all releases of a library that cannot be run for one reason, known before."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in sides:
        if one.reason:
            groups.setdefault((one.library.name, one.reason), []).append(one.label)
    return [
        f"{library}: {len(labels)} releases cannot be run: each of {labels[0]} ... {labels[-1]} "
        + reason
        for (library, reason), labels in groups.items()
    ]
