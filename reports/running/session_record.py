"""The record of a run of pytest: what each installed library showed, with the verdicts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from fixtures.model.trace import Loaded
from suites.judging.judge import CellVerdict

from ..results.record import RecordWriter
from ..results.record_lines import ReleaseLine, encode_judged_cell
from . import fingerprints


class SessionWriter:
    """Writes the record of a session, cell by cell, in whichever order the cells are run.

    The file comes into being with the first cell: a worker of pytest-xdist, which starts later
    than the session, takes a file that is there already for a test that is to be run. If it cannot
    be written to its end, the run goes on without it, and `problem` says why.
    """

    def __init__(self, path: Path, loaded: Sequence[Loaded]) -> None:
        """A record at `path` of the releases that are installed. Raises `OSError`."""
        self._path, self._loaded = path, loaded
        with path.open("wb"):
            pass  # what cannot be written is an error now, and no old record is taken for this one
        if path.is_file():
            path.unlink()
        self._file: BinaryIO | None = None
        self.problem = ""

    def add(self, line: bytes) -> None:
        """Write the line of one cell, see `line_of`."""
        self._try(lambda: self._record.add_cell(line))

    def finish(self) -> None:
        """Write the footer and close the file: the run is complete."""
        self._try(lambda: self._record.finish())
        self.abandon()

    def abandon(self) -> None:
        """Close the file; without a footer, the run was cut short."""
        self._try(lambda: self._record)
        if self._file is not None:
            with contextlib.suppress(OSError):  # what is left to be written has no room either
                self._file.close()

    def _try(self, write: Callable[[], object]) -> None:
        """Write something, unless something could not be written before."""
        if self.problem:
            return
        try:
            write()
        except OSError as error:
            self.problem = f"{self._path}: {error.strerror}: the record is not complete"

    @cached_property
    def _record(self) -> RecordWriter:
        """The record, begun with the releases that are installed."""
        self._file = self._path.open("wb")
        drivers = {one.library: fingerprints.of_drivers(one.library) for one in self._loaded}
        found = RecordWriter(self._file, fingerprints.suite(), drivers)
        for one in self._loaded:
            found.begin(ReleaseLine(one.library, one.version, one.version, one.python))
        return found


def line_of(cell: CellVerdict, loaded: Sequence[Loaded]) -> bytes:
    """The line of a cell, encoded where it was run: bytes cross processes as they are.

    The order of `loaded` is the same in every process of a session.
    """
    libraries = [one.library for one in loaded]
    return encode_judged_cell(cell, libraries.index(cell.surface.library.name))
