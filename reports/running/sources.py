"""The files of a target whose name does not say which code it is: a checkout, what is installed.

How this works. A checkout is the folder of its library, with the data in it, and whatever lies
beside it that the library's modules import, and these import in turn, whether it is there yet or
not. What is read elsewhere in the checkout is noticed where it runs, and such a result is not kept.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fixtures.drivers.surfaces import Library

from ..results.release import NotRunnable
from ..results.targets import INSTALLED, PATH, Target
from .installation import find_distributions

METADATA = (".egg-info", ".dist-info")
State = list[tuple[str, int, int, int, int]]
"""Each file with its number, size and times: an edit that hides in none of these is none."""


class CheckoutChanged(NotRunnable):
    """The code under test was edited while it ran."""


class Sources:
    """The files of a target, as they are now; a release from the index has none."""

    def __init__(self, target: Target) -> None:
        """Digest the files of the target."""
        self._target = target
        self._names = _imported(target) if target.kind == PATH else frozenset()
        self._before = self._state()
        self.digest = _digest(self._list()) if self._before else ""

    def check(self) -> None:
        """Raise `CheckoutChanged` unless every file is what it was."""
        if not self.are_current():
            raise CheckoutChanged(
                f"{self._target.label} was edited while it ran: run it again; what was recorded "
                "before is kept"
            )

    def are_current(self) -> bool:
        """Whether every file is what it was, and none has come."""
        return self._state() == self._before

    def _list(self) -> list[tuple[str, Path]]:
        if self._target.kind == PATH:
            root = Path(self._target.place)
            return [(str(path.relative_to(root)), path) for path in _files(root, self._names)]
        if self._target.kind == INSTALLED:
            return list(_installed(self._target.library))
        return []

    def _state(self) -> State:
        found = []
        for name, path in self._list():
            stat = path.stat()
            found.append((name, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
        return found


def checkout_of(place: str) -> str:
    """The folder that a user calls the checkout, out of the one to import from."""
    folder = Path(place)
    return str(folder.parent if folder.name == "src" else folder)


def list_sources(target: Target) -> list[str]:
    """The files of a checkout that its digest covers."""
    return [str(path) for path in _files(Path(target.place), _imported(target))]


def _imported(target: Target) -> frozenset[str]:
    """The library's module, and what it imports; some of it may lie beside it in the checkout."""
    found, new = {target.library.module}, {target.library.module}
    while new:
        files = _files(Path(target.place), frozenset(new))
        new = {name for path in files if path.suffix == ".py" for name in _imports(path)} - found
        found |= new
    return frozenset(found)


def _imports(path: Path) -> frozenset[str]:
    return _parse_imports(path, path.stat().st_ctime_ns)


@functools.lru_cache(maxsize=4096)
def _parse_imports(path: Path, changed: int) -> frozenset[str]:
    """The first names of what a module imports; `changed` tells an old answer from a new one."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):  # running it will say so
        return frozenset()
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
    return frozenset(found)


def _files(root: Path, names: frozenset[str]) -> list[Path]:
    """The files of the modules and packages of these names, and the metadata beside them."""
    with os.scandir(root) as entries:
        ours = [
            entry for entry in entries if entry.name.split(".")[0] in names or _is_metadata(entry)
        ]
    return sorted(path for entry in ours for path in _files_in(Path(entry.path)))


def _is_metadata(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(METADATA)


def _files_in(path: Path) -> Iterator[Path]:
    """A file, or all those in a folder, but for bytecode and what an editor hides there."""
    if path.is_dir():
        for inside in path.iterdir():
            if inside.name != "__pycache__" and not inside.name.startswith("."):
                yield from _files_in(inside)
    elif path.suffix != ".pyc" and path.is_file():
        yield path


def _installed(library: Library) -> Iterator[tuple[str, Path]]:
    """The files of what is installed of a library, and of all that is run with it."""
    for distribution in find_distributions(library).values():
        for file in distribution.files or ():
            path = Path(str(distribution.locate_file(file)))
            if file.suffix != ".pyc" and path.is_file():
                yield str(file), path


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    total = hashlib.sha256()
    for name, path in sorted(files):
        total.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
