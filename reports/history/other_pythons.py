"""What differs on Pythons of another kind: a small history beside that of a library.

How this works. The history of a library is of one kind of Python: an implementation, and what a TLS
read makes of a reset. What another kind does stands in a file of its own, in the same form, such as
`websocket-client.tls-reset-raises.json`. It holds the releases that were run on such a Python, and
of their cells only those that behave in another way in one of these releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import pluralize
from fixtures.run.interpreter import Interpreter, decode_interpreter, find_interpreter

from ..program_name import PROGRAM
from ..results.release import Cell, Release
from .provenance import Code, driver_fingerprint, scenario_fingerprint
from .rebuild import list_changes, list_ids, rebuild_history, stale
from .rebuild import update as update_whole
from .stored_history import FOLDER, History, HistoryError, Known, load, path_of, read_history
from .writer import write


def update(library: str, releases: Iterable[Release], folder: Path | None = None) -> Path:
    """Put what these releases showed into the history of a library, or beside it; the file.

    It is put beside it if the Python that runs this is of another kind than the history's. Raises
    `HistoryError`, as `rebuild_history` does, and for a stored history that cannot be read.
    """
    if path_of(library, folder).exists():
        known = load(library, folder)
        if not is_of_kind(known, find_interpreter()):
            path = path_of(library, folder, name_kind(find_interpreter()))
            write(path, keep_differences(known, rebuild_history(library, releases)))
            return path
    return update_whole(library, releases, folder)


def is_of_kind(known: History, python: Interpreter) -> bool:
    """Whether a history says what cells do on this Python."""
    return decode_interpreter(known.code.python).kind == python.kind


def name_kind(python: Interpreter) -> str:
    """The kind of a Python in the name of a file."""
    usual = python.implementation == "CPython"
    return python.tls_reset if usual else f"{python.implementation.lower()}-{python.tls_reset}"


def keep_differences(known: History, found: History) -> History:
    """Of the history `found`, recorded on another kind of Python, the cells that differ.

    Raises `HistoryError` if the two cannot be compared, cell by cell and release by release.
    """
    for version in found.runnable:
        known.require(version)
    require_all_cells(known, found)
    cells = {cell: found.cells[cell] for cell in known.cells if _differs(known, found, cell)}
    used = {one for row in cells.values() for entry in row.values() for one in list_ids(entry)}
    behaviours = {name: one for name, one in found.behaviours.items() if name in used}
    code = limit_code(found.code, known)
    return replace(found, code=code, cells=cells, behaviours=behaviours)


def require_all_cells(known: History, found: History) -> None:
    """Raise `HistoryError` if `found` lacks a cell that is known, or if what is known is stale."""
    changed = set(stale(known))
    lacking = [cell for cell in known.cells if cell not in found.cells or cell in changed]
    if lacking:
        raise HistoryError(
            f"{pluralize(len(lacking), 'cell')} of {known.library}, such as "
            f"{'-'.join(lacking[0])}, cannot be compared with the history for {known.code.python}: "
            "rebuild that first, and run every cell here"
        )


def limit_code(code: Code, known: History) -> Code:
    """The fingerprints without those of scenarios that a history does not hold."""
    compared = {scenario for _, scenario in known.cells}
    scenarios = {name: one for name, one in code.scenarios.items() if name in compared}
    return msgspec.structs.replace(code, scenarios=scenarios)


def load_others(known: History, folder: Path | None = None) -> list[History]:
    """What is stored beside a history, for each other kind of Python. Raises `HistoryError`."""
    library = known.library
    found = sorted((folder or FOLDER).glob(f"{library}.*.json"))
    return [read_history(path, library) for path in found]


def load_here(library: str, folder: Path | None = None) -> History:
    """The history of a library on Pythons such as the one that runs this.

    Raises `HistoryError` for files that cannot be read, and if nothing is stored of such Pythons.
    """
    known = load(library, folder)
    if is_of_kind(known, find_interpreter()):
        return known
    return put_upon(known, choose_other(known, folder))


def choose_other(known: History, folder: Path | None = None) -> History:
    """What is stored beside a history for the Python that runs this. Raises `HistoryError`."""
    here = find_interpreter()
    for other in load_others(known, folder):
        if is_of_kind(other, here):
            return other
    raise HistoryError(
        f"the history of {known.library} is for {known.code.python}, and nothing is stored for "
        f"Pythons with {here.tls_reset}: {PROGRAM} sweep {known.library} --releases "
        f"{known.runnable[-1]} --update-history"
    )


def put_upon(known: History, other: History) -> History:
    """The whole history on another kind of Python; what differs in its code is stale."""
    rows: Mapping[Cell, Mapping[str, Known]] = {
        cell: {
            version: (other if cell in other.cells else known).at(cell, version)
            for version in other.runnable
        }
        for cell in known.cells
    }
    return History(
        known.library,
        _agree(known.code, other.code),
        other.releases,
        {cell: list_changes(row, other.runnable) for cell, row in rows.items()},
        {**known.behaviours, **other.behaviours},
        {cell: counted for cell, counted in known.runs.items() if cell not in other.cells},
    )


def _agree(known: Code, other: Code) -> Code:
    """The fingerprints of both; one that they do not share is that of no code."""
    drivers, scenarios = (
        {name: one if theirs.get(name) == one else "" for name, one in ours.items()}
        for ours, theirs in ((known.drivers, other.drivers), (known.scenarios, other.scenarios))
    )
    return Code(other.python, known.machinery, drivers, scenarios)


def list_outdated(other: History, cells: Sequence[Cell]) -> list[Cell]:
    """Those of the cells of which other code was run for a history than there is now."""
    drivers = {name: driver_fingerprint(SURFACES[name]) for name in {name for name, _ in cells}}
    return [
        (surface, scenario)
        for surface, scenario in cells
        if (drivers[surface], scenario_fingerprint(SCENARIOS[scenario]))
        != (other.code.drivers.get(surface), other.code.scenarios.get(scenario))
    ]


def list_differing(known: History, other: History, cells: Iterable[Cell]) -> list[Cell]:
    """Those of the cells that differ in the newest release that is stored of another kind."""
    newest = other.runnable[-1]
    return [
        cell
        for cell in cells
        if cell in other.cells and not _may_be_same(known.at(cell, newest), other.at(cell, newest))
    ]


def _may_be_same(there: Known, here: Known) -> bool:
    """Whether two entries are equal or, of a cell that races, have an outcome in common.

    A race was played too seldom on another kind of Python to say that an outcome is gone there.
    """
    if isinstance(there, tuple) and isinstance(here, tuple):
        return not set(there).isdisjoint(here)
    return there == here


def _differs(known: History, found: History, cell: Cell) -> bool:
    there, here = known.table(cell), found.table(cell)
    return any(not _may_be_same(there[version], here[version]) for version in found.runnable)
