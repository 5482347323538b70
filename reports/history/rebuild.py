"""Rebuild a history out of what releases showed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.behaviour import find_order
from fixtures.model.scenario import SCENARIOS
from fixtures.model.text import pluralize
from fixtures.model.trace import Trace
from fixtures.run.interpreter import decode_interpreter

from ..program_name import PROGRAM
from ..results.release import Cell, CellResult, Release
from . import provenance as code_now
from .file_format import Behaviour, NoBehaviour
from .keys import Row
from .provenance import Code, is_same_code
from .stored_history import History, HistoryError, Known, load_whole, path_of
from .writer import write

Table = dict[Cell, dict[str, Known]]
"""What each cell showed in each release that can be run."""


@dataclass
class _Draft:
    """A history on its way: what is known so far."""

    library: str
    releases: dict[str, str | None]
    table: Table
    behaviours: dict[str, Behaviour]
    ran: set[tuple[Cell, str]] = field(default_factory=set)


def update(library: str, releases: Iterable[Release], folder: Path | None = None) -> Path:
    """Put what these releases showed into the history of a library; the file.

    Raises `HistoryError`, as `rebuild_history` does, and for a stored history that cannot be read.
    """
    path = path_of(library, folder)
    known = load_whole(library, folder) if path.exists() else None
    write(path, rebuild_history(library, releases, known))
    return path


def rebuild_history(
    library: str, releases: Iterable[Release], known: History | None = None
) -> History:
    """The history that is known, with what these releases showed.

    Releases that are known and not given stay as they are. The outcomes of a race that are known
    stay known, unless its scenario or driver has changed. Raises `HistoryError` if what is given,
    together with what is known, is not the whole of a history.
    """
    code = code_now.code_of(LIBRARIES[library])
    draft, given = _draft(library, known, code), 0
    for given, release in enumerate(releases, 1):  # noqa: B007 -- one by one: they are large
        _add(draft, release, code, known)
    _check_complete(draft, known, given)
    order = _by_version(draft.releases)
    cells = {cell: list_changes(row, order) for cell, row in sorted(draft.table.items()) if row}
    used = {one for row in cells.values() for entry in row.values() for one in list_ids(entry)}
    behaviours = {one: draft.behaviours[one] for one in sorted(used)}
    listed = {version: draft.releases[version] for version in order}
    runs = _keep_runs(draft, known) if known else {}
    return History(library, code, listed, cells, behaviours, runs)


def stale(known: History) -> list[Cell]:
    """The cells that a history does not hold as they are now: new ones, and changed ones.

    The Python does not count: see `other_pythons`.
    """
    code = code_now.code_of(LIBRARIES[known.library])
    return [
        (surface, scenario)
        for surface in code.drivers
        for scenario in code.scenarios
        if SURFACES[surface].plays(SCENARIOS[scenario])
        and (
            (surface, scenario) not in known.cells
            or not is_same_code(code, known.code, (surface, scenario))
        )
    ]


def _draft(library: str, known: History | None, code: Code) -> _Draft:
    """What is known and still holds: nothing of a cell that is gone, or whose code has changed."""
    if known is None:
        return _Draft(library, {}, {}, {})
    table = {
        cell: known.table(cell)
        for cell in known.cells
        if code.of(cell) == known.code.of(cell) and None not in code.of(cell)
    }
    return _Draft(library, dict(known.releases), table, dict(known.behaviours))


def _add(draft: _Draft, release: Release, code: Code, known: History | None) -> None:
    version = _release_of(draft.library, release)
    for row in draft.table.values():
        if release.reason:
            row.pop(version, None)
    if release.reason:
        draft.releases[version] = _without_places(release.reason)
        return
    if decode_interpreter(release.python).drop_micro() != decode_interpreter(code.python):
        raise HistoryError(f"{version} was recorded with {release.python}, this is {code.python}")
    draft.releases[version] = None
    is_same = known is not None and known.code.machinery == code.machinery
    for cell, result in release.cells.items():
        if None in code.of(cell):
            raise HistoryError(f"{version} has a cell {'-'.join(cell)}, which nothing declares")
        entry, row = _entry(result, release), draft.table.setdefault(cell, {})
        if SURFACES[cell[0]].may_race(SCENARIOS[cell[1]]):
            entry = _unite(entry, row.get(version, ()), is_same=is_same)
        row[version] = entry
        draft.ran.add((cell, version))
        for trace in result.traces:
            # What is known keeps its order, so that the file changes with behaviours alone.
            stored = draft.behaviours.get(trace.behaviour_id)
            if stored is None or not stored.order:
                draft.behaviours[trace.behaviour_id] = make_behaviour(trace)


def _keep_runs(draft: _Draft, known: History) -> dict[Cell, dict[str, Mapping[str, int]]]:
    """How often outcomes of races came, of those that have not been run again now."""
    kept = {
        cell: {
            version: counts
            for version, counts in counted.items()
            if version in draft.table.get(cell, {}) and (cell, version) not in draft.ran
        }
        for cell, counted in known.runs.items()
    }
    return {cell: counted for cell, counted in kept.items() if counted}


def _release_of(library: str, release: Release) -> str:
    try:
        if release.library == library and str(Version(release.label)) == release.version:
            return release.version
    except InvalidVersion:
        pass
    raise HistoryError(
        f"{release.library} {release.label!r} has no place in the history of {library}: only "
        "releases have, by their version"
    )


def _entry(result: CellResult, release: Release) -> Known:
    """What a cell showed, or why nothing: the same words for every release that it is true of."""
    if result.problems or result.failed:
        why = _without_places("; ".join(result.problems) or result.reason)
        return NoBehaviour(_without_version(why, release), failed=True)
    if not result.traces:
        return NoBehaviour(_without_version(result.reason, release))
    return tuple(sorted(result.behaviours))


def _unite(new: Known, old: Known, *, is_same: bool) -> Known:
    """The outcomes of a race: what was seen, and what was known before.

    Once our machinery has changed, what was known stays only if some of it was seen again.
    """
    if isinstance(new, NoBehaviour) or isinstance(old, NoBehaviour):
        return new
    if is_same or set(new) & set(old):
        return tuple(sorted({*new, *old}))
    return new


def make_behaviour(trace: Trace) -> Behaviour:
    """What the behaviour's id is the digest of."""
    found = trace.behaviour
    lanes = {lane: [_row(*row) for row in rows] for lane, rows in found["lanes"].items()}
    return Behaviour(found["waited"], lanes, found["facts"], find_order(trace))


