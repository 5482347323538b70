"""Run any cells of many releases, in child processes: `python -m reports sweep`.

What is known already, under the same suite, drivers and Python, is not run again; so a sweep
that was stopped, or killed, goes on where it was when the same command is given again. Exit
status: 0 if everything that was asked for was run, 2 if the command line or a file is wrong, 3 if
something could not be run, or if nothing was; 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from fixtures.drivers.surfaces import Library
from fixtures.run.interpreter import find_interpreter

from ..arguments import add_selection, whole_number
from ..results.cell_selection import cells_of, choose_libraries
from ..results.record import RecordWriter
from ..results.release import Cell, Release, WrongInput
from ..results.targets import Target
from ..results.unwritable import refuse
from ..running import fingerprints
from ..running.job import end_engine
from ..running.plan import Plan
from ..running.progress import Progress, show_progress
from ..running.release_runs import run_releases
from ..running.release_selection import RANGE, choose_targets, shard
from ..running.sweep_summary import Summary, absent
from ..upgrade.release_pair import MORE_RUNS

STOPPED = 130
"""The exit status after Ctrl-C, as a shell gives it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "library", nargs="*", help="libraries to run (default: all)", metavar="LIBRARY"
    )
    parser.add_argument(
        "--releases",
        default="all",
        metavar="WHICH",
        help="A..B, A.. or ..B of those in the index, or a list with commas: "
        "releases, 'installed', paths of checkouts (default: all)",
    )
    add_selection(parser)
    parser.add_argument(
        "--engine",
        default="processes",
        metavar="ENGINE",
        help="processes, dask (a local cluster), or tcp://HOST:PORT of a Dask scheduler "
        "(default: processes)",
    )
    parser.add_argument(
        "--workers",
        type=whole_number(1_000, least=1),
        metavar="N",
        help="the number of processes that run at once",
    )
    parser.add_argument(
        "--shard", metavar="I/N", help="run every Nth release only, from the Ith on"
    )
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="write a record to FILE (JSON Lines)"
    )
    parser.add_argument("--build", action="store_true", help="build releases that have no wheel")
    parser.add_argument("--fresh", action="store_true", help="run again what has a stored result")
    history = parser.add_mutually_exclusive_group()
    history.add_argument(
        "--update-history", action="store_true", help="rebuild the stored history from what was run"
    )
    history.add_argument(
        "--restamp-history",
        action="store_true",
        help="keep the stored history under changed code, if every cell behaves as it is stored",
    )
    history.add_argument(
        "--real-time",
        action="store_true",
        help="let time pass as it does, in place of virtual time; this is stored separately",
    )


def run(options: argparse.Namespace) -> int:
    """Run cells of many releases, each in a clean child process.

    A cell that is known for the same release, suite, drivers and Python is not run again.
    """
    from ..running.executors import engine_named

    libraries, cells = _choose(options)
    targets = shard(choose_targets(libraries, options.releases, build=options.build), options.shard)
    with contextlib.ExitStack() as stack:
        plan = Plan(
            targets,
            cells,
            fresh=options.fresh,
            build=options.build,
            real_time=options.real_time,
        )
        stack.callback(plan.close)
        engine = engine_named(options.engine, options.workers)
        stack.callback(end_engine, engine)
        record = stack.enter_context(_record(options.record, libraries))
        progress = stack.enter_context(show_progress())
        progress.expect(plan.count)
        for line in absent(targets):
            progress(line)
        summary = Summary(every=not RANGE.fullmatch(options.releases))
        try:
            _take(summary, record, plan.run(engine, progress, progress.advance), options)
            if options.update_history or options.restamp_history:
                for library in libraries:
                    ours = [target for target in targets if target.library == library]
                    _count_races(library, ours, engine, build=options.build)
        except KeyboardInterrupt:
            end_engine(engine)
            return _report_stop(plan, record, progress)
        if record is not None:
            record.finish()
    print(summary)
    return summary.exit_status


def _choose(options: argparse.Namespace) -> tuple[list[Library], list[Cell]]:
    """The libraries that have cells to run, and those cells. Raises `WrongInput` if none has."""
    named = choose_libraries(options.library)
    found = {library: cells_of(library, options.selection) for library in named}
    libraries = [library for library in named if found[library]]
    if not libraries:
        names = ", ".join(map(str, named))
        raise WrongInput(f"{options.selection} selects no cell of {names}")
    return libraries, [cell for library in libraries for cell in found[library]]


@contextlib.contextmanager
def _record(path: Path | None, libraries: Iterable[Library]) -> Iterator[RecordWriter | None]:
    """The writer of the record that is asked for. Raises `WrongInput`."""
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except (OSError, ValueError) as error:
        raise refuse("--record", path, error) from error
    with file:
        drivers = {library.name: fingerprints.of_drivers(library.name) for library in libraries}
        yield RecordWriter(file, fingerprints.suite(), drivers)


def _take(
    summary: Summary,
    record: RecordWriter | None,
    releases: Iterable[Release],
    options: argparse.Namespace,
) -> None:
    """Count, record and, if asked to, put into the history every release as it comes."""
    from ..history import restamp, update

    def count_and_record() -> Iterator[Release]:
        for release in releases:
            summary.add(release)
            if record is not None:
                record.add(release)
            yield release

    for library, ours in itertools.groupby(count_and_record(), key=lambda release: release.library):
        if options.update_history:
            update(library, ours)
        elif options.restamp_history:
            restamp(library, ours)
        else:
            deque(ours, maxlen=0)  # each is count_and_record of as it is taken


def _count_races(
    library: Library, targets: Sequence[Target], engine: Executor, *, build: bool
) -> None:
    """Store how often each outcome of a race comes, where the history does not hold it yet.

    What differs on another kind of Python has a file of its own, and is not counted.
    """
    from ..history import add_runs, is_of_kind, list_uncounted, load_whole, path_of, write

    known = load_whole(library.name)
    wanted = list_uncounted(known)
    chosen = [target for target in targets if target.version in wanted]
    if not chosen or not is_of_kind(known, find_interpreter()):
        return
    cells = list(dict.fromkeys(itertools.chain.from_iterable(wanted.values())))
    for again in range(1 + MORE_RUNS):
        runs = run_releases(chosen, cells, engine=engine, build=build, again=again)
        known = add_runs(known, runs, wanted)
    write(path_of(library.name), known)


def _report_stop(plan: Plan, record: RecordWriter | None, progress: Progress) -> int:
    """Record what else is finished, and say how to go on; the exit status."""
    done = 0
    for number, release in enumerate(plan.find_stored(), 1):
        done = number
        if record is not None and not record.has(release):
            record.add(release)
    progress(
        f"stopped: {done} of {len(plan.parts)} releases are finished; give the same command "
        "again to go on"
    )
    return STOPPED
