"""Releases as the heads of columns: a minor release above, its patch releases below."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReleaseFamily:
    """The releases that begin alike: `1.9`, with `1.9.0` and `1.9.1`.

    Each release, and the end of its name that is its own.
    """

    name: str
    releases: tuple[tuple[str, str], ...]


def group_releases(releases: Sequence[str]) -> tuple[ReleaseFamily, ...]:
    """The families of releases, in the order of the releases.

    By minor releases, if most releases are patch releases of them; else by major ones.
    """
    patches = sum(release.count(".") > 1 for release in releases)
    parts = 2 if 2 * patches > len(releases) else 1
    return tuple(
        ReleaseFamily(name, tuple((one, one.removeprefix(name) or ".0") for one in listed))
        for name, listed in itertools.groupby(releases, lambda one: _cut(one, parts))
    )


def _cut(release: str, parts: int) -> str:
    return ".".join(release.split(".")[:parts])
