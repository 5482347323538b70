"""What a result depends on besides the release: digests of the suite and of the drivers.

A cell's digest covers the machinery, the scenario's group, the modules of scenarios that the
surface plays, and those behind its driver. Results under another digest are results of another
suite. Of the table of surfaces, a cell depends on the rows of its library alone.

How this works. The machinery is what a child process imports to run a cell, whichever folder it is
in: the imports of `fixtures` are followed from there. A driver is loaded by name, so its imports
are followed from its own module.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.scenario import Family, Scenario
from fixtures.model.situations import flat
from fixtures.run.interpreter import encode_interpreter, find_interpreter
from suites.scenarios import OF_ONE_LIBRARY

from ..results import user_drivers as drivers
from ..results.release import NotRunnable
from .child_process import CHECKOUT

FIXTURES = CHECKOUT / "fixtures"
DRIVERS = FIXTURES / "drivers"
SCENARIOS = CHECKOUT / "suites" / "scenarios"
CHILD = FIXTURES / "run" / "worker.py"
"""Where every run of a cell begins, in a process of its own."""


class SuiteChanged(NotRunnable):
    """The suite was edited while it ran."""


def python() -> str:
    """The interpreter, as traces name it."""
    return encode_interpreter(find_interpreter())


def machinery() -> list[Path]:
    """The modules that every cell runs through."""
    return sorted(_with_imports(CHILD) - set(tables()))


def tables(library: str = "") -> list[Path]:
    """The modules that hold the table of surfaces: all, or the rows of one library."""
    return sorted(DRIVERS.glob(f"{library.replace('-', '_')}*surface*.py"))


def suite() -> str:
    """The digest of the machinery and of every scenario."""
    return digest([*machinery(), *sorted(SCENARIOS.rglob("*.py"))])


def of_drivers(library: str) -> str:
    """The digest of the modules that drive the surfaces of a library."""
    surfaces = [surface for surface in SURFACES.values() if surface.library.name == library]
    files = {file for surface in surfaces for file in driver_files(surface)}
    return digest(sorted(files))


class Fingerprints:
    """The digests of cells, as the files are now."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._known: dict[tuple[str, str], str] = {}
        self._before = _state()

    def cell(self, surface: Surface, group: str, contents: str = "") -> str:
        """The digest of a surface in the scenarios of a group, and of a checkout's contents."""
        key = surface.name, group
        if key not in self._known:
            scenarios = SCENARIOS / f"{group}.py"
            files = [*machinery(), *tables(surface.library.name), *driver_files(surface)]
            files += [scenarios] if scenarios.exists() else []
            files += sorted((SCENARIOS / surface.library.name.replace("-", "_")).glob("*.py"))
            files += [path for path in modules_of_others(surface) if path not in files]
            self._known[key] = digest(files)
        return self._known[key] + contents

    def are_current(self) -> bool:
        """Whether every file of the suite is what it was: a child reads them anew."""
        return _state() == self._before

    def check(self) -> None:
        """Raise `SuiteChanged` if a file of the suite is not what it was."""
        if not self.are_current():
            raise SuiteChanged(
                "the suite's files were edited while it ran: run it again; what was recorded "
                "before is kept"
            )


def modules_of_others(surface: Surface) -> list[Path]:
    """The modules with a scenario that the surface plays, in the folder of any library."""
    return [
        Path(module.__file__ or "")
        for module in OF_ONE_LIBRARY
        if any(map(surface.plays, flat(_declared_in(module))))
    ]


def _declared_in(module: ModuleType) -> list[Scenario | Family]:
    return [one for one in vars(module).values() if isinstance(one, Scenario | Family)]


def driver_files(surface: Surface) -> list[Path]:
    """The modules behind a surface's driver that are not machinery: its own, what that imports."""
    start = DRIVERS / f"{surface.driver_place[0]}.py"
    if not start.exists():
        return [drivers.file(name) for name in drivers.names()]
    return sorted(_with_imports(start) - _with_imports(CHILD))


def digest(files: Iterable[Path]) -> str:
    """Sixteen digits that change with any of the files, and with the interpreter."""
    total = hashlib.sha256(python().encode())
    for path in files:
        total.update(path.name.encode() + _content(path, path.stat().st_mtime_ns))
    return total.hexdigest()[:16]


@functools.lru_cache(maxsize=1024)
def _content(path: Path, changed: int) -> bytes:
    """The digest of a file; `changed` tells an old answer from a new one."""
    return hashlib.sha256(path.read_bytes()).digest()


def _with_imports(start: Path) -> set[Path]:
    """A module of the fixtures, and every one that importing and running it imports."""
    found, new = {start}, [start]
    for path in new:
        more = _imports(path, path.stat().st_mtime_ns) - found
        found |= more
        new += more
    return found


@functools.lru_cache(maxsize=1024)
def _imports(path: Path, changed: int) -> frozenset[Path]:
    """The modules of the fixtures that a module imports; `changed` as for `_content`."""
    package = ".".join(path.relative_to(CHECKOUT).parent.parts)
    found = set(_files(package))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            found.update(*(_files(f"{base}.{alias.name}") for alias in node.names))
        elif isinstance(node, ast.Import):
            found.update(*(_files(alias.name) for alias in node.names))
        elif isinstance(node, ast.Attribute) and node.attr == "iter_modules":
            found.update(path.parent.glob("*.py"))  # a package that imports all its modules
    return frozenset(found)


def _files(name: str) -> list[Path]:
    """The files that importing a module of the fixtures, or an object in one, executes."""
    parts = name.split(".")
    if parts[0] != FIXTURES.name:
        return []
    paths = [CHECKOUT.joinpath(*parts[:count]) for count in range(1, len(parts) + 1)]
    candidates = [path / "__init__.py" for path in paths] + [
        path.with_suffix(".py") for path in paths
    ]
    return [path for path in candidates if path.exists()]


def _state() -> list[tuple[str, int, int]]:
    """Every file that a child reads, with its size and its time."""
    return sorted([*_list_files(str(FIXTURES)), *_list_files(str(SCENARIOS))])


def _list_files(folder: str) -> Iterator[tuple[str, int, int]]:
    """The modules in a folder, with size and time; asked after each cell, so without `Path`."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                known = entry.stat()
                yield entry.path, known.st_size, known.st_mtime_ns
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from _list_files(entry.path)
