"""The files of a target whose name does not say which code it is: a checkout, what is installed.

How this works. A checkout is the folder of its library, with the data in it, and whatever lies
beside it that the library's modules import, and these import in turn, whether it is there yet or
not. What is read elsewhere in the checkout is noticed where it runs, and such a result is not kept.
"""

from __future__ import annotations

import ast
import contextlib
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
        # What is installed is copied before it is run, so nothing comes to it later.
        is_copied = target.kind == INSTALLED
        self._installed = list(_installed(target.library)) if is_copied else []
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
        """Whether every file is what it was, and none has come.

        A new hard link to a file, as uv makes for each environment, changes its `st_ctime` too:
        so a file of the same number, size and time of writing is read again.
        """
        if (now := self._state()) == self._before:
            return True
        is_written = [one[:-1] for one in now] != [one[:-1] for one in self._before]
        if is_written or _digest(self._list()) != self.digest:
            return False
        self._before = now
        return True

    def _list(self) -> list[tuple[str, str]]:
        if self._target.kind != PATH:
            return self._installed
        root = self._target.place
        return [(path[len(root) :], path) for path in _files(root, self._names)]

    def _state(self) -> State:
        found = []
        for name, path in self._list():
            try:
                stat = os.stat(path)  # noqa: PTH116 -- many files, after each cell
            except OSError:  # it has just gone
                continue
            found.append((name, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
        return found


def checkout_of(place: str) -> str:
    """The folder that a user calls the checkout, out of the one to import from."""
    folder = Path(place)
    return str(folder.parent if folder.name == "src" else folder)


def list_sources(target: Target) -> list[str]:
    """The files of a checkout that its digest covers."""
    return _files(target.place, _imported(target))


def _imported(target: Target) -> frozenset[str]:
    """The library's module, and what it imports; some of it may lie beside it in the checkout."""
    found, new = {target.library.module}, {target.library.module}
    while new:
        files = _files(target.place, frozenset(new))
        new = {name for path in files if path.endswith(".py") for name in _imports(path)} - found
        found |= new
    return frozenset(found)


def _imports(path: str) -> frozenset[str]:
    return _parse_imports(path, Path(path).stat().st_ctime_ns)


@functools.lru_cache(maxsize=4096)
def _parse_imports(path: str, changed: int) -> frozenset[str]:
    """The first names of what a module imports; `changed` tells an old answer from a new one."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (SyntaxError, ValueError):  # running it will say so
        return frozenset()
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
    return frozenset(found)


def _files(root: str, names: frozenset[str]) -> list[str]:
    """The files of the modules and packages of these names, and the metadata beside them."""
    with os.scandir(root) as entries:
        ours = [
            entry
            for entry in entries
            if entry.name.split(".")[0] in names or entry.name.endswith(METADATA)
        ]
    return sorted(path for entry in ours for path in _files_in(entry))


def _files_in(entry: os.DirEntry[str]) -> Iterator[str]:
    """A file, or all those in a folder, but for bytecode and what an editor hides there."""
    if entry.is_dir():
        if entry.name != "__pycache__":
            with os.scandir(entry.path) as entries:
                for inside in entries:
                    if not inside.name.startswith("."):
                        yield from _files_in(inside)
    elif not entry.name.endswith(".pyc"):
        yield entry.path


def _installed(library: Library) -> Iterator[tuple[str, str]]:
    """The files of what is installed of a library, and of all that is run with it."""
    for distribution in find_distributions(library).values():
        for file in distribution.files or ():
            path = Path(str(distribution.locate_file(file)))
            if file.suffix != ".pyc" and path.is_file():
                yield str(file), str(path)


def _digest(files: Iterable[tuple[str, str]]) -> str:
    total = hashlib.sha256()
    for name, path in sorted(files):
        with contextlib.suppress(OSError):  # a link to nowhere
            total.update(name.encode() + hashlib.sha256(Path(path).read_bytes()).digest())
    return total.hexdigest()[:16]
