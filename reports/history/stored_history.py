"""A history as it is stored, read and asked.

How this works. A cell's entry names a release only where the cell differs from the release before
it, so that "since which release" is a look-up. An entry is the set of behaviours that were seen
(several where the cell races), or why there are none. Behaviours stand once each, under their id,
lane by lane, without wording; the id is their digest, so a file edited by hand is found out. What
they share stands in tables (`file_format`), and is put in its place when a behaviour is looked at
(`lazy_tables`).
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.trace import Loaded, Trace
from fixtures.run.duration import measure_class
from suites.input_files import Malformed, decode_json, read_input

from ..program_name import PROGRAM
from ..results.release import Cell, WrongInput
from .file_format import READ, Behaviour, NoBehaviour, Stored, decode_cell, decode_reason
from .lazy_tables import Shapes, UnfoldedBehaviours, check_all
from .provenance import Code
from .validation import first_problems, problems

FOLDER = Path(__file__).parent / "data"
LARGEST = 128 << 20
"""Bytes of a history; those of today have two million."""

Known = tuple[str, ...] | NoBehaviour
"""The ids of the behaviours that a cell showed, sorted; or why it showed none."""


class HistoryError(WrongInput):
    """A history cannot be read, asked or rebuilt; the text says why, and what to do."""


class _AnySchema(msgspec.Struct):
    schema: Any


@dataclass(frozen=True)
class History:
    """What every release of a library showed; `releases` and each cell's changes oldest first.

    `runs` says of races how often each outcome came in a release: see `race_counts`.
    """

    library: str
    code: Code
    releases: Mapping[str, str | None]
    cells: Mapping[Cell, Mapping[str, Known]]
    behaviours: Mapping[str, Behaviour]
    runs: Mapping[Cell, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)

    @functools.cached_property
    def runnable(self) -> list[str]:
        """The releases that can be run, oldest first."""
        return [version for version, reason in self.releases.items() if reason is None]

    def at(self, cell: Cell, version: str) -> Known:
        """What a cell showed in a release; raises `HistoryError` if that is not recorded."""
        self.require(version)
        found: Known | None = None
        changes = self.cells.get(cell, {})
        for release in self.runnable:
            found = changes.get(release, found)
            if release == version and found is not None:
                return found
        raise HistoryError(f"the history of {self.library} {version} has no cell {'-'.join(cell)}")

    def table(self, cell: Cell) -> dict[str, Known]:
        """What a cell showed in each release that can be run, oldest first."""
        found: Known = NoBehaviour("the cell is not recorded", failed=True)
        table: dict[str, Known] = {}
        for release in self.runnable:
            table[release] = found = self.cells.get(cell, {}).get(release, found)
        return table

    def count_runs(self, cell: Cell, version: str) -> Mapping[str, int]:
        """How often each outcome of a race came in a release; none where that is not stored."""
        return self.runs.get(cell, {}).get(version, {})

    def require(self, version: str) -> None:
        """Raise `HistoryError` unless the release is there and can be run."""
        if version not in self.releases:
            held = " to ".join(dict.fromkeys((*self.runnable[:1], *self.runnable[-1:])))
            raise HistoryError(
                f"the history of {self.library} has no release {version}; it holds {held}. "
                f"Newer releases: {PROGRAM} new {self.library}"
            )
        reason = self.releases[version]
        if reason is not None:
            raise HistoryError(f"{self.library} {version} could not be run: {reason}")

    def before(self, version: str) -> str | None:
        """The release before this one that can be run, or None."""
        return next((a for a, b in pairwise(self.runnable) if b == version), None)

    def traces(self, cell: Cell, version: str, outcomes: Iterable[str]) -> tuple[Trace, ...]:
        """Behaviours of a cell as traces: lane by lane, without wording."""
        loaded = Loaded(self.library, version, "", self.code.python)
        return tuple(self._trace(cell, loaded, one) for one in outcomes)

    def _trace(self, cell: Cell, loaded: Loaded, outcome: str) -> Trace:
        found = copy.copy(self.shapes[outcome])  # with what is derived from its events
        surface = SURFACES.get(cell[0])
        seconds = measure_class(found.duration_class, surface.timeouts) if surface else 0.0
        vars(found).update(surface=cell[0], scenario=cell[1], loaded=loaded, seconds=seconds)
        return found

    @functools.cached_property
    def shapes(self) -> Mapping[str, Trace]:
        """Each behaviour as a trace of no cell in particular.

        Looking at one that was changed by hand raises `HistoryError`.
        """
        return Shapes(self.behaviours, functools.partial(_refuse, self.library, ""))


def path_of(library: str, folder: Path | None = None, kind: str = "") -> Path:
    """The file of the history of a library, or of what differs on another kind of Python."""
    return (folder or FOLDER) / ".".join(filter(None, (library, kind, "json")))


def load(library: str, folder: Path | None = None) -> History:
    """The history of a library; a behaviour is checked when it is looked at.

    Raises `HistoryError`.
    """
    return read_history(path_of(library, folder), library)


def load_whole(library: str, folder: Path | None = None, kind: str = "") -> History:
    """The history of a library, all of it checked: to build on it. Raises `HistoryError`.

    `kind`: what is stored for another kind of Python, see `path_of`.
    """
    path = path_of(library, folder, kind)
    found, stored = _parse(_read(path, library), path.name, library)
    for problem in problems(stored, library):
        raise _refuse(library, path.name, problem)
    check_all(found.shapes)
    return found


def read_history(path: Path, library: str) -> History:
    """The history in a file, or what differs on another kind of Python. Raises `HistoryError`."""
    return _parse(_read(path, library), path.name, library)[0]


def _read(path: Path, library: str) -> bytes:
    try:
        return read_input(path, LARGEST)
    except OSError as error:
        raise HistoryError(
            f"there is no history of {library} ({path.name}: {error.strerror}); {_rebuild(library)}"
        ) from error


@functools.lru_cache(maxsize=16)
def _parse(raw: bytes, file: str, library: str) -> tuple[History, Stored]:
    """The history in the bytes of a file; the same bytes are read once. Raises `HistoryError`."""
    refuse = functools.partial(_refuse, library, file)
    try:
        stored = decode_json(raw, Stored)
        schema: Any = stored.schema
    except Malformed as error:
        schema = _find_schema(raw)
        if schema in READ:
            raise refuse(f"it is not a history: {error}") from error
    if schema not in READ:
        raise refuse(f"it has schema {schema!r}; this version reads {' and '.join(map(str, READ))}")
    for problem in first_problems(stored, library):
        raise refuse(problem)
    cells = {
        decode_cell(name): {version: _parse_entry(entry) for version, entry in changes.items()}
        for name, changes in stored.cells.items()
    }
    runs = {decode_cell(name): counted for name, counted in stored.runs.items()}
    behaviours = UnfoldedBehaviours(stored, refuse)
    return History(library, stored.code, stored.releases, cells, behaviours, runs), stored


def _find_schema(raw: bytes) -> Any:
    """The schema of a file that is in no form that is known; the newest if it does not say."""
    try:
        return decode_json(raw, _AnySchema).schema
    except Malformed:
        return READ[-1]


def find_behaviours(library: str, version: str, folder: Path | None = None) -> dict[Cell, set[str]]:
    """The behaviours that a release is known to show, by cell; none where there are none.

    Raises `HistoryError` for a release that the history lacks, or that could not be run.
    """
    history = load(library, folder)
    history.require(version)
    found = {cell: history.at(cell, version) for cell in history.cells}
    return {cell: set(one) if isinstance(one, tuple) else set() for cell, one in found.items()}


def _rebuild(library: str) -> str:
    return f"rebuild it with: {PROGRAM} sweep {library} --update-history"


def _refuse(library: str, file: str, problem: str) -> HistoryError:
    """The error of what is wrong with the file of a history."""
    name = file or f"the history of {library}"
    return HistoryError(f"{name}: {problem}; delete it and {_rebuild(library)}")


def _parse_entry(entry: list[str] | str) -> Known:
    return decode_reason(entry) if isinstance(entry, str) else tuple(sorted(entry))
