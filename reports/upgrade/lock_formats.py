"""The lock files of uv, Poetry, PDM and Pipenv, and that of PEP 751: schemas, and pins.

A schema has what is read alone; whatever else a file has is let be. Each reader raises `ValueError`
for a file that is malformed, or that names nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from suites.input_files import decode_json, decode_toml

from .lock_markers import prefer_python
from .lock_pins import (
    UNREADABLE,
    Found,
    LockText,
    Pin,
    pin_address,
    pin_file,
    pin_local_index,
    pin_path,
    pin_range,
    pin_release,
    pin_repository,
    require_any,
)

NO_VERSION = Pin(UNREADABLE, "the file names no version of it")


class _UvSource(msgspec.Struct):
    registry: str = ""
    editable: str = ""
    directory: str = ""
    virtual: str = ""
    path: str = ""
    url: str = ""
    git: str = ""
    subdirectory: str = ""


class _UvPackage(msgspec.Struct, rename="kebab"):
    name: str
    version: str | None = None
    source: _UvSource = msgspec.field(default_factory=_UvSource)
    resolution_markers: tuple[str, ...] = ()


class _UvLock(msgspec.Struct):
    package: tuple[_UvPackage, ...]


class _PoetrySource(msgspec.Struct):
    type: str = ""
    url: str = ""
    resolved_reference: str = ""
    subdirectory: str = ""


class _PoetryPackage(msgspec.Struct):
    name: str
    version: str
    python: str = msgspec.field(default="", name="python-versions")
    source: _PoetrySource = msgspec.field(default_factory=_PoetrySource)
    markers: str | dict[str, str] = ""


class _PoetryLock(msgspec.Struct):
    package: tuple[_PoetryPackage, ...]


class _PdmPackage(msgspec.Struct):
    name: str
    version: str | None = None
    marker: str = ""
    requires_python: str = ""
    git: str = ""
    revision: str = ""
    path: str = ""
    url: str = ""
    subdirectory: str = ""
    hg: str = ""
    svn: str = ""
    bzr: str = ""


class _PdmLock(msgspec.Struct):
    package: tuple[_PdmPackage, ...]


class _PylockPlace(msgspec.Struct, rename="kebab"):
    path: str = ""
    url: str = ""
    subdirectory: str = ""
    commit_id: str = ""
    hashes: dict[str, Any] = {}


class _PylockPackage(msgspec.Struct, rename="kebab"):
    name: str
    marker: str = ""
    version: str | None = None
    requires_python: str = ""
    directory: _PylockPlace | None = None
    vcs: _PylockPlace | None = None
    archive: _PylockPlace | None = None
    sdist: _PylockPlace | None = None
    wheels: tuple[_PylockPlace, ...] = ()


class _Pylock(msgspec.Struct):
    packages: tuple[_PylockPackage, ...]


class _PipfilePackage(msgspec.Struct):
    version: str = "*"
    markers: str = ""
    path: str = ""
    file: str = ""
    url: str = ""
    git: str = ""
    ref: str = ""
    subdirectory: str = ""


def read_uv(file: LockText) -> Found:
    """What a uv.lock pins."""
    for package in require_any(decode_toml(file.text.encode(), _UvLock).package):
        yield package.name, _pin_uv(file.path, package).where(*package.resolution_markers)


def read_poetry(file: LockText) -> Found:
    """What a poetry.lock pins."""
    for package in require_any(decode_toml(file.text.encode(), _PoetryLock).package):
        found = package.markers
        markers = tuple(found.values()) if isinstance(found, dict) else (found,)
        pin = _pin_poetry(file.path, package)
        everywhere = not all(markers)
        prefers = (prefer_python(package.python),)
        yield package.name, pin.where(*(() if everywhere else markers), prefers=prefers)


def read_pdm(file: LockText) -> Found:
    """What a pdm.lock pins."""
    for package in require_any(decode_toml(file.text.encode(), _PdmLock).package):
        prefers = (prefer_python(package.requires_python),)
        yield package.name, _pin_pdm(file.path, package).where(package.marker, prefers=prefers)


def read_pylock(file: LockText) -> Found:
    """What a pylock.toml pins."""
    for package in require_any(decode_toml(file.text.encode(), _Pylock).packages):
        prefers = (prefer_python(package.requires_python),)
        yield package.name, _pin_pylock(file.path, package).where(package.marker, prefers=prefers)


def read_pipfile(file: LockText) -> Found:
    """What a Pipfile.lock pins, in all of its sections; what is in `default` goes first."""
    whole = decode_json(file.text.encode(), dict[str, msgspec.Raw])
    sections = {name: raw for name, raw in whole.items() if name != "_meta"}
    packages = [
        (section == "default", name, package)
        for section, raw in sections.items()
        for name, package in decode_json(raw, dict[str, _PipfilePackage]).items()
    ]
    for main, name, package in require_any(packages):
        yield name, _pin_pipfile(file.path, package).where(package.markers, main=main)


def _pin_uv(path: Path, package: _UvPackage) -> Pin:
    source = package.source
    if source.editable or source.directory or source.virtual:
        return pin_path(path, source.editable or source.directory or source.virtual)
    if source.path:
        return pin_path(path, source.path)
    if source.git:
        return pin_repository(source.git, source.git.rpartition("#")[2])
    if source.url:
        return pin_address(source.url)
    if package.version is None:
        return NO_VERSION
    if source.registry and not re.match(r"https?://", source.registry):
        return pin_local_index(source.registry, package.version)
    return pin_release(package.version)


def _pin_poetry(path: Path, package: _PoetryPackage) -> Pin:
    source = package.source
    if source.type in ("directory", "file"):
        return pin_path(path, source.url, source.subdirectory)
    if source.type == "git":
        return pin_repository(source.url, source.resolved_reference)
    if source.type == "url":
        return pin_address(source.url)
    return pin_release(package.version)


def _pin_pdm(path: Path, package: _PdmPackage) -> Pin:
    repository = package.git or package.hg or package.svn or package.bzr
    if repository:
        return pin_repository(repository, package.revision)
    if package.path:
        return pin_path(path, package.path, package.subdirectory)
    if package.url:
        return _pin_url(path, package.url, package.subdirectory)
    return NO_VERSION if package.version is None else pin_release(package.version)


def _pin_pylock(path: Path, package: _PylockPackage) -> Pin:
    if package.directory:
        return pin_path(path, package.directory.path, package.directory.subdirectory)
    if package.vcs:
        return pin_repository(package.vcs.url or package.vcs.path, package.vcs.commit_id)
    if package.archive:
        return _pin_pylock_file(path, package.archive)
    files = [*package.wheels, *filter(None, [package.sdist])]
    if files and all(file.path and not file.url for file in files):
        return _pin_pylock_file(path, files[0])
    if package.version is not None:
        return pin_release(package.version)
    return pin_address(files[0].url, is_index=True) if files else NO_VERSION


def _pin_pylock_file(path: Path, file: _PylockPlace) -> Pin:
    if file.path:
        return pin_path(path, file.path, file.subdirectory)
    return pin_address(file.url, ",".join(sorted(map(str, file.hashes.values()))))


def _pin_pipfile(path: Path, package: _PipfilePackage) -> Pin:
    place = package.file or package.url
    if package.git:
        return pin_repository(package.git, package.ref)
    if package.path:
        return pin_path(path, package.path, package.subdirectory)
    if place:
        return _pin_url(path, place, package.subdirectory)
    exact = re.fullmatch(r"===?([^*,]+)", package.version)
    return pin_release(exact[1].strip()) if exact else pin_range(package.version)


def _pin_url(path: Path, place: str, inside: str) -> Pin:
    """What is at an address, or at a path."""
    if place.startswith("file:"):
        return pin_file(path, place, inside)
    return pin_address(place) if "://" in place else pin_path(path, place, inside)
