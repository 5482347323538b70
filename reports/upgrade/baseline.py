"""`pytest --baseline`: what a run shows, compared cell by cell with a recorded one.

The baseline is a file that `pytest --record` or a sweep wrote, or the word `history`: what the
installed release is known to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from fixtures.drivers.surfaces import Library
from fixtures.model.trace import Loaded
from suites.judging.issues import Deviation
from suites.judging.judge import CellVerdict

from .. import history
from ..diff.comparison import MATTERS, MINOR, Comparison, compare
from ..history.file_format import NoBehaviour, encode_reason
from ..history.stored_history import History
from ..results.release import Cell, CellResult, Release, WrongInput
from ..results.targets import RECORD, Target, read_recorded

HISTORY = "history"
ABSENT = "not in it"
"""What is said of a cell that the baseline does not hold; nothing is wrong with it."""
STALE = "recorded with other code of this suite"
"""What is said of a cell whose driver or scenario has changed since the history was recorded."""


class Baseline:
    """What every library that is tested showed before."""

    def __init__(self, name: str, before: Iterable[History | Release]) -> None:
        """`name` is what the command line calls it."""
        self.name = name
        self._before: Mapping[str, History | Release] = {one.library: one for one in before}
        histories = [one for one in self._before.values() if isinstance(one, History)]
        self._stale = {
            cell for one in histories for cell in history.stale(one) if cell in one.cells
        }

    @classmethod
    def load(cls, name: str, loaded: Iterable[Loaded], libraries: Iterable[Library]) -> Baseline:
        """The baseline of these libraries. Raises `WrongInput` if it holds nothing of them."""
        if name == HISTORY:
            found = []
            for one in loaded:
                stored = history.load_here(one.library)
                stored.require(one.version)
                found.append(stored)
            return cls(name, found)
        return cls(name, _read_recorded(Path(name), list(libraries)))

    def check(
        self, cell: CellVerdict, deviations: Iterable[Deviation]
    ) -> tuple[str, Comparison | None]:
        """The word for a cell, and the comparison if something differs."""
        library = cell.surface.library.name
        place = cell.surface.name, cell.scenario.name
        if not cell.traces:
            return ABSENT, None
        if place in self._stale:
            return STALE, None
        loaded = cell.traces[0].loaded
        now = Release(
            library, "installed", loaded.version, loaded.python, {place: CellResult(cell.traces)}
        )
        before = self._release(library, place, now)
        if place not in before.cells:
            return ABSENT, None
        found = compare(before, now, [place], deviations)
        word = found.differences[0].word
        return word, found if word in {*MATTERS, MINOR} else None

    def _release(self, library: str, cell: Cell, now: Release) -> Release:
        known = self._before.get(library)
        if isinstance(known, Release):
            return known
        cells: dict[Cell, CellResult] = {}
        if known is not None and cell in known.cells:
            cells[cell] = _from_history(known, cell, now)
        return Release(library, now.version, now.version, now.python, cells)


def _from_history(known: History, cell: Cell, now: Release) -> CellResult:
    """What the history knows of a cell; of a race, the outcomes that were seen again, if any.

    How often each of them came is that of another machine, under another load. So a race is as it
    was if any run shows what is known: what other runs show is told, and fails no test.
    """
    outcomes = known.at(cell, now.version)
    if isinstance(outcomes, NoBehaviour):
        return CellResult(reason=encode_reason(outcomes))
    again = [one for one in outcomes if one in now.cells[cell].behaviours]
    return CellResult(known.traces(cell, now.version, again or outcomes), counted=False)


def _read_recorded(path: Path, libraries: list[Library]) -> list[Release]:
    found, reasons = [], []
    for library in libraries:
        chosen = Target(library, str(path), RECORD, place=str(path))
        try:
            found.append(read_recorded(chosen))
        except WrongInput as error:
            reasons.append(str(error))
    if not any(release.cells for release in found):
        raise WrongInput("; ".join(dict.fromkeys(reasons)) or f"{path} holds no cell")
    return found
