"""Which upgrades have a page: those that most people make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .release_heads import group_releases


def list_pairs(releases: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of releases, old and new, each once.

    From each release to the next one; and of the last ones of each minor release, to the next such
    and to the newest.
    """
    lasts = [family.releases[-1][0] for family in group_releases(releases)]
    newest = [(one, releases[-1]) for one in lasts[:-1]]
    return list(dict.fromkeys([*pairwise(releases), *pairwise(lasts), *newest]))
