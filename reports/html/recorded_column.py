"""Records beside a history: each recorded release becomes a column, or takes the place of one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from packaging.version import InvalidVersion, Version

from fixtures.run.interpreter import decode_interpreter

from ..history import History
from ..history.file_format import Behaviour, NoBehaviour
from ..history.rebuild import list_changes, make_behaviour
from ..history.stored_history import Known
from ..results.release import CellResult, Release, WrongInput

NO_RUN = NoBehaviour("the record has no run of it")
"""What is known of a cell that a recorded release has not played."""


def add_release(history: History, release: Release) -> History:
    """The history with what a record says of a release; nothing is written.

    What is not in the record stays as it is stored. Raises `WrongInput` for a release that another
    kind of Python has run, or that could not be run.
    """
    _require_comparable(history, release)
    version = release.version
    is_new = history.releases.get(version, "") is not None
    missing = len(history.cells.keys() - release.cells.keys())
    if is_new and missing:
        raise WrongInput(
            f"{release.label} is not stored, and its record has no run of {missing} of the "
            f"{len(history.cells)} cells that are: record all of them, without -k"
        )
    order = sorted([*history.releases, *([version] if is_new else [])], key=Version)
    order = list(dict.fromkeys(order))
    listed = {**history.releases, version: None}
    tables = {
        cell: {**history.table(cell), **({version: NO_RUN} if is_new else {})}
        for cell in history.cells
    }
    behaviours: dict[str, Behaviour] = {}
    runs = {cell: dict(counted) for cell, counted in history.runs.items()}
    for cell, result in release.cells.items():
        row = tables.setdefault(cell, dict.fromkeys(history.runnable, NO_RUN))
        row[version] = _make_entry(result)
        behaviours |= {trace.behaviour_id: make_behaviour(trace) for trace in result.traces}
        runs.setdefault(cell, {})[version] = result.behaviours
    known = cast("dict[str, Behaviour]", history.behaviours)
    return replace(
        history,
        releases={one: listed[one] for one in order},
        cells={cell: list_changes(row, order) for cell, row in tables.items()},
        behaviours=ChainMap(behaviours, known),
        runs=runs,
    )


def add_releases(history: History, releases: Iterable[Release]) -> History:
    """The history with all of these releases that are of its library."""
    for release in releases:
        if release.library == history.library:
            history = add_release(history, release)
    return history


def _require_comparable(history: History, release: Release) -> None:
    if release.reason:
        raise WrongInput(f"{release.label} could not be run: {release.reason}")
    try:
        Version(release.version)
    except InvalidVersion as error:
        raise WrongInput(
            f"the record of {release.library} names {release.version!r}, which is no version"
        ) from error
    ours, theirs = decode_interpreter(history.code.python), decode_interpreter(release.python)
    if theirs.drop_micro() != ours:
        raise WrongInput(
            f"{release.label} was recorded with {release.python}, and the history with "
            f"{history.code.python}: record it with that Python"
        )


def _make_entry(result: CellResult) -> Known:
    if result.problems or result.failed:
        return NoBehaviour("; ".join(result.problems) or result.reason, failed=True)
    return tuple(sorted(result.behaviours)) if result.traces else NoBehaviour(result.reason)