def _row(kind: str, name: str, how: str, args: list[Any], code: int | None) -> Row:
    return kind, name, how, args, code


def _check_complete(draft: _Draft, known: History | None, given: int) -> None:
    """Every cell has an entry for every release that can be run."""
    runnable = [version for version, reason in draft.releases.items() if reason is None]
    if not runnable:
        raise HistoryError(f"none of the releases of {draft.library} that were given can be run")
    lacking = {
        version: [cell for cell, row in draft.table.items() if version not in row]
        for version in _by_version(runnable)
    }
    short = {version: cells for version, cells in lacking.items() if cells}
    if not short:
        return
    version, cells = next(iter(short.items()))
    why = "its scenario or driver is new or has changed" if known else "it was not run"
    count = pluralize(len(cells), "cell")
    raise HistoryError(
        f"{draft.library}: {count} of {version}, such as {'-'.join(cells[0])}, not recorded "
        f"({why}; {given} releases were given). Sweep every release, and every cell: "
        f"{PROGRAM} sweep {draft.library} --update-history"
    )


def list_changes(row: Mapping[str, Known], order: Iterable[str]) -> dict[str, Known]:
    """The entries of a cell that differ from the one before, in this order of releases."""
    found: dict[str, Known] = {}
    last: Known | None = None
    for version in order:
        entry = row.get(version)
        if entry is not None and entry != last:
            found[version] = last = entry
    return found


def _by_version(versions: Iterable[str]) -> list[str]:
    return sorted(versions, key=Version)


def list_ids(entry: Known) -> tuple[str, ...]:
    """The behaviours that a cell showed; none where it showed none."""
    return () if isinstance(entry, NoBehaviour) else entry


def _without_places(reason: str) -> str:
    """A reason in one line, without what belongs to one machine: addresses, folders, numbers."""
    cleaned = re.sub(r"https?://[^\s'\"`)]+", "the index", " ".join(reason.split()))
    cleaned = re.sub(r"(?<![\w.])/(?:[\w.@+-]+/)+", "", cleaned)
    return re.sub(r"\b(0x[0-9a-f]+|pid \d+)", "...", cleaned)


def _without_version(reason: str, release: Release) -> str:
    """A reason that is said of the library, not of one release of it."""
    named = re.escape(f"{release.library} {release.version}")
    return re.sub(rf"\b{named}(?!\.?\w)", release.library, reason)
