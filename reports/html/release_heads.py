"""Releases as the heads of columns: a minor release above, its patch releases below."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReleaseFamily:
    """The releases that begin alike: `1.9`, with `1.9.0` and `1.9.1`.

    Each release, and the end of its name that is its own.
    """

    name: str
    releases: tuple[tuple[str, str], ...]


def group_releases(releases: Iterable[str]) -> tuple[ReleaseFamily, ...]:
    """The families of releases, in the order of the releases."""
    return tuple(
        ReleaseFamily(name, tuple((one, one.removeprefix(name)) for one in listed))
        for name, listed in itertools.groupby(releases, lambda one: one.rpartition(".")[0])
    )
