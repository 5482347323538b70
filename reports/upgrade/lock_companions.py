"""What a library works with, where lock files pin that as well: what moves together is gated so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fixtures.drivers.surfaces import Library

from ..results.targets import is_same_release
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


def list_others(library: Library, releases: Releases) -> Sequence[tuple[str, str, str]]:
    """Companions that a file pins to another release than the stored history is of.

    The name, the release of the history, and that of the file.
    """
    return [
        (name, known, releases[name])
        for name, known in library.companion_pins.items()
        if name in releases and not is_same_release(known, releases[name])
    ]
