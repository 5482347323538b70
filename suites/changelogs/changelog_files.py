"""Reads the files of this folder: a library's changelog, sentence by sentence, in our words.

A sentence of a changelog that speaks of the lifecycle is a promise with a version. Each is here,
with the cells that change at its release, or with the reason why there is none.
"""

from __future__ import annotations

import fnmatch
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.errors import UserError
from fixtures.model.scenario import SCENARIOS

FOLDER = Path(__file__).parent


class ChangelogError(UserError):
    """A file of sentences is wrong; the text says where, why and how to mend it."""


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence of a changelog: what it says of a release, and where it is shown.

    `cells` are globs of `surface-scenario`; each of the cells changes at that release. `because`:
    why there is none.
    """

    release: str
    says: str
    cells: tuple[str, ...] = ()
    because: str = ""


class Changelog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of one changelog, newest release first; `source` is its address."""

    library: str
    source: str
    sentence: tuple[Sentence, ...]


@functools.cache
def load_changelog(library: str) -> Changelog | None:
    """The changelog of a library; None where nobody has read it yet.

    Raises `ChangelogError` for a malformed file, a cell that there is not, and a sentence with
    neither cells nor a reason, or with both.
    """
    path = FOLDER / f"{library}.toml"
    if not path.exists():
        return None
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Changelog)
    except msgspec.MsgspecError as error:
        raise ChangelogError(f"{path.name}: {error}") from error
    for one in found.sentence:
        _check(f"{path.name}: {one.release}: {one.says!r}", one, library)
    return found


def list_cells(sentence: Sentence, library: str) -> list[tuple[str, str]]:
    """The cells that a sentence names: surface and scenario."""
    return [cell for glob in sentence.cells for cell in _match(glob, library)]


def find_sentences(library: str, release: str, cells: Iterable[tuple[str, str]]) -> list[Sentence]:
    """What the changelog says of a release that one of these cells shows."""
    changelog, asked = load_changelog(library), set(cells)
    return [
        one
        for one in (changelog.sentence if changelog else ())
        if one.release == release and asked.intersection(list_cells(one, library))
    ]


def _check(place: str, sentence: Sentence, library: str) -> None:
    if bool(sentence.cells) == bool(sentence.because):
        raise ChangelogError(f"{place}: give the cells that show it, or say why none does")
    for glob in sentence.cells:
        if not any(_match(glob, library)):
            raise ChangelogError(f"{place}: no cell of {library} is called {glob!r}")


def _match(glob: str, library: str) -> Iterator[tuple[str, str]]:
    for surface in SURFACES.values():
        if surface.library != LIBRARIES[library]:
            continue
        for scenario in SCENARIOS.values():
            if fnmatch.fnmatchcase(f"{surface}-{scenario}", glob) and surface.plays(scenario):
                yield surface.name, scenario.name
