"""The record of a run of pytest: what each installed library showed, with the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fixtures.model.trace import Loaded
from suites.judging.judge import CellVerdict

from ..running import fingerprints
from .record import RecordWriter
from .record_lines import ReleaseLine, judged_cell


class SessionWriter:
    """Writes the record of a session, cell by cell, in whichever order the cells are run."""

    def __init__(self, path: Path, loaded: Sequence[Loaded]) -> None:
        """Begin the record with the releases that are installed. Raises `OSError`."""
        drivers = {one.library: fingerprints.of_drivers(one.library) for one in loaded}
        self._file = path.open("wb")
        self._record = RecordWriter(self._file, fingerprints.suite(), drivers)
        for one in loaded:
            self._record.begin(ReleaseLine(one.library, one.version, one.version, one.python))

    def add(self, line: bytes) -> None:
        """Write the line of one cell, see `line_of`."""
        self._record.add_cell(line)

    def finish(self) -> None:
        """Write the footer and close the file: the run is complete."""
        self._record.finish()
        self._file.close()

    def abandon(self) -> None:
        """Close the file without a footer: the run was cut short."""
        self._file.close()


def line_of(cell: CellVerdict, loaded: Sequence[Loaded]) -> bytes:
    """The line of a cell, encoded where it was run: bytes cross processes as they are.

    The order of `loaded` is the same in every process of a session.
    """
    libraries = [one.library for one in loaded]
    return judged_cell(cell, libraries.index(cell.surface.library.name))
