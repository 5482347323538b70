"""Hand jobs to an engine, and take from it what it brings back, whatever engine it is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cache
from pathlib import Path

from fixtures.net import certificates as tls

from ..results.release import NotRunnable
from .job import Job, Outcome, Processes, Sink, places, run_job
from .memory_shares import share


class Dispatcher:
    """Hands jobs to an engine; `advance` is called with the count of cells that are done."""

    def __init__(self, engine: Executor, advance: Callable[[int], object]) -> None:
        """Nothing is handed out yet."""
        self._engine, self.advance = engine, advance
        self.is_local = isinstance(engine, Processes)
        self.places = places(engine)

    def submit(self, job: Job, sink: Sink) -> Future[Outcome]:
        """Hand out a job; on this machine its results come to the sink one by one.

        There it has its share of the memory, as all places may be taken at once.
        """
        if isinstance(self._engine, Processes):
            job = replace(job, limits=replace(job.limits, memory=share(self.places)))
            return self._engine.submit(run_job, job, sink, self._engine.live)
        return self._engine.submit(run_job, job)


def collect_outcome(job: Job, future: Future[Outcome]) -> Outcome:
    """What a job brought back, or why the engine has not brought it."""
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 -- an engine may raise anything
        reason = f"the engine did not bring it back: {type(error).__name__}: {error}"
        return Outcome(job, "", reason=reason)


@cache
def issue_certificates() -> tuple[tuple[str, str], ...]:
    """Certificates for the cells with TLS, as files: name and text.

    Raises `NotRunnable` if no temporary folder can be written.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            tls.issue(Path(folder))
            return tuple((path.name, path.read_text()) for path in sorted(Path(folder).iterdir()))
    except OSError as error:
        raise NotRunnable(
            f"no temporary file can be written ({error}): free some space, or set TMPDIR"
        ) from error
