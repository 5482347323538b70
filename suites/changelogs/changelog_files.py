"""Reads the files of this folder: a library's changelog, sentence by sentence, in our words.

A sentence of a changelog that speaks of the lifecycle is a promise with a version. Each is here,
with the cells that change at its release, or with the reason why there is none.
"""

from __future__ import annotations

import fnmatch
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.errors import UserError
from fixtures.model.scenario import SCENARIOS

from ..input_files import Malformed, decode_toml, read_input

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
        found = decode_toml(read_input(path), Changelog)
    except OSError as error:
        raise ChangelogError(f"{path.name} cannot be read: {error.strerror}") from error
    except Malformed as error:
        raise ChangelogError(f"{path.name}: {error}") from error
    for one in found.sentence:
        _check(f"{path.name}: {one.release}: {one.says!r}", one, library)
    return found


def list_cells(sentence: Sentence, library: str) -> list[tuple[str, str]]:
    """The cells that a sentence names: surface and scenario."""
    names = _name_cells(library, len(SCENARIOS))
    return [names[name] for glob in sentence.cells for name in fnmatch.filter(names, glob)]


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
    names = _name_cells(library, len(SCENARIOS))
    for glob in sentence.cells:
        if not fnmatch.filter(names, glob):
            raise ChangelogError(f"{place}: no cell of {library} is called {glob!r}")


@functools.cache
def _name_cells(library: str, count: int) -> Mapping[str, tuple[str, str]]:
    """Every cell of a library by its name, of the `count` scenarios that are declared."""
    return {
        f"{surface}-{scenario}": (surface.name, scenario.name)
        for surface in SURFACES.values()
        for scenario in SCENARIOS.values()
        if surface.library == LIBRARIES[library] and surface.plays(scenario)
    }
