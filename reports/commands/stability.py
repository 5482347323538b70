"""The command `stability`: are the behaviours of a cell the same in every run?"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

import msgspec

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.errors import UserError
from fixtures.model.scenario import SCENARIOS
from suites.judging.judge import WORDS
from suites.safe_text import defuse_lines

from ..arguments import add_selection, whole_number
from ..results.record import Record
from ..results.record import load_record as read_record

HALTED = 6.0
"""Seconds for which a run is stopped: longer than what any of our own waits takes for long."""
EARLIEST, LATEST = 5.0, 25.0
"""The seconds between which it is stopped."""
Behaviours = dict[tuple[str, str], Counter[str]]


class IncompleteRun(UserError):
    """A run of the suite did not come to its end; what pytest said of it is printed."""


def burn() -> None:  # pragma: no cover -- runs in child processes
    """Keep one core busy until the process is ended."""
    while True:
        pass


def halt(pid: int, after: float) -> threading.Timer:
    """Stop a session of processes for `HALTED` seconds, so many seconds from now."""

    def stop() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGSTOP)
            try:
                time.sleep(HALTED)
            finally:
                os.killpg(pid, signal.SIGCONT)

    timer = threading.Timer(after, stop)
    timer.start()
    return timer


def run_suite(
    target: Path, arguments: list[str], *, load: int, halted_after: float | None = None
) -> Record:
    """Run the suite once, with `load` cores kept busy; its record.

    It is stopped for `HALTED` seconds after so many, if that is given.

    Raises `IncompleteRun` if pytest was used wrongly, was stopped, or ran no cell.
    """
    burners = [multiprocessing.Process(target=burn, daemon=True) for _ in range(load)]
    for burner in burners:
        burner.start()
    try:
        command = [sys.executable, "-m", "pytest", "-q", f"--record={target}", *arguments]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=halted_after is not None,
        ) as process:
            timer = None if halted_after is None else halt(process.pid, halted_after)
            try:
                said, _ = process.communicate()
            except BaseException:
                process.kill()  # it may be in a session of its own, which no Ctrl-C reaches
                raise
        if timer:
            timer.cancel()
            timer.join()
    finally:
        for burner in burners:
            burner.kill()
            burner.join()
    if process.returncode in {0, 1}:
        record = read_record(target)
        if record.complete and any(release.offsets for release in record.releases):
            return record
    print(defuse_lines(said), file=sys.stderr)
    raise IncompleteRun(f"a run was not completed: pytest ended with status {process.returncode}")


def add(record: Record, seen: Behaviours) -> Counter[str]:
    """Count the behaviours of a run; its verdicts by word."""
    words = Counter[str]()
    for release in record.releases:
        for line in release.lines():
            seen[line.surface, line.scenario].update(map(behaviour_of, line.traces))
            words.update([line.verdict.word] if line.verdict else [])
    return words


class _Identified(msgspec.Struct):
    """A trace of which nothing is read but its behaviour's id."""

    behaviour: str


def behaviour_of(trace: msgspec.Raw) -> str:
    """The id of the behaviour that a recorded trace shows."""
    return msgspec.json.decode(trace, type=_Identified).behaviour


def report(seen: Behaviours) -> bool:
    """Print the cells that behaved in several ways; whether all of those are declared races."""
    varied = {cell: counts for cell, counts in seen.items() if len(counts) > 1}
    bad = {
        (surface, scenario)
        for surface, scenario in varied
        if not SURFACES[surface].may_race(SCENARIOS[scenario])
    }
    print(f"{len(seen)} cells, {len(varied)} with several behaviours, {len(bad)} undeclared")
    for (surface, scenario), counts in sorted(varied.items()):
        mark = "UNDECLARED" if (surface, scenario) in bad else "race"
        print(f"  {mark} {surface}-{scenario}: {dict(counts.most_common())}")
    return not bad


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--runs",
        type=whole_number(10_000, least=1),
        default=20,
        metavar="N",
        help="how often the suite is run (default: 20)",
    )
    parser.add_argument(
        "--loaded",
        type=whole_number(10_000),
        default=5,
        metavar="N",
        help="runs with busy cores, among them (default: 5)",
    )
    parser.add_argument(
        "--stopped",
        type=whole_number(10_000),
        default=0,
        metavar="N",
        help=f"runs that are stopped for {HALTED:.0f} s, among the others (default: 0)",
    )
    parser.add_argument(
        "--shuffled",
        type=whole_number(10_000),
        default=1,
        metavar="N",
        help="runs in random order, among them (default: 1)",
    )
    parser.add_argument(
        "--cores",
        type=whole_number(10_000),
        default=multiprocessing.cpu_count(),
        metavar="N",
        help="how many cores are kept busy",
    )
    add_selection(parser)
    parser.add_argument("arguments", nargs="*", metavar="ARG", help="arguments of pytest, after --")


def run(options: argparse.Namespace) -> int:
    """Run the whole suite several times, idle, under load, stopped, in random order, and compare.

    Exit status: 0 if every cell that does not race behaved the same in every run, 1 if one did
    not, 2 if a run could not be completed.
    """
    seen: Behaviours = defaultdict(Counter)
    expression = options.selection.to_pytest()
    options.arguments += ["-k", expression] if expression else []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.runs):
            kind, extra = _kind_of_run(number, options)
            load = options.cores if kind == "loaded" else 0
            after = random.uniform(EARLIEST, LATEST) if kind == "stopped" else None
            target = Path(folder) / f"{number}.jsonl"
            record = run_suite(target, extra, load=load, halted_after=after)
            words = add(record, seen)
            counts = ", ".join(f"{words[word]} {word}" for word in WORDS if words[word])
            print(f"run {number + 1} ({kind}): {counts}", flush=True)
    return 0 if report(seen) else 1


def _kind_of_run(number: int, options: argparse.Namespace) -> tuple[str, list[str]]:
    """How a run differs from the others, and the arguments of pytest for it."""
    if number >= options.runs - options.shuffled:
        return "shuffled", [*options.arguments, f"--shuffle={number}"]
    if number < options.loaded:
        return "loaded", options.arguments
    is_stopped = number < options.loaded + options.stopped
    return "stopped" if is_stopped else "idle", options.arguments
