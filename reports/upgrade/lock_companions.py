"""What a library works with, where lock files pin that as well: what moves together is gated so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fixtures.drivers.surfaces import Library

from ..results.targets import Target, is_same_release
from .lock_markers import Environment
from .lock_pins import RELEASE
from .lockfiles import LockFile

OPTIONAL = {
    "websocket-client": frozenset({"python-socks", "rel"}),
    "websockets": frozenset({"python-socks", "trio", "werkzeug"}),
}
"""What a few cells of a library use, and its other users need not have: it moves by itself."""
Releases = Mapping[str, str]
"""The releases of the companions of a library that a file pins, by name."""


def find_companions(library: Library, file: LockFile, environment: Environment) -> Releases:
    """Those that a file pins to a single release each."""
    needed = library.companion_pins.keys() - OPTIONAL.get(library.name, frozenset())
    found = {name: file.find(name, environment) for name in sorted(needed)}
    return {name: pin.what for name, pin in found.items() if pin and pin.kind == RELEASE}


def list_moved(was: Releases, now: Releases) -> list[str]:
    """What moved, in words: "websockets 14.2 -> 17.4"."""
    return [
        f"{name} {was[name]} -> {release}"
        for name, release in now.items()
        if name in was and not is_same_release(was[name], release)
    ]


def describe_known(
    library: Library, old: Target, new: Target, beside: Sequence[Releases], file: str
) -> Iterator[str]:
    """What the stored history is of, where that is not what is pinned `beside` in both files.

    `file` is the name of the new one.
    """
    was, now = beside
    for companion, known in library.companion_pins.items():
        if (companion in was) != (companion in now):
            said = f"only one of the files pins {companion} to a release"
            yield f"{said}: {library} is run with {companion} {known}"
        here = now.get(companion, known)
        if not is_same_release(known, here):
            said = f"{library} is run with {companion} {known}, and {file} pins {here}"
            sides = (("--from", old), ("--to", new))
            how = " ".join(f"{side} {one.label},{companion}=={here}" for side, one in sides)
            yield f"{said}: gate {library} {how}"
