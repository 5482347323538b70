"""The release of a library that a lock file, or a requirements file, pins.

A pin that a marker rules out for this Python does not count, extras make no difference, and one
library at several releases is an error where it is asked for, not a guess.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from ..results.release import WrongInput

Pin = tuple[str, str]
"""A distribution's name, and what it is pinned to: a release, or the path of a checkout."""
Reader = Callable[[Path, str], Iterator[Pin]]
EMPTY = "it names no distribution at all; is it the right file?"
"""What is wrong with a file because of which nothing would ever be compared."""
UNPINNED = "?"
"""What stands for a requirement that names no single release; the reason comes after it."""


def pins(path: Path) -> dict[str, list[str]]:
    """What a file pins: canonical name to every release (or path) that holds for this Python.

    Knows uv.lock, poetry.lock, pylock.toml, Pipfile.lock and requirements files, by name or, if
    the name does not tell, by content. Raises `WrongInput` for a file that is none of these, and
    for one that pins nothing: with an empty file, nothing would ever be compared.
    """
    text = _text(path)
    kind, reader = _reader(path, text)
    found: dict[str, list[str]] = {}
    try:
        for name, release in reader(path, text):
            known = found.setdefault(canonicalize_name(name), [])
            if release not in known:
                known.append(release)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise WrongInput(f"{path} cannot be read as {kind}: {why}") from error
    return found


def find_pin(path: Path, library: str) -> str | None:
    """The one release, or path, that a file pins a library to; None if it does not name it.

    Raises `WrongInput` for a library that is there, but not at one release.
    """
    found = pins(path).get(canonicalize_name(library), [])
    if len(found) > 1:
        raise WrongInput(
            f"{path} pins {library} to several releases: {', '.join(found)}; "
            "say which: gate --from OLD --to NEW LIBRARY"
        )
    if found and found[0].startswith(UNPINNED):
        raise WrongInput(f"{path} does not pin {library} to a single release: {found[0][1:]}")
    return found[0] if found else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path} is not text: {error}") from error


def _reader(path: Path, text: str) -> tuple[str, Reader]:
    name = path.name.lower()
    for kind, pattern, reader in READERS:
        if re.search(pattern, name):
            return kind, reader
    if text.lstrip().startswith("{"):
        return "Pipfile.lock", _pipfile
    if re.search(r"^\[\[package\]\]", text, re.MULTILINE):
        is_poetry = "content-hash" in text
        return ("poetry.lock", _poetry) if is_poetry else ("uv.lock", _uv)
    if re.search(r"^\[\[packages\]\]", text, re.MULTILINE):
        return "pylock.toml", _pylock
    if re.search(r"^[\w.-]+(\[[^\]]*\])?\s*(===?|@)", text, re.MULTILINE):
        return "a requirements file", _requirements
    raise WrongInput(
        f"{path} is not a lock file that this version reads; it reads: uv.lock, poetry.lock, "
        "pylock.toml, Pipfile.lock, requirements*.txt"
    )


def _holds(marker: str | None) -> bool:
    """Whether a marker holds for this Python; without one, yes."""
    if not marker:
        return True
    try:
        return Marker(marker).evaluate({"extra": ""})
    except InvalidMarker as error:
        raise ValueError(f"marker {marker!r}: {str(error).splitlines()[0]}") from error


def _packages(text: str, key: str) -> list[Mapping[str, Any]]:
    try:
        found = tomllib.loads(text)[key]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is not TOML: {error}") from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError(f"{key!r} is not a list of tables")
    if not found:
        raise ValueError(EMPTY)
    return found


def _resolve_path(path: Path, other: str) -> str:
    """A path in a lock file: it is relative to the file."""
    return str((path.parent / other).resolve())


def _elsewhere(where: str) -> str:
    return f"{UNPINNED}{where}; check it out, and gate --from OLD --to PATH LIBRARY"


def _uv(path: Path, text: str) -> Iterator[Pin]:
    for package in _packages(text, "package"):
        source = package.get("source", {})
        markers = package.get("resolution-markers", ())
        if markers and not any(map(_holds, markers)):
            continue
        folder = source.get("editable") or source.get("directory") or source.get("virtual")
        if folder:
            yield package["name"], _resolve_path(path, folder)
        elif "git" in source:
            yield package["name"], _elsewhere(f"it comes from {source['git']}")
        else:
            yield package["name"], package["version"]


