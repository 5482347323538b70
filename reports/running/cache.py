"""Results that are already there: what a release showed under this very suite.

A database in the user's cache folder has a row for each cell of a release under one Python and one
fingerprint, so an edit of a driver makes that library's cells unknown, and no others. What a cell
showed under other fingerprints is kept for a while, so that two branches of a library in one folder
do not run each other's cells again. Checkouts of the suite that share the database say which
fingerprints they use, and none of them forgets what another one uses. Each row is written on its
own as soon as the cell has ended: a run that was interrupted, or killed, goes on where it was.

A database that cannot be used is told in one line, and one in memory takes its place.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from fixtures.model.trace import Trace

from ..results.release import Cell, CellResult
from .child_process import CHECKOUT
from .user_cache import cache_folder, locked, warn_once

_TRACES = msgspec.json.Decoder(tuple[Trace, ...])

TABLES = (
    """
    create table if not exists cells (
        library text, release text, python text, surface text, scenario text,
        fingerprint text, version text, reason text, traces blob,
        primary key (library, release, python, surface, scenario, fingerprint)
    )
    """,
    """
    create table if not exists uses (
        checkout text, fingerprint text, day integer, primary key (checkout, fingerprint)
    )
    """,
    "create index if not exists uses_of on uses (fingerprint, checkout)",
)
KEPT = 4
"""The number of fingerprints under which a cell is kept: the newest, and what others use."""
DAYS = 30
"""A checkout that has not used a fingerprint for so long has given it up."""
_FREE = """
(library, release, python, surface, scenario) = (?, ?, ?, ?, ?)
and not exists (
    select * from uses where uses.fingerprint = cells.fingerprint and checkout <> ?
)
"""
FORGET = f"""
delete from cells where {_FREE} and rowid not in (
    select rowid from cells where {_FREE} order by rowid desc limit {KEPT}
)
"""
"""It takes cell and checkout twice: CPython 3.12.1 warns of numbered placeholders, as if named."""
INSERT = f"insert or replace into cells values ({'?,' * 8}?)"
USE = "insert or replace into uses select ?, value, ? from json_each(?)"
DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
"""What SQLite calls a file that will never be a database again."""
Key = tuple[str, str, str]
"""Library, release (or what stands for a checkout), Python."""


class Store:
    """The stored results; safe to use from several threads and processes at once.

    Raises `NotRunnable` if not even a temporary folder can be written.
    """

    def __init__(self, path: Path | None = None, checkout: str = str(CHECKOUT)) -> None:
        """Open the database in the cache folder, or at `path`, for a checkout of the suite."""
        self.path = path or cache_folder() / "results.sqlite3"
        self._checkout, self._lock, self._keeps = checkout, threading.Lock(), True
        try:
            self._database = _open(self.path)
        except (OSError, sqlite3.Error) as error:
            self._do_without(error)

    def claim(self, fingerprints: Iterable[str]) -> None:
        """Say that this checkout uses these; what it has not used for long, it gives up."""
        day = int(time.time() // 86400)
        used = self._checkout, day, json.dumps(sorted(set(fingerprints)))
        self._write(("delete from uses where day < ?", (day - DAYS,)), (USE, used))

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
        self._write((INSERT, row), (FORGET, (*key, *cell, self._checkout) * 2))

    def has(self, key: Key, wanted: Mapping[Cell, str]) -> set[Cell]:
        """Those of the wanted cells, given with their fingerprints, that are there."""
        query = (
            "select surface, scenario, fingerprint from cells "
            "where library = ? and release = ? and python = ?"
        )
        rows = self._read(query, key)
        return {(row[0], row[1]) for row in rows if wanted.get((row[0], row[1])) == row[2]}

    def get(self, key: Key, wanted: Mapping[Cell, str]) -> tuple[str, dict[Cell, CellResult]]:
        """Those of the wanted cells that are there, and the version that was loaded for them.

        A row that is damaged is none.
        """
        query = (
            "select surface, scenario, fingerprint, version, reason, traces from cells "
            "where library = ? and release = ? and python = ?"
        )
        rows = self._read(query, key)
        version, found = "", dict[Cell, CellResult]()
        for surface, scenario, fingerprint, loaded, reason, packed in rows:
            if wanted.get((surface, scenario)) == fingerprint:
                with contextlib.suppress(zlib.error, msgspec.DecodeError):
                    found[surface, scenario] = CellResult(_traces(packed), reason)
                    version = loaded
        return version, found

    def _read(self, query: str, values: Sequence[object]) -> list[Any]:
        """What a query finds: nothing, once the database cannot be read."""
        with self._lock:
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite3.ProgrammingError:  # it is closed already, which is a fault of ours
                raise
            except sqlite3.Error as error:
                self._database.close()
                self._do_without(error)
                return []

    def _write(self, *commands: tuple[str, Sequence[object]]) -> None:
        """Execute commands, unless the database cannot be written; then it is read still."""
        with self._lock:
            if not self._keeps:
                return
            try:
                for command, values in commands:
                    self._database.execute(command, values)
            except sqlite3.ProgrammingError:  # as above
                raise
            except sqlite3.Error as error:
                self._keep_no_more(error)

    def _do_without(self, error: Exception) -> None:
        """Have an empty database in memory from now on."""
        self._keep_no_more(error)
        self._database = _prepare(_connect(":memory:"))

    def _keep_no_more(self, error: Exception) -> None:
        """Keep nothing from now on, and say why, and what to do."""
        self._keeps = False
        name = getattr(error, "sqlite_errorname", "")
        cure = "; delete it, and its cells are run again" if name in DAMAGED else ""
        warn_once(f"{self.path} cannot be used ({error}): what this run shows is not kept{cure}")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    """The database at `path`, made if it is not there. Raises `OSError` and `sqlite3.Error`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = _connect(path)
    try:
        # One at a time: SQLite does not wait for another one that begins a log as well.
        with locked(path.with_suffix(".lock")):
            # Each row survives the end of this process, which may be killed at any moment.
            for command in ("pragma journal_mode = wal", "pragma synchronous = off"):
                database.execute(command)
            return _prepare(database)
    except (OSError, sqlite3.Error):
        database.close()
        raise


def _connect(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)


def _prepare(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database, with its tables."""
    for command in TABLES:
        database.execute(command)
    return database


def _traces(packed: bytes) -> tuple[Trace, ...]:
    return _TRACES.decode(zlib.decompress(packed))
