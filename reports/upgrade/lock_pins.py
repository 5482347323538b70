"""What a lock file says of one distribution: a release, the path of a checkout, or why neither."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.markers import InvalidMarker, Marker
from packaging.version import Version

Pin = tuple[str, str]
"""A distribution's name, and what it is pinned to: a release, or the path of a checkout."""
EMPTY = "it names no distribution at all; is it the right file?"
"""What is wrong with a file because of which nothing would ever be compared."""
UNPINNED = "?"
"""What stands for a requirement that names no single release; the reason comes after it."""
LONGEST = 100
"""Characters of the name of a release."""


def holds(marker: str | None) -> bool:
    """Whether a marker holds for this Python; without one, yes. Raises `ValueError`."""
    if not marker:
        return True
    try:
        return Marker(marker).evaluate({"extra": ""})
    except InvalidMarker as error:
        raise ValueError("a marker in it is none (PEP 508)") from error


def pin_release(text: str) -> str:
    """The release of this name, or that it is none: it is never taken for a path or a record."""
    try:
        Version(text if len(text) <= LONGEST else "")
    except ValueError:
        return f"{UNPINNED}{text[:LONGEST]!r} is not a release"
    return text


def pin_path(path: Path, other: str) -> str:
    """The path of a checkout in a lock file: it is relative to the file. Raises `ValueError`."""
    return str((path.parent / other).resolve())


def pin_elsewhere(address: str) -> str:
    """That a distribution comes from an address, which is named without what may be a secret."""
    public = re.sub(r"//[^/?#]*@", "//", re.split("[?#]", address)[0])
    return f"{UNPINNED}it comes from {public}; check it out, and gate --from OLD --to PATH LIBRARY"
