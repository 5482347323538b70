"""What is in the folder of a release, so that a library that changes its own files is found out."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

State = tuple[str, int, int]
"""A file's name, its size and the time of its last change, in nanoseconds."""


def digest_files(folder: Path, *, but: str) -> str:
    """A digest of every file in a folder, without what Python compiles, and but for one name."""
    found = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    states = sorted(_look_at(path, folder) for path in found if path.is_file() and path.name != but)
    return _digest(folder, tuple(states))


def _look_at(path: Path, folder: Path) -> State:
    known = path.stat()
    return path.relative_to(folder).as_posix(), known.st_size, known.st_mtime_ns


@functools.lru_cache(maxsize=1024)
def _digest(folder: Path, states: tuple[State, ...]) -> str:
    """The digest of these files; each is read once, as long as it is not changed."""
    whole = hashlib.sha256()
    for name, *_ in states:
        content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        whole.update(f"{name}\0{content}\n".encode())
    return whole.hexdigest()
