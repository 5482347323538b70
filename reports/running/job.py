"""Run the cells of one release in clean child processes, and many releases at once.

How this works. A job is some cells of one release, as plain data, so that any
`concurrent.futures.Executor` can take it to another thread, process or machine; `run_job` makes
the release's folder ready and runs the cells there, in one child. A cell in which the child dies
has that as its result, and a new child goes on with the next one. The default engine is a pool
of threads, each of which waits for a child. (A pool of processes would lose every release when
one child dies.)
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fixtures.drivers.surfaces import LIBRARIES
from fixtures.run.stalls import HEART

from ..results import user_drivers as drivers
from ..results.release import Cell, NotRunnable, Package, WrongInput
from ..results.targets import INSTALLED, PATH, STANDS_ON_PINS, Target
from . import fingerprints
from .child_messages import ChildMessage
from .child_process import CHECKOUT, Child, Live, namespace
from .environments import Companions, companions, install, packages_in
from .installation import copy_installed
from .memory_shares import MOST, count_children
from .sources import checkout_of, list_sources

CHILDREN_PER_CORE = 4
RESTARTS = 3
"""Cells that may end their child before the rest of the job is given up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run of a cell, or one import, may take: seconds, and bytes of memory.

    After `job` seconds a child begins no further cell: what is left can be shared out.
    """

    seconds: float = 90.0
    memory: int = MOST
    job: float = 30.0


REAL_TIME = Limits(seconds=300.0)
"""Where the libraries' defaults really pass, and a guard ends what hangs."""


