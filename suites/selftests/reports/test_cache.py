"""Results that are kept: by release, Python and cell, under the fingerprint of the suite."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import sqlite3
import subprocess
import sys
import time
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fixtures.drivers.surfaces import LIBRARIES, SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import to_json
from fixtures.net.certificates import Certificates
from reports.results.release import CellResult
from reports.running import fingerprints
from reports.running.cache import DAYS, KEPT, TABLES, Store
from reports.running.child_process import CHECKOUT
from reports.running.fingerprints import (
    Fingerprints,
    SuiteChanged,
    driver_files,
    machinery,
    modules_of_others,
    of_drivers,
    suite,
    tables,
)
from reports.running.user_cache import warn_once

from ..miniatures.miniature_index import Index
from ..miniatures.miniature_traces import make_trace, report

KEY = ("library", "1.0", "CPython 3.11.7")
CELL, OTHER = ("surface", "closes"), ("surface", "ends")
TRACES = make_trace(report("closed", "on_close")), make_trace(report("failed", "on_error"))
RAW = tuple(json.dumps(to_json(trace)).encode() for trace in TRACES)


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    """What is said once in a process is said in each test."""
    warn_once.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one cell."""
    found = Store(tmp_path / "results.sqlite3")
    found.put(KEY, CELL, "print", "1.0.0", "", RAW)
    yield found
    found.close()


def test_what_is_stored_is_there(store: Store) -> None:
    """With its traces, and the version that was loaded."""
    expected = CellResult(TRACES)

    assert store.get(KEY, {CELL: "print", OTHER: "print"}) == ("1.0.0", {CELL: expected})
    assert store.has(KEY, {CELL: "print", OTHER: "print"}) == {CELL}


def test_a_store_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    """Even by those that find none: SQLite by itself says to some that it is locked."""
    with ThreadPoolExecutor(4) as pool:
        for number in range(50):
            paths = [tmp_path / f"{number}.sqlite3"] * 4
            deque(pool.map(lambda path: Store(path).close(), paths), maxlen=0)


def test_another_fingerprint_release_or_python_is_not_there(store: Store) -> None:
    """Each of them may have shown something else."""
    assert store.has(KEY, {CELL: "another"}) == set()
    assert store.get(KEY, {CELL: "another"}) == ("", {})
    assert store.has(("library", "1.1", KEY[2]), {CELL: "print"}) == set()
    assert store.has(("library", "1.0", "CPython 3.12.0"), {CELL: "print"}) == set()


def test_a_cell_is_kept_under_several_fingerprints(store: Store) -> None:
    """Another version of the suite that shares the store takes nothing away."""
    store.put(KEY, CELL, "another", "1.0.0", "cannot be", ())

    assert store.get(KEY, {CELL: "print"})[1] == {CELL: CellResult(TRACES)}
    assert store.get(KEY, {CELL: "another"})[1] == {CELL: CellResult((), "cannot be")}


def test_a_cell_is_forgotten_in_the_end(store: Store) -> None:
    """The newest few fingerprints are kept, and one that is stored again is new."""
    for fingerprint in ("a", "b", "c", "print", "d"):
        store.put(KEY, CELL, fingerprint, "1.0.0", "", RAW)
    kept = [one for one in ("print", "a", "b", "c", "d") if store.has(KEY, {CELL: one})]

    assert kept == ["print", "b", "c", "d"]


def test_a_store_is_shared(store: Store) -> None:
    """Another process sees a cell as soon as it is stored."""
    with contextlib.closing(Store(store.path)) as other:
        assert other.has(KEY, {CELL: "print"}) == {CELL}


def test_checkouts_of_the_suite_do_not_replace_each_others_rows(store: Store) -> None:
    """One of them is edited and run again many times; the other finds what it had."""
    store.claim(["print"])
    with contextlib.closing(Store(store.path, checkout="another")) as other:
        for number in range(3 * KEPT):
            other.claim([f"edit {number}"])
            other.put(KEY, CELL, f"edit {number}", "1.0.0", "", RAW)
        theirs = [number for number in range(3 * KEPT) if other.has(KEY, {CELL: f"edit {number}"})]

    assert store.has(KEY, {CELL: "print"}) == {CELL}
    assert len(theirs) == KEPT


