"""Results that are already there: what a release showed under this very suite.

A database in the user's cache folder has a row for each cell of a release under one Python and one
fingerprint, so an edit of a driver makes that library's cells unknown, and no others. What a cell
showed under other fingerprints is kept for a while: two checkouts of the suite that share the
database, or two branches of a library in one folder, do not run each other's cells again, and
take nothing away from a sweep that still runs. Each row is written on its own as soon as the cell
has ended: a run that was interrupted, or killed, goes on where it was.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from fixtures.model.trace import Trace

from ..results.release import Cell, CellResult, WrongInput
from .environments import cache_folder, locked

_TRACES = msgspec.json.Decoder(tuple[Trace, ...])

TABLE = """
create table if not exists cells (
    library text, release text, python text, surface text, scenario text,
    fingerprint text, version text, reason text, traces blob,
    primary key (library, release, python, surface, scenario, fingerprint)
)
"""
KEPT = 4
"""The number of fingerprints under which a cell is kept: the newest."""
_OF_CELL = "(library, release, python, surface, scenario) = (?, ?, ?, ?, ?)"
FORGET = f"""
delete from cells where {_OF_CELL} and rowid not in (
    select rowid from cells where {_OF_CELL} order by rowid desc limit {KEPT}
)
"""
"""It takes the cell twice: CPython 3.12.1 warns of numbered placeholders, as if they had names."""
Key = tuple[str, str, str]
"""Library, release (or what stands for a checkout), Python."""


class Store:
    """The stored results; safe to use from several threads and processes at once.

    Every method raises `WrongInput` for a database that cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the database in the cache folder, or at `path`."""
        self.path = path or cache_folder() / "results.sqlite3"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(
            self.path, timeout=60, isolation_level=None, check_same_thread=False
        )
        try:
            # One at a time: SQLite does not wait for another one that begins a log as well.
            with locked(self.path.with_suffix(".lock")):
                # Each row survives the end of this process, which may be killed at any moment.
                for command in ("pragma journal_mode = wal", "pragma synchronous = off", TABLE):
                    self._execute(command)
        except WrongInput:
            self._database.close()
            raise

    def put(
        self,
        key: Key,
        cell: Cell,
        fingerprint: str,
        version: str,
        reason: str,
        traces: tuple[bytes, ...],
    ) -> None:
        """Store one cell, in place of what it showed before under this fingerprint."""
        packed = zlib.compress(b"[" + b",".join(traces) + b"]")
        row = (*key, *cell, fingerprint, version, reason, packed)
        self._execute(f"insert or replace into cells values ({'?,' * 8}?)", row)
        self._execute(FORGET, (*key, *cell) * 2)

    def has(self, key: Key, wanted: Mapping[Cell, str]) -> set[Cell]:
        """Those of the wanted cells, given with their fingerprints, that are there."""
        query = (
            "select surface, scenario, fingerprint from cells "
            "where library = ? and release = ? and python = ?"
        )
        rows = self._execute(query, key)
        return {(row[0], row[1]) for row in rows if wanted.get((row[0], row[1])) == row[2]}

    def get(self, key: Key, wanted: Mapping[Cell, str]) -> tuple[str, dict[Cell, CellResult]]:
        """Those of the wanted cells that are there, and the version that was loaded for them."""
        query = (
            "select surface, scenario, fingerprint, version, reason, traces from cells "
            "where library = ? and release = ? and python = ?"
        )
        rows = self._execute(query, key)
        version, found = "", dict[Cell, CellResult]()
        for surface, scenario, fingerprint, loaded, reason, packed in rows:
            if wanted.get((surface, scenario)) == fingerprint:
                version = loaded
                found[surface, scenario] = CellResult(_traces(packed), reason)
        return version, found

    def _execute(self, command: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._database.execute(command, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise WrongInput(
                f"{self.path} cannot be used ({error}): delete it, and its cells are run again"
            ) from error

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()


def _traces(packed: bytes) -> tuple[Trace, ...]:
    return _TRACES.decode(zlib.decompress(packed))
