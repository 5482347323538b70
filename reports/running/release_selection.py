"""Which releases a command line names: all, a range, a list, and every nth of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from packaging.version import Version

from fixtures.drivers.surfaces import Library

from ..results.release import WrongInput
from ..results.targets import RELEASE, Target, explain_age, parse_target
from .environments import releases

RANGE = re.compile(r"all|(?P<lower>[^,/\\]*)\.\.(?P<upper>[^,/\\]*)")


def choose_targets(libraries: Sequence[Library], text: str, *, build: bool = False) -> list[Target]:
    """The targets that `all`, a range `A..B` or a list with commas names.

    A release of a range that has no wheel is there, with that as its reason, unless it may be
    built. Raises `WrongInput` for a range that is empty, and for a list for several libraries.
    """
    span = RANGE.fullmatch(text)
    if span:
        lower, upper = _bound(span["lower"]), _bound(span["upper"])
        return [
            one
            for library in libraries
            for one in _between(library, lower, upper, text, build=build)
        ]
    if len(libraries) > 1:
        raise WrongInput(f"--releases {text}: name the one library whose releases these are")
    return [parse_target(libraries[0], one) for one in dict.fromkeys(text.split(",")) if one]


def shard(targets: list[Target], text: str | None) -> list[Target]:
    """Every nth target from the ith on, for `i/n`. Raises `WrongInput` if that is none at all."""
    if text is None:
        return targets
    parts = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    first, count = (int(parts[1]), int(parts[2])) if parts else (0, 0)
    if not 1 <= first <= count:
        raise WrongInput(f"--shard {text}: write I/N, with I from 1 to N")
    if count > len(targets):
        raise WrongInput(f"--shard {text}: there are {len(targets)} releases for {count} shards")
    return targets[first - 1 :: count]


def _between(
    library: Library, lower: Version | None, upper: Version | None, text: str, *, build: bool
) -> list[Target]:
    found = [
        Target(library, version, RELEASE, version, reason=too_old or ("" if build else reason))
        for version, reason in releases(library).items()
        for too_old in [explain_age(library, version)]
        if (not lower or Version(version) >= lower) and (not upper or Version(version) <= upper)
    ]
    if not found:
        raise WrongInput(f"--releases {text}: the index has no such release of {library}")
    return found


def _bound(text: str | None) -> Version | None:
    try:
        return Version(text) if text else None
    except ValueError as error:
        raise WrongInput(f"--releases: {text!r} is not a release") from error