def test_a_checkout_that_is_not_used_any_more_holds_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a month, what it used is forgotten as if nobody had used it."""
    store.claim(["print"])
    later = time.time() + 86400 * (DAYS + 1)
    monkeypatch.setattr("reports.running.cache.time.time", lambda: later)
    with contextlib.closing(Store(store.path, checkout="another")) as other:
        other.claim(["new"])
        for number in range(KEPT):
            other.put(KEY, CELL, f"edit {number}", "1.0.0", "", RAW)

    assert not store.has(KEY, {CELL: "print"})


def test_a_database_of_an_older_version_is_used(tmp_path: Path) -> None:
    """It has no table of uses; what is in it is valid still."""
    path = tmp_path / "results.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute(TABLES[0])
        packed = zlib.compress(b"[" + b",".join(RAW) + b"]")
        row = (*KEY, *CELL, "print", "1.0.0", "", packed)
        old.execute(f"insert into cells values ({'?,' * 8}?)", row)

    with contextlib.closing(Store(path)) as store:
        assert store.get(KEY, {CELL: "print"}) == ("1.0.0", {CELL: CellResult(TRACES)})


def test_a_store_that_is_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One line says what to do; there is nothing in it, nothing is kept, and it is left alone."""
    path = tmp_path / "results.sqlite3"
    path.write_bytes(b"this is no database, however long one looks at it")
    with contextlib.closing(Store(path)) as store:
        store.put(KEY, CELL, "print", "1.0.0", "", RAW)
        assert store.has(KEY, {CELL: "print"}) == set()

    [said] = caplog.messages
    assert "results.sqlite3 cannot be used (file is not a database): what this run shows" in said
    assert said.endswith("; delete it, and its cells are run again")
    assert path.read_bytes().startswith(b"this is no database")


