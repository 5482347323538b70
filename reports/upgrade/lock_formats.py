"""The lock files of uv, Poetry and Pipenv, and that of PEP 751: their schemas, and their pins.

A schema has what is read alone; whatever else a file has is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from suites.input_files import decode_json, decode_toml

from .lock_pins import EMPTY, UNPINNED, Pin, holds, pin_elsewhere, pin_path, pin_release

T = TypeVar("T")


class _UvSource(msgspec.Struct):
    editable: str = ""
    directory: str = ""
    virtual: str = ""
    git: str = ""


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


class _PoetryPackage(msgspec.Struct):
    name: str
    version: str
    source: _PoetrySource = msgspec.field(default_factory=_PoetrySource)
    markers: str | dict[str, str] = ""


class _PoetryLock(msgspec.Struct):
    package: tuple[_PoetryPackage, ...]


class _PylockDirectory(msgspec.Struct):
    path: str


class _PylockVcs(msgspec.Struct):
    url: str = ""
    path: str = ""


class _PylockPackage(msgspec.Struct):
    name: str
    marker: str = ""
    version: str | None = None
    directory: _PylockDirectory | None = None
    vcs: _PylockVcs | None = None


class _Pylock(msgspec.Struct):
    packages: tuple[_PylockPackage, ...]


class _PipfilePackage(msgspec.Struct):
    version: str = "*"
    markers: str = ""
    path: str | None = None
    git: str | None = None


class _Pipfile(msgspec.Struct):
    default: dict[str, _PipfilePackage]
    develop: dict[str, _PipfilePackage] = {}


def read_uv(path: Path, text: bytes) -> Iterator[Pin]:
    """What a uv.lock pins. Raises `ValueError`."""
    for package in _require_any(decode_toml(text, _UvLock).package):
        markers, source = package.resolution_markers, package.source
        folder = source.editable or source.directory or source.virtual
        if markers and not any(map(holds, markers)):
            continue
        if folder:
            yield package.name, pin_path(path, folder)
        elif source.git:
            yield package.name, pin_elsewhere(source.git)
        elif package.version is None:
            raise ValueError("a package in it has no version")
        else:
            yield package.name, pin_release(package.version)


def read_poetry(path: Path, text: bytes) -> Iterator[Pin]:
    """What a poetry.lock pins. Raises `ValueError`."""
    for package in _require_any(decode_toml(text, _PoetryLock).package):
        markers, source = package.markers, package.source
        if not any(map(holds, markers.values() if isinstance(markers, dict) else [markers])):
            continue
        if source.type == "directory":
            yield package.name, pin_path(path, source.url)
        elif source.type in {"git", "url", "file"}:
            yield package.name, pin_elsewhere(source.url)
        else:
            yield package.name, pin_release(package.version)


def read_pylock(path: Path, text: bytes) -> Iterator[Pin]:
    """What a pylock.toml pins. Raises `ValueError`."""
    for package in _require_any(decode_toml(text, _Pylock).packages):
        if not holds(package.marker):
            continue
        if package.directory:
            yield package.name, pin_path(path, package.directory.path)
        elif package.vcs:
            yield package.name, pin_elsewhere(package.vcs.url or package.vcs.path)
        elif package.version is not None:
            yield package.name, pin_release(package.version)
        else:
            yield package.name, f"{UNPINNED}the file names no version"


def read_pipfile(path: Path, text: bytes) -> Iterator[Pin]:
    """What a Pipfile.lock pins. Raises `ValueError`."""
    sections = decode_json(text, _Pipfile)
    packages = {**sections.develop, **sections.default}
    for name, package in _require_any(tuple(packages.items())):
        if not holds(package.markers):
            continue
        if package.path is not None:
            yield name, pin_path(path, package.path)
        elif package.git is not None:
            yield name, pin_elsewhere(package.git)
        else:
            exact = re.fullmatch(r"===?([^*]+)", package.version)
            loose = f"{UNPINNED}{package.version!r} is a range, not a release"
            yield name, pin_release(exact[1]) if exact else loose


def _require_any(packages: tuple[T, ...]) -> tuple[T, ...]:
    if not packages:
        raise ValueError(EMPTY)
    return packages
