"""One target of a plan: what is wanted of it, what is on its way, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fixtures.model.text import pluralize

from ..results.release import Cell, CellResult, Package, Release
from ..results.targets import RELEASE, Target
from . import fingerprints
from .cache import Key
from .environments import known_packages
from .job import Outcome
from .sources import Sources


@dataclass(slots=True)
class Part:
    """One target of a plan: its cells with their fingerprints, and those that have to be run."""

    target: Target
    sources: Sources
    key: Key
    wanted: dict[Cell, str]
    missing: list[Cell]
    outcomes: list[Outcome] = field(default_factory=list)
    pending: int = 0

    def make_release(
        self, version: str, found: dict[Cell, CellResult], packages: tuple[Package, ...] = ()
    ) -> Release:
        """The release that was loaded as `version`, with what its cells showed.

        `packages` are those it was run with just now; if nothing was run, they are those that are
        installed for it still.
        """
        target, ordered = self.target, {cell: found[cell] for cell in self.wanted}
        if target.kind == RELEASE and not packages:
            others = target.companions
            packages = known_packages(target.library, target.version or "", others)
        return Release(
            target.library.name, target.label, version, self.key[2], ordered, packages=packages
        )

    def make_not_run(self, reason: str) -> Release:
        """The release, of which nothing could be run."""
        target = self.target
        return Release(
            target.library.name,
            target.label,
            target.version or "",
            fingerprints.python(),
            reason=reason,
        )

    def describe(self, release: Release) -> str:
        """What is to be said of its release, now that it is finished."""
        name = f"{release.library} {release.label}"
        if release.reason:
            return f"{name} cannot be run: {release.reason}"
        failed = sum(one.failed for one in release.cells.values())
        known = len(self.wanted) - len(self.missing)
        parts = [pluralize(len(release.cells), "cell")]
        parts += [f"{known} already known"] if known else []
        parts += [f"{failed} could not be run"] if failed else []
        return f"{name}: {', '.join(parts)}"
