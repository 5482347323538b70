"""What can be run or compared: a release, what is installed, a checkout, a record."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from packaging.utils import canonicalize_name
from packaging.version import Version

from fixtures.drivers.surfaces import LIBRARIES, Library
from fixtures.model.text import suggest

from . import record
from . import user_drivers as drivers
from .release import Cell, Release, WrongInput

RELEASE, INSTALLED, PATH, RECORD = "release", "installed", "path", "record"
"""A release from the index, what is installed here, a checkout, a recorded file."""
STANDS_ON_PINS = frozenset({"flask-sock"})
"""Libraries whose releases all have the companions of their row, be they asked for or not.

What they do is mostly what these do, which are newer: their histories show what they change.
"""


@dataclass(frozen=True, slots=True)
class Target:
    """One of them: what it was asked for by, and what that is.

    `kind` is RELEASE, INSTALLED, PATH or RECORD. `version` is what must be loaded, where that is
    known before; `place` is the folder of a checkout, the file of a record; `release` is the one
    that is meant of those in a record, if it is named; `reason` is why it cannot be run, where that
    is known before. `companions` are the releases of what the library works with, by name, where
    they are others than those that the library's row pins.
    """

    library: Library
    label: str
    kind: str
    version: str | None = None
    place: str = ""
    reason: str = ""
    release: str = ""
    companions: tuple[tuple[str, str], ...] = ()


def library_named(name: str) -> Library:
    """The library of this name, or of `--drivers`, spelled in any way that PEP 503 has for it.

    Raises `WrongInput` with those there are.
    """
    drivers.load_drivers(drivers.names())
    known = {canonicalize_name(one): library for one, library in LIBRARIES.items()}
    found = known.get(canonicalize_name(name))
    if found is None:
        hint = suggest(name, LIBRARIES)
        raise WrongInput(f"no library is called {name!r}.{hint} There are: {', '.join(LIBRARIES)}")
    return found


def parse_target(library: Library, text: str) -> Target:
    """What `text` names: a release, `installed`, a path, or FILE.jsonl, FILE.jsonl@RELEASE.

    Behind a release may stand what it is to be run with: `0.54.0,websockets==15.0`. Nothing is
    installed or run yet. Raises `WrongInput` for what is none of them.
    """
    release, *pins = (part.strip() for part in text.split(","))
    if release and pins and all("==" in pin for pin in pins):
        return with_companions(parse_target(library, release), _read_pins(text, pins))
    if text == "installed":
        return _find_installed(library)
    if ".jsonl" in text:
        stem, ending, named = text.rpartition(".jsonl")
        return Target(library, text, RECORD, place=stem + ending, release=named.removeprefix("@"))
    try:
        version = str(Version(text))
        return Target(library, text, RELEASE, version, reason=explain_age(library, version))
    except ValueError:  # of int() as well, for a number of thousands of digits
        pass
    if is_folder(text):
        return Target(library, text, PATH, place=str(importable(library, Path(text))))
    raise WrongInput(
        f"{text!r} is not a release of {library}: write one such as 1.8.0, 'installed', the path "
        "of a checkout, or a recorded file (*.jsonl)" + _describe_missing_folder(text)
    )


def _read_pins(text: str, pins: Iterable[str]) -> dict[str, str]:
    """The releases that `name==release` says; raises `WrongInput` for a name that comes twice."""
    found = dict[str, str]()
    for pin in pins:
        name, _, release = pin.partition("==")
        if canonicalize_name(name.strip()) in found:
            raise WrongInput(f"{text!r} has {name.strip()} twice: name a package once")
        found[canonicalize_name(name.strip())] = release.strip()
    return found


def with_companions(target: Target, releases: Mapping[str, str]) -> Target:
    """A release that is run with these releases of what it works with; its label says so.

    Raises `WrongInput` for what is no release, and for what the library does not work with.
    """
    library, known = target.library, target.library.companion_pins
    if target.kind != RELEASE:
        raise WrongInput(
            f"{target.label} is no release: only one can be run with others of {library}"
        )
    for name, release in releases.items():
        if name not in known:
            there = ", ".join(known) or "nothing"
            raise WrongInput(f"{library} is not run with {name!r}, but with {there}")
        if not _is_release(release):
            raise WrongInput(
                f"{release!r} is not a release of {name}: write one such as {known[name]}"
            )
    others = {name: one for name, one in releases.items() if not is_same_release(one, known[name])}
    label = ",".join([target.label, *(f"{name}=={one}" for name, one in sorted(releases.items()))])
    return replace(target, label=label, companions=tuple(sorted(others.items())))


def _is_release(text: str) -> bool:
    """Whether this is the name of a release."""
    try:
        return bool(Version(text))
    except ValueError:
        return False


def is_same_release(one: str, other: str) -> bool:
    """Whether two texts name one release, as 1.8 and 1.8.0 do."""
    try:
        return one == other or Version(one) == Version(other)
    except ValueError:  # one of them is no release
        return False


def is_folder(text: str) -> bool:
    """Whether there is a folder of this name; there is none of a name that no file can have."""
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False


def explain_age(library: Library, version: str) -> str:
    """Why a release is too old for this Python, or nothing."""
    for python, first in library.works_since:
        is_newer = sys.version_info >= tuple(map(int, python.split(".")))
        if is_newer and Version(version) < Version(first):
            return f"does not work on Python {python} and newer: {first} is the first that does"
    return ""


def importable(library: Library, folder: Path) -> Path:
    """The folder, or its `src`, from where the library can be imported. Raises `WrongInput`."""
    for found in (folder.resolve(), folder.resolve() / "src"):
        module = found / library.module
        if (module / "__init__.py").exists() or module.with_suffix(".py").exists():
            return found
    raise WrongInput(
        f"{folder} is not a checkout of {library}: no {library.module} in it or its src"
    )


def read_recorded(chosen: Target, cells: Iterable[Cell] | None = None) -> Release:
    """What a recorded file says of the library: a sweep's, or that of `pytest --record`.

    Raises `WrongInput` for a file that was cut short, that does not hold the library, or that
    holds several releases of it and no `@RELEASE` says which.
    """
    found = find_recorded(chosen)
    return replace(found.read(None if cells is None else set(cells)), label=chosen.label)


def find_recorded(chosen: Target) -> record.RecordedRelease:
    """The release that a recorded file holds, with the names of its cells; no trace is read.

    Raises what `read_recorded` raises.
    """
    return _release_of(chosen, record.load_complete_record(Path(chosen.place)))


def _release_of(chosen: Target, file: record.Record) -> record.RecordedRelease:
    """The release of a record that is meant: the only one of its library, or the one named."""
    ours = [one for one in file.releases if one.line.library == chosen.library.name]
    if chosen.release:
        ours = [one for one in ours if chosen.release in (one.line.label, one.line.version)]
    if len(ours) != 1:
        labels = ", ".join(f"{one.line.library} {one.line.label}" for one in file.releases)
        name = Path(chosen.place).name
        how = f"several of {chosen.library}: write {name}@RELEASE" if ours else "none of it"
        raise WrongInput(f"{chosen.label} holds {how}; it has: {labels or 'no release'}")
    return ours[0]


def _find_installed(library: Library) -> Target:
    try:
        distribution = importlib.metadata.distribution(library.name)
    except importlib.metadata.PackageNotFoundError as error:
        raise WrongInput(f"{library} is not installed here: name a release") from error
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        folder = Path(url2pathname(urlsplit(origin["url"]).path))
        return Target(library, "installed", PATH, place=str(importable(library, folder)))
    return Target(library, "installed", INSTALLED, distribution.version)


def _describe_missing_folder(text: str) -> str:
    return f"; there is no folder {text}" if os.sep in text else ""
