"""Which upgrades have a page: those that most people make, unless all are asked for."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from packaging.version import InvalidVersion, Version


def list_pairs(releases: Sequence[str], *, every: bool = False) -> list[tuple[str, str]]:
    """The pairs of releases, old and new, each once.

    From each release to the next one; and of the last ones of each minor release, to the next such
    and to the newest. Or `every` one.
    """
    lasts = [[*family][-1] for _, family in itertools.groupby(releases, _name_minor)]
    newest = [(one, releases[-1]) for one in lasts[:-1]]
    usual = [*itertools.pairwise(releases), *itertools.pairwise(lasts), *newest]
    others = itertools.combinations(releases, 2) if every else ()
    return list(dict.fromkeys([*usual, *others]))


def _name_minor(release: str) -> object:
    """Equal for releases of one minor release, such as 1.9.0 and 1.9.1."""
    try:
        version = Version(release)
    except InvalidVersion:
        return release
    return version.epoch, version.major, version.minor