def _poetry(path: Path, text: str) -> Iterator[Pin]:
    for package in _packages(text, "package"):
        source = package.get("source", {})
        markers = package.get("markers")
        every = list(markers.values()) if isinstance(markers, dict) else [markers]
        if not any(map(_holds, every)):
            continue
        if source.get("type") == "directory":
            yield package["name"], _resolve_path(path, source["url"])
        elif source.get("type") in {"git", "url", "file"}:
            yield package["name"], _elsewhere(f"it comes from {source['url']}")
        else:
            yield package["name"], package["version"]


def _pylock(path: Path, text: str) -> Iterator[Pin]:
    for package in _packages(text, "packages"):
        if not _holds(package.get("marker")):
            continue
        if "directory" in package:
            yield package["name"], _resolve_path(path, package["directory"]["path"])
        elif "vcs" in package:
            where = package["vcs"].get("url") or package["vcs"].get("path")
            yield package["name"], _elsewhere(f"it comes from {where}")
        elif "version" in package:
            yield package["name"], package["version"]
        else:
            yield package["name"], f"{UNPINNED}the file names no version"


def _pipfile(path: Path, text: str) -> Iterator[Pin]:
    try:
        sections = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error}") from error
    packages = {**sections.get("develop", {}), **sections["default"]}
    if not packages:
        raise ValueError(EMPTY)
    for name, package in packages.items():
        if not _holds(package.get("markers")):
            continue
        if "path" in package:
            yield name, _resolve_path(path, package["path"])
        elif "git" in package:
            yield name, _elsewhere(f"it comes from {package['git']}")
        else:
            version = package.get("version", "*")
            exact = re.fullmatch(r"===?([^*]+)", version)
            yield name, exact[1] if exact else f"{UNPINNED}{version!r} is a range, not a release"


def _requirements(path: Path, text: str) -> Iterator[Pin]:
    texts: dict[Path, str] = {}
    yield from _requirement_lines(path, text, texts)
    if not any(
        re.search(r"^\s*(-e|--editable|[^#\s-])", one, re.MULTILINE) for one in texts.values()
    ):
        raise ValueError(EMPTY)


def _requirement_lines(path: Path, text: str, seen: dict[Path, str]) -> Iterator[Pin]:
    seen[path.resolve()] = text
    for line in re.sub(r"\\\r?\n", " ", text).splitlines():
        wanted = re.sub(r"(^|\s)#.*", "", line).strip()
        included = re.match(r"(?:-r|--requirement)[ =]?\s*(\S+)", wanted)
        editable = re.match(r"(?:-e|--editable)[ =]?\s*(\S+)", wanted)
        if included:
            other = path.parent / included[1]
            if other.resolve() not in seen:
                yield from _requirement_lines(other, _text(other), seen)
        elif editable:
            named = re.search(r"#egg=([\w.-]+)", editable[1])
            if named:
                yield named[1], _elsewhere(f"it comes from {editable[1]}")
        elif wanted and not wanted.startswith("-"):
            yield from _parse_requirements(path, re.split(r"\s--", wanted)[0])


def _parse_requirements(path: Path, wanted: str) -> Iterator[Pin]:
    try:
        found = Requirement(wanted)
    except InvalidRequirement as error:
        if re.match(r"[./]|\w+://|git\+", wanted):
            return  # a path or an address without a name: nothing says which library it is
        raise ValueError(f"{wanted!r}: {str(error).splitlines()[0]}") from error
    if found.marker and not found.marker.evaluate({"extra": ""}):
        return
    exact = re.fullmatch(r"===?([^*,]+)", str(found.specifier))
    if found.url and found.url.startswith("file:"):
        yield found.name, _resolve_path(path, re.sub("^file:(//)?", "", found.url))
    elif found.url:
        yield found.name, _elsewhere(f"it comes from {found.url}")
    elif exact:
        yield found.name, exact[1]
    else:
        said = str(found.specifier) or "any release"
        yield found.name, f"{UNPINNED}{said!r} is a range, not a release"


READERS: tuple[tuple[str, str, Reader], ...] = (
    ("uv.lock", r"uv\.lock$", _uv),
    ("poetry.lock", r"poetry\.lock$", _poetry),
    ("pylock.toml", r"pylock.*\.toml$", _pylock),
    ("Pipfile.lock", r"pipfile\.lock$", _pipfile),
    ("a requirements file", r"requirements.*\.(txt|in)$|^constraints.*\.txt$", _requirements),
)
"""What a file's name says about it, and how to read it."""
