"""What a lock file says of one distribution: a release, a folder here, or what else it is.

How this works. A reader yields every pin of a file with the markers under which it counts, and
nothing is decided before a library is asked for: what is wrong with another package then matters
to nobody. Two pins are the same if they are of one kind, read alike, and have the same `identity`,
such as a commit; an address is never written with what may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote
from urllib.request import url2pathname

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

T = TypeVar("T")
RELEASE, FOLDER = "release", "folder"
"""What can be compared: a release of the index, and a checkout on this machine."""
ELSEWHERE, RANGE, UNREADABLE, SEVERAL = "elsewhere", "range", "unreadable", "several"
"""What cannot be: `what` then says in words what it is, and what to do."""
RULED_OUT = "ruled out"
"""A file names the distribution, but not for this Python or platform."""
EMPTY = "it names no distribution at all; is it the right file?"
"""What is wrong with a file because of which nothing would ever be compared."""
LONGEST = 100
"""Characters of the name of a release."""
INDEX = re.compile("/packages/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}/[^/]+$")
"""What addresses in the Python Package Index, and in its mirrors, end with."""
ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
CHECK_OUT, UNPACK = "check it out", "unpack it"


@dataclass(frozen=True, slots=True)
class Pin:
    """What a file says of one distribution.

    `what`: the release, the path of the folder, or words. `markers`: it counts where one of them
    holds (none: everywhere). `prefers`: of several pins, those for which this holds count, one
    marker after the other. `main`: it is of the part of the file that an application uses.
    `advice`: what makes a checkout of it.
    """

    kind: str
    what: str
    identity: str = ""
    markers: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    main: bool = True
    advice: str = ""

    @property
    def can_run(self) -> bool:
        """Whether it is a release or a folder."""
        return self.kind in (RELEASE, FOLDER)

    def same(self, other: Pin) -> bool:
        """Whether both are of the very same thing; of what cannot be read, nobody knows."""
        return self.kind != UNREADABLE and self._sameness == other._sameness

    def where(self, *markers: str, prefers: tuple[str, ...] = (), main: bool = True) -> Pin:
        """The same pin, which counts only there."""
        return replace(self, markers=tuple(filter(None, markers)), prefers=prefers, main=main)

    @property
    def _sameness(self) -> tuple[str, str, str]:
        return self.kind, self.what, self.identity


Named = tuple[str, Pin]
"""A distribution's name as the file has it, and its pin."""
Found = Iterator[Named]


@dataclass(frozen=True, slots=True)
class LockText:
    """A lock file that is read: where it is, its text, and what is to be noted about it.

    `read_file`: how files that it includes are read; it raises `WrongInput` for those that cannot
    be. `outside`: files out of its folder may be among them.
    """

    path: Path
    text: str
    read_file: Callable[[Path], bytes]
    outside: bool = False
    notes: list[str] = field(default_factory=list)


def require_any(found: Collection[T]) -> tuple[T, ...]:
    """The packages of a file. Raises `ValueError` if there are none."""
    if not found:
        raise ValueError(EMPTY)
    return tuple(found)


def pin_release(text: str) -> Pin:
    """The release of this name, or that it is none: it is never taken for a path or a record."""
    try:
        Version(text if len(text) <= LONGEST else "")
    except ValueError:
        return Pin(UNREADABLE, f"{text[:LONGEST]!r} is not a release")
    return Pin(RELEASE, text)


def pin_range(text: str) -> Pin:
    """That a file asks for any of several releases."""
    return Pin(RANGE, f"{text[:LONGEST]!r} is a range, not a release")


def pin_path(path: Path, other: str, inside: str = "") -> Pin:
    """A folder or an archive that a lock file names: it is relative to the file.

    `inside`: the folder in it that matters. Raises `ValueError`.
    """
    place = (path.parent / other / inside).resolve()
    if other.lower().endswith(ARCHIVES) or _is_file(place):
        return Pin(ELSEWHERE, f"it comes from the file {place}", advice=UNPACK)
    return Pin(FOLDER, str(place))


def pin_file(path: Path, place: str, inside: str = "") -> Pin:
    """What a `file:` address names: absolute, or relative to the lock file. Raises `ValueError`."""
    plain = re.split("[?#]", place)[0]
    return pin_path(path, url2pathname(re.sub(r"^file:(//(localhost)?(?=/))?", "", plain)), inside)


def pin_address(address: str, identity: str = "", *, is_index: bool = False) -> Pin:
    """What an address holds: the file of a release of the index, or something else.

    `identity`: the commit or the hash. `is_index`: it is a file of the index that the lock is for.
    """
    release = find_release(address)
    if release and (is_index or INDEX.search(hide_secrets(address))):
        return pin_release(release)
    said = f"it comes from {hide_secrets(address)}"
    return Pin(ELSEWHERE, said, identity or address, advice=CHECK_OUT)


def pin_repository(address: str, commit: str = "") -> Pin:
    """A commit of a repository."""
    at = f" at {commit[:12]}" if re.fullmatch(r"[0-9a-f]{7,64}", commit) else ""
    said = f"it comes from {hide_secrets(address)}{at}"
    return Pin(ELSEWHERE, said, commit or address, advice=CHECK_OUT)


def pin_local_index(place: str, release: str) -> Pin:
    """A release out of a folder of archives, which may be any other than that of the index."""
    said = f"it comes from the archives in {hide_secrets(place)}"
    return Pin(ELSEWHERE, said, release, advice=UNPACK)


def find_release(address: str) -> str:
    """The release that the name of a wheel or a source distribution tells, or nothing."""
    name = unquote(re.split("[?#]", address)[0].rstrip("/").rpartition("/")[2])
    try:
        if name.endswith(".whl"):
            return str(parse_wheel_filename(name)[1])
        return str(parse_sdist_filename(name)[1])
    except (InvalidWheelFilename, InvalidSdistFilename):
        return ""


def hide_secrets(address: str) -> str:
    """An address without user, password, query and fragment."""
    return re.sub(r"//[^/?#]*@", "//", re.split("[?#]", address)[0])


def _is_file(place: Path) -> bool:
    """Whether there is a file; there is none of a name that is too long."""
    try:
        return place.is_file()
    except OSError:
        return False
