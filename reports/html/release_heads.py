"""Releases as the heads of columns: a minor release above, its patch releases below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class ReleaseFamily:
    """The releases that begin alike: `1.9`, with `1.9.0` and `1.9.1`."""

    name: str
    releases: list[tuple[str, str]] = field(default_factory=list)
    """Each release, and the end of its name that is its own."""


def group_releases(releases: Iterable[str]) -> list[ReleaseFamily]:
    """The families of releases, in the order of the releases."""
    found: list[ReleaseFamily] = []
    for release in releases:
        name, dot, own = release.rpartition(".")
        if not found or found[-1].name != name:
            found.append(ReleaseFamily(name))
        found[-1].releases.append((release, f"{dot}{own}"))
    return found