@dataclass(frozen=True, slots=True)
class Job:
    """Cells of one release. `version` is what must be loaded; None for a checkout at `place`."""

    library: str
    kind: str
    version: str | None
    cells: tuple[Cell, ...]
    place: str = ""
    certificates: tuple[tuple[str, str], ...] = ()
    drivers: tuple[str, ...] = ()
    build: bool = False
    limits: Limits = Limits()
    real_time: bool = False
    companions: Companions = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a cell: its traces in JSON, or why there are none.

    `judged`: nothing went wrong that is not the library's own doing, so that the result holds
    for good.
    """

    traces: tuple[bytes, ...] = ()
    reason: str = ""
    failed: bool = False
    judged: bool = False


Sink = Callable[[str, Cell, Result], None]
"""Takes the version that was loaded, the cell, its result: called as soon as it is there."""


@dataclass(slots=True)
class Outcome:
    """What a job brought back: the result of each cell, or why the release cannot be run."""

    job: Job
    version: str
    python: str = ""
    results: dict[Cell, Result] = field(default_factory=dict)
    reason: str = ""
    packages: tuple[Package, ...] = ()
    suite: str = field(default_factory=fingerprints.suite)

    @property
    def left(self) -> list[Cell]:
        """The cells that there was no time for."""
        return [] if self.reason else [one for one in self.job.cells if one not in self.results]


class Processes(ThreadPoolExecutor):
    """The default engine: so many children at once, on this machine."""

    def __init__(self, workers: int) -> None:
        """No child runs yet."""
        super().__init__(workers, thread_name_prefix="wslifecycle")
        self.places, self.live = workers, Live()

    def end(self) -> None:
        """End every child, and start no more."""
        self.live.end()
        self.shutdown(cancel_futures=True)


def processes(workers: int | None = None) -> Processes:
    """The default engine with `workers` children at once: many cells wait, so more than cores."""
    usual = min(CHILDREN_PER_CORE * (os.cpu_count() or 1), count_children())
    return Processes(workers or usual)


def places(engine: Executor) -> int:
    """How many jobs an engine runs at once, as far as it says so."""
    found: int = getattr(engine, "places", os.cpu_count() or 1)
    return found


def end_engine(engine: Executor) -> None:
    """End an engine, and what it runs, now."""
    if isinstance(engine, Processes):
        engine.end()
    else:
        engine.shutdown(wait=False, cancel_futures=True)


def run_job(job: Job, sink: Sink | None = None, live: Live | None = None) -> Outcome:
    """Run a job in a child process of its own; what goes wrong is in what it returns."""
    outcome = Outcome(job, job.version or "")
    try:
        with tempfile.TemporaryDirectory(prefix="wslifecycle-") as home:
            drivers.load_drivers(job.drivers)
            live = live or Live()
            path = _prepare(job, Path(home), outcome, live)
            outcome.packages = packages_in(path)
            _run_children(outcome, path, Path(home), sink or _discard, live)
    except (NotRunnable, WrongInput) as error:  # a worker elsewhere may lack the drivers
        outcome.reason = str(error)
    except OSError as error:  # its disk is full, or the like; what has been run is not lost
        outcome.reason = f"this machine cannot run it: {error}"
    return outcome


def _run_children(outcome: Outcome, path: list[str], home: Path, sink: Sink, live: Live) -> None:
    """Run the job in one child after the other, and give up after a few that were ended."""
    for _ in range(1 + RESTARTS):
        if _run_child(outcome, path, home, sink, live) or live.over:
            return
    for cell in outcome.left:
        given_up = f"{1 + RESTARTS} cells before this one have ended the child process"
        outcome.results[cell] = Result(reason=given_up, failed=True)


def _prepare(job: Job, home: Path, outcome: Outcome, live: Live) -> list[str]:
    """The folders for `sys.path`, filled. Raises `NotRunnable`."""
    (home / "certificates").mkdir()
    for name, text in job.certificates:
        (home / "certificates" / name).write_text(text)
    library = LIBRARIES[job.library]
    if job.kind == PATH:
        return [job.place, *companions(library)]
    if job.kind == INSTALLED:
        folder = home / "installed"
        folder.mkdir()
        found = copy_installed(library, folder)
        outcome.version = found.version
        return [found.folder, *companions(library, but_installed=True)]
    assert job.version is not None
    found = install(library, job.version, builds=live if job.build else None)
    outcome.version = found.version
    beside = companions(library, job.companions)
    named = zip(beside, library.companion_pins, strict=True)
    pinned = job.library in STANDS_ON_PINS
    asked = [folder for folder, name in named if pinned or name in dict(job.companions)]
    return [*asked, found.folder, *(one for one in beside if one not in asked)]


def _run_child(outcome: Outcome, path: list[str], home: Path, sink: Sink, live: Live) -> bool:
    """Run what is left in one child; whether it came to its end, or nothing more can be run."""
    found = [*path, str(CHECKOUT), *drivers.folders(outcome.job.drivers)]
    child = Child(_order(outcome, path, home), found, home, live)
    running, done = None, False
    with HEART.watch() as stall:
        try:
            for line in child.messages():
                if line.type == "loaded":
                    outcome.version, outcome.python = line.version, line.python
                elif line.type == "begin":
                    _note_damage(outcome, running if running != line.cell else None)
                    running = line.cell
                elif line.type == "cell":
                    _take(outcome, line, sink)
                    running = None
                elif line.type == "not runnable":
                    outcome.reason = line.reason
                else:
                    _note_damage(outcome, running)
                    running, done = None, True
        finally:
            how = child.end()
    if not done and not stall.touched:  # else its time was over unjustly, and another goes on
        _blame(outcome, how, running)
    return done or bool(outcome.reason) or not outcome.left


def _order(outcome: Outcome, path: list[str], home: Path) -> dict[str, Any]:
    """What the child is asked for; see `fixtures.run.worker`."""
    job = outcome.job
    edited = [*drivers.folders(job.drivers), *([job.place] if job.kind == PATH else [])]
    return {
        "library": job.library,
        "version": None if job.kind == PATH else outcome.version,
        "folders": path,
        "cells": outcome.left,
        "certificates": str(home / "certificates"),
        "isolated": bool(namespace()),
        "modules": ["suites.scenarios", *job.drivers],
        "edited": [folder for folder in edited if folder != str(CHECKOUT)],
        "reads": _reads(job, path, home) if job.kind == PATH else None,
        "seconds": job.limits.seconds,
        "memory": job.limits.memory,
        "stop": job.limits.job,
        "real_time": job.real_time,
    }


def _reads(job: Job, path: list[str], home: Path) -> dict[str, Any]:
    """What is known of the files of a checkout, so that what else is read is noticed."""
    checkout = Target(LIBRARIES[job.library], job.place, PATH, place=job.place)
    apart = [str(home), str(CHECKOUT), *path[1:], *drivers.folders(job.drivers)]
    return {"root": checkout_of(job.place), "known": list_sources(checkout), "apart": apart}


def _take(outcome: Outcome, line: ChildMessage, sink: Sink) -> None:
    traces = tuple(bytes(raw) for raw in line.traces)
    found = Result(traces, line.reason, line.failed, line.judged)
    outcome.results[line.cell] = found
    sink(outcome.version, line.cell, found)


def _note_damage(outcome: Outcome, cell: Cell | None) -> None:
    """Say of a cell after which its child went on that its message has not come."""
    if cell is not None:
        reason = "what the child process said of it was damaged: something else wrote into its pipe"
        outcome.results[cell] = Result(reason=reason, failed=True)


def _blame(outcome: Outcome, how: str, running: Cell | None) -> None:
    """Say of the cell that ran, or of the import, that the child did not survive it."""
    if running is not None:
        outcome.results[running] = Result(reason=how or "it ended the child process", failed=True)
    elif not outcome.python and not outcome.reason:
        outcome.reason = f"while it was imported: {how or 'the child process ended'}"


def _discard(version: str, cell: Cell, result: Result) -> None:
    """The sink of a job whose results nobody waits for."""