def test_a_store_that_is_spoilt_meanwhile(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """What is asked of it afterwards is not there; that is said once."""
    for number in range(50):  # more than SQLite has in memory
        store.put(KEY, ("surface", str(number)), "print", "1.0.0", "", RAW)
    store.close()
    with contextlib.closing(Store(store.path)) as spoilt:
        store.path.write_bytes(b"no database any more" * 10_000)
        assert spoilt.get(KEY, {CELL: "print"}) == ("", {})
        assert spoilt.has(KEY, {CELL: "print"}) == set()

    [said] = caplog.messages
    assert "cannot be used" in said


def test_a_row_that_is_damaged_is_none(store: Store) -> None:
    """The others are there, and it is run again."""
    store.put(KEY, OTHER, "print", "1.0.0", "", RAW)
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as database:
        database.execute("update cells set traces = x'00' where scenario = ?", OTHER[1:])

    found = store.get(KEY, {CELL: "print", OTHER: "print"})
    assert found == ("1.0.0", {CELL: CellResult(TRACES)})


def test_a_store_that_is_closed_is_not_asked(store: Store) -> None:
    """That would be a fault of ours, and is no reason to do without."""
    store.close()

    with pytest.raises(sqlite3.ProgrammingError):
        store.has(KEY, {CELL: "print"})
    with pytest.raises(sqlite3.ProgrammingError):
        store.put(KEY, CELL, "print", "1.0.0", "", RAW)


def test_the_store_is_in_the_cache_folder(miniature_index: Index) -> None:
    """Where nothing else is said."""
    store = Store()
    store.close()

    assert store.path == (Path(os.environ["XDG_CACHE_HOME"]) / "wslifecycle" / "results.sqlite3")


def test_a_driver_is_all_that_it_imports_next_to_it() -> None:
    """And nothing that only another library's driver imports."""
    names = {path.stem for path in driver_files(SURFACES["tornado_client"])}

    shared = {"async_driver", "base", "coroutine_driver", "driver_context", "leftover_timers"}
    assert names - shared >= {"tornado_client", "tornado_driver"}
    assert not any(name.startswith("web") for name in names)


def test_drivers_of_the_user_count_as_they_are(miniature_index: Index) -> None:
    """The module that `--drivers` names is the driver."""
    (path,) = driver_files(miniature_index.surface)

    assert path.name == "miniature_release.py"


def test_a_fingerprint_is_of_a_surface_and_a_group() -> None:
    """Surfaces with one driver share it; a checkout adds what it contains."""
    prints, client = Fingerprints(), SURFACES["tornado_client"]

    assert prints.cell(client, "close") == prints.cell(SURFACES["tornado_client_callback"], "close")
    assert prints.cell(client, "close") != prints.cell(client, "error")
    assert prints.cell(client, "close", "abc") == prints.cell(client, "close") + "abc"
    assert prints.cell(client, "no group of ours") != prints.cell(client, "close")


def test_a_fingerprint_covers_the_scenarios_of_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of those of one library makes its cells new ones, and no other's."""
    monkeypatch.setattr(fingerprints, "SCENARIOS", tmp_path)
    own = tmp_path / "websocket_client" / "reconnecting.py"
    own.parent.mkdir()
    surfaces = [SURFACES[name] for name in ("websocket_client_app", "tornado_client")]
    found = []
    for text in ("one", "another"):
        own.write_text(text)
        prints = Fingerprints()
        found.append([suite(), *(prints.cell(surface, "close") for surface in surfaces)])

    assert [before == after for before, after in zip(*found, strict=True)] == [False, False, True]


IMPORTED = """
import json, pathlib, sys
import suites.scenarios
from fixtures.run import worker
from fixtures.drivers.surfaces import SURFACES
worker.run(json.load(sys.stdin), lambda message: print(json.dumps(message), file=sys.stderr))
modules = [name for name in sys.modules if name.partition(".")[0] in ("fixtures", "suites")]
print(json.dumps([sys.modules[name].__file__ for name in modules if name != "suites"]))
"""
"""A script that runs the cells of a job as a child process does, then says what it imported."""


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_fingerprint_covers_every_module_that_a_run_imports(
    library: str, certificates: Certificates
) -> None:
    """What a child process has imported once it has run a cell of each surface is in the digest."""
    surfaces = [one for one in SURFACES.values() if one.library.name == library]
    scenario = "peer_closes_first"
    playing = [one for one in surfaces if one.plays(SCENARIOS[scenario])]
    job = {
        "library": library,
        "version": importlib.metadata.version(library),
        "folders": sys.path,
        "cells": [(surface.name, scenario) for surface in playing],
        "certificates": certificates.directory,
        "seconds": 60,
        "stop": 60,
        "real_time": False,
    }
    command = [sys.executable, "-c", IMPORTED]
    done = subprocess.run(
        command, input=json.dumps(job), capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    covered = {*machinery(), *tables(), *fingerprints.SCENARIOS.rglob("*.py")}
    covered.update(*(driver_files(surface) for surface in surfaces))

    assert done.stderr.count('"judged": true') == len(playing)
    assert {Path(file) for file in json.loads(done.stdout)} <= covered


def test_every_library_has_its_own_drivers() -> None:
    """Their digests differ, and that of the suite differs from all."""
    assert len({of_drivers("tornado"), of_drivers("websockets"), suite()}) == 3


def test_a_library_depends_on_its_own_rows() -> None:
    """Its table is part of no other library's digest, and of nothing that all have in common."""
    assert tables("tornado") == [fingerprints.DRIVERS / "tornado_surfaces.py"]
    assert {*tables("tornado"), *tables("websockets")} <= set(tables())
    assert not {*tables()} & {*machinery()}


def test_a_module_of_another_library_counts_where_it_is_played() -> None:
    """Some scenarios of websockets are played by a handler of tornado, and none by its client."""
    of_handler = {path.stem for path in modules_of_others(SURFACES["tornado_handler"])}
    of_client = {path.stem for path in modules_of_others(SURFACES["tornado_client_tls"])}

    assert "opening_odd_requests" in of_handler - of_client


def test_an_edit_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another content is another fingerprint; and what runs meanwhile counts no longer."""
    file = tmp_path / "close.py"
    file.write_text("one")
    monkeypatch.setattr(fingerprints, "SCENARIOS", tmp_path)
    prints, before = Fingerprints(), suite()
    prints.check()
    file.write_text("another")

    assert suite() != before
    assert not prints.are_current()
    with pytest.raises(SuiteChanged, match="edited while it ran: run it again"):
        prints.check()


def test_traces_are_data(store: Store) -> None:
    """They come back as they were."""
    trace = make_trace(facts={"text": "\u2028 \x1b[31m"})
    store.put(KEY, OTHER, "print", "1.0.0", "", (json.dumps(to_json(trace)).encode(),))

    assert store.get(KEY, {OTHER: "print"})[1][OTHER].traces == (trace,)
