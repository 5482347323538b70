"""What is to be run, what is known already, and what comes of both.

A plan looks up which cells of each target are stored, hands the others to an engine in jobs, stores
what comes back, and yields the releases in the order they were asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from functools import cached_property, partial

import msgspec
from packaging.utils import canonicalize_version

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace

from ..results import user_drivers as drivers
from ..results.cell_selection import cells_of
from ..results.release import Cell, CellResult, Release
from ..results.targets import RECORD, RELEASE, Target, read_recorded
from . import fingerprints
from .cache import Store
from .environments import index_tag
from .job import REAL_TIME, Job, Limits, Outcome, Result, processes
from .part import Part
from .sources import Sources
from .submission import Dispatcher, collect_outcome, issue_certificates

_TRACE = msgspec.json.Decoder(Trace)
Known = tuple[str, dict[Cell, CellResult]]
"""The version that was loaded, and what cells showed."""
CELLS_PER_JOB = 20
"""Fewer than these are not worth a child of their own."""


class Plan:
    """The targets of a sweep, what is known of them, and the jobs for the rest."""

    def __init__(
        self,
        targets: Sequence[Target],
        cells: Sequence[Cell] | None,
        *,
        fresh: bool = False,
        build: bool = False,
        again: int = 0,
        real_time: bool = False,
    ) -> None:
        """Look up what is known, or nothing if it is to be `fresh`; see `run_releases`."""
        self._run = f" again {again}" * bool(again) + " in real time" * real_time
        self._real_time = real_time
        self._build, self._cells = build, cells
        self._prints = fingerprints.Fingerprints()
        self._pending: dict[Future[Outcome], tuple[Part, Job]] = {}
        self.parts = [self._part(one, fresh=fresh) for one in targets]

    @cached_property
    def _store(self) -> Store:
        """What is stored; records need no cache, and do not open it."""
        return Store()

    @property
    def count(self) -> int:
        """How many cells have to be run."""
        return sum(len(part.missing) for part in self.parts)

    def run(
        self,
        engine: Executor | None,
        progress: Callable[[str], object],
        advance: Callable[[int], object],
    ) -> Iterator[Release]:
        """Run what is missing; every release, in order. `close` ends what still runs."""
        own = processes()  # which starts nothing before it is handed a job
        dispatcher = Dispatcher(engine or own, advance)
        try:
            self._submit_all(dispatcher)
            for part in self.parts:
                while part.pending or (known := self._look_up(dispatcher, part)) is None:
                    self._await(dispatcher)
                release = self._finish(part, known)
                if not part.target.reason:  # there is one line for all that are known not to run
                    progress(part.describe(release))
                yield release
        finally:
            for future in self._pending:
                future.cancel()
            own.end()

    def find_stored(self) -> Iterator[Release]:
        """The releases whose every cell is stored by now, in order."""
        for part in self.parts:
            if part.target.kind != RECORD and not part.target.reason:
                version, found = self._store.get(part.key, part.wanted)
                if len(found) == len(part.wanted):
                    yield part.make_release(version, found)

    def close(self) -> None:
        """Give back what the plan holds."""
        if "_store" in vars(self):
            self._store.close()

    def _part(self, target: Target, *, fresh: bool) -> Part:
        sources = Sources(target)
        if target.kind == RECORD or target.reason:
            return Part(target, sources, ("", "", ""), {}, [])
        wanted = self._fingerprint_cells(target, sources.digest)
        stands_for = f"{target.kind} {target.place}"
        if target.kind == RELEASE:
            stands_for = f"{canonicalize_version(target.version or '')} {index_tag()}".rstrip()
            stands_for += "".join(f" with {name} {one}" for name, one in target.companions)
        key = target.library.name, stands_for + self._run, fingerprints.python()
        self._store.claim(wanted.values())
        there = set() if fresh else self._store.has(key, wanted)
        return Part(target, sources, key, wanted, [cell for cell in wanted if cell not in there])

    def _fingerprint_cells(self, target: Target, code: str) -> dict[Cell, str]:
        """The cells of a target's library, each with its fingerprint."""
        cells = cells_of(target.library) if self._cells is None else self._cells
        return {
            cell: self._prints.cell(SURFACES[cell[0]], SCENARIOS[cell[1]].group, code)
            for cell in cells
            if SURFACES[cell[0]].library == target.library
        }

    def _submit_all(self, dispatcher: Dispatcher) -> None:
        """Hand out the jobs: one for each release, or several where places would be idle."""
        incomplete = [part for part in self.parts if part.missing]
        for part in incomplete:
            self._submit(dispatcher, part, part.missing, -(-dispatcher.places // len(incomplete)))

    def _submit(
        self, dispatcher: Dispatcher, part: Part, cells: Sequence[Cell], pieces: int
    ) -> None:
        """Hand out cells of one part, in so many jobs, or in fewer if they are few."""
        pieces = max(1, min(pieces, len(cells) // CELLS_PER_JOB))
        for index in range(pieces):
            job = self._job(part, cells[index::pieces])
            sink = partial(self._take, part, dispatcher.advance)
            self._pending[dispatcher.submit(job, sink)] = part, job
            part.pending += 1

    def _await(self, dispatcher: Dispatcher) -> None:
        """Wait for any job; what it had no time for is shared out among all places."""
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        for future in done:
            part, job = self._pending.pop(future)
            outcome = self._check(part, collect_outcome(job, future))
            part.outcomes.append(outcome)
            part.pending -= 1
            if not dispatcher.is_local:
                for cell, result in outcome.results.items():
                    self._take(part, dispatcher.advance, outcome.version, cell, result)
            if outcome.left:
                self._submit(dispatcher, part, outcome.left, dispatcher.places)

    def _job(self, part: Part, cells: Sequence[Cell]) -> Job:
        target = part.target
        limits = REAL_TIME if self._real_time else Limits()
        return Job(
            target.library.name,
            target.kind,
            target.version,
            tuple(cells),
            target.place,
            issue_certificates(),
            drivers.names(),
            self._build,
            limits,
            self._real_time,
            target.companions,
        )

    def _take(
        self,
        part: Part,
        advance: Callable[[int], object],
        version: str,
        cell: Cell,
        result: Result,
    ) -> None:
        """Store a result as soon as it is there; called from the engine's threads."""
        if result.judged and self._prints.are_current() and part.sources.are_current():
            fingerprint = part.wanted[cell]
            self._store.put(part.key, cell, fingerprint, version, result.reason, result.traces)
        advance(1)

    def _look_up(self, dispatcher: Dispatcher, part: Part) -> Known | None:
        """What was known of a part when the plan was made; None if some of it is to be run again.

        That is so where the cache has lost it meanwhile.
        """
        before = {cell: part.wanted[cell] for cell in part.wanted.keys() - set(part.missing)}
        if not before:
            return "", {}
        known = self._store.get(part.key, before)
        lost = [cell for cell in before if cell not in known[1]]
        if not lost:
            return known
        part.missing += lost
        self._submit(dispatcher, part, lost, dispatcher.places)
        return None

    def _finish(self, part: Part, known: Known) -> Release:
        """What a part shows, now that its jobs are done."""
        target = part.target
        if target.kind == RECORD:
            return read_recorded(target, self._cells)
        if target.reason:
            return part.make_not_run(target.reason)
        version, found = known
        for outcome in part.outcomes:
            version = version or outcome.version
            cells = outcome.job.cells if outcome.reason else outcome.results
            found |= {cell: _result(outcome, cell) for cell in cells}
        packages = next((one.packages for one in part.outcomes if one.packages), ())
        reason = next((one.reason for one in part.outcomes if one.reason), "")
        part.outcomes.clear()
        if reason and all(one.failed for one in found.values()):
            return part.make_not_run(reason)
        return part.make_release(version, found, packages)

    def _check(self, part: Part, outcome: Outcome) -> Outcome:
        """The outcome of this suite and Python. Raises `SuiteChanged` and `CheckoutChanged`."""
        self._prints.check()
        part.sources.check()
        ours = fingerprints.python(), fingerprints.suite()
        if outcome.python and (outcome.python, outcome.suite) != ours:
            reason = f"a worker runs {outcome.python} and suite {outcome.suite}, not {ours}"
            return Outcome(outcome.job, "", reason=reason)
        return outcome


def _result(outcome: Outcome, cell: Cell) -> CellResult:
    found = outcome.results.get(cell, Result(reason=outcome.reason, failed=True))
    return CellResult(tuple(map(_TRACE.decode, found.traces)), found.reason, found.failed)
