"""The release of a library that a lock file, or a requirements file, pins.

A pin that a marker rules out for this Python does not count, extras make no difference, and one
library at several releases is an error where it is asked for, not a guess. A lock file may come
with an untrusted change: of one that cannot be read, a message says where, and not what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from ..results.release import WrongInput
from .lock_formats import read_pipfile, read_poetry, read_pylock, read_uv
from .lock_pins import UNPINNED, Pin
from .requirements_files import PATTERN, decode_text, read_bytes, read_requirements

Reader = Callable[[Path, bytes], Iterator[Pin]]
REQUIREMENTS = "a requirements file"


def pins(path: Path, *, outside: bool = False) -> dict[str, list[str]]:
    """What a file pins: canonical name to every release (or path) that holds for this Python.

    Knows uv.lock, poetry.lock, pylock.toml, Pipfile.lock and requirements files, by name or, if
    the name does not tell, by content. `outside`: a requirements file may include files out of its
    folder. Raises `WrongInput` for a file that is none of these, and for one that pins nothing:
    with an empty file, nothing would ever be compared.
    """
    raw = read_bytes(path)
    text = decode_text(path, raw)
    kind = _find_kind(path, text)
    reader = READERS.get(kind)
    found: dict[str, list[str]] = {}
    try:
        named = (
            reader(path, text.encode())
            if reader
            else read_requirements(path, text, outside=outside)
        )
        for name, release in named:
            known = found.setdefault(canonicalize_name(name), [])
            if release not in known:
                known.append(release)
    except ValueError as error:
        raise WrongInput(f"{path} cannot be read as {kind}: {error}") from error
    except RuntimeError as error:  # RecursionError, and links that lead to themselves
        raise WrongInput(f"{path} cannot be read as {kind}: it never comes to an end") from error
    return found


def find_pin(path: Path, library: str, *, outside: bool = False) -> str | None:
    """The one release, or path, that a file pins a library to; None if it does not name it.

    Raises `WrongInput` for a library that is there, but not at one release.
    """
    found = pins(path, outside=outside).get(canonicalize_name(library), [])
    if len(found) > 1:
        raise WrongInput(
            f"{path} pins {library} to several releases: {', '.join(found)}; "
            "say which: gate --from OLD --to NEW LIBRARY"
        )
    if found and found[0].startswith(UNPINNED):
        raise WrongInput(f"{path} does not pin {library} to a single release: {found[0][1:]}")
    return found[0] if found else None


def _find_kind(path: Path, text: str) -> str:
    name = path.name.lower()
    for kind, pattern in NAMES.items():
        if re.search(pattern, name):
            return kind
    if text.lstrip().startswith("{"):
        return "Pipfile.lock"
    if re.search(r"^\[\[package\]\]", text, re.MULTILINE):
        return "poetry.lock" if "content-hash" in text else "uv.lock"
    if re.search(r"^\[\[packages\]\]", text, re.MULTILINE):
        return "pylock.toml"
    if PATTERN.search(text):
        return REQUIREMENTS
    raise WrongInput(
        f"{path} is not a lock file that this version reads; it reads: uv.lock, poetry.lock, "
        "pylock.toml, Pipfile.lock, requirements*.txt"
    )


READERS: dict[str, Reader] = {
    "uv.lock": read_uv,
    "poetry.lock": read_poetry,
    "pylock.toml": read_pylock,
    "Pipfile.lock": read_pipfile,
}
NAMES = {
    "uv.lock": r"uv\.lock$",
    "poetry.lock": r"poetry\.lock$",
    "pylock.toml": r"pylock.*\.toml$",
    "Pipfile.lock": r"pipfile\.lock$",
    REQUIREMENTS: r"requirements.*\.(txt|in)$|^constraints.*\.txt$",
}
"""What a file's name says about it."""
