"""Is anything lost when a sweep is ended at a random moment, or when its disk is full?

A sweep runs undisturbed; then the same sweep, with nothing known, is disturbed and given again,
until it comes to its end. The two records have to say the same; then it begins anew, until it has
been disturbed often enough. This is 20 times by each signal, and 10 times by a full disk:

    python -m suites.selftests.killing websockets -k peer_closes_first --times 100 --full-disks 10

Arguments are those of `python -m reports sweep`, and --times N (10), --signal NAME (KILL, TERM,
INT, HUP and QUIT in turn; may be repeated), --full-disks N (0), --seed N.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import suites.scenarios  # noqa: F401 -- says which of them race
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from reports.results.record import load_record
from reports.results.release import Cell, NotRunnable, Release

ROOT = Path(__file__).parents[2]
SIGNALS = ("KILL", "TERM", "INT", "HUP", "QUIT")
Disturb = Callable[[subprocess.Popen[str]], object]
"""Does something to a sweep that runs."""


class Sweep:
    """One command line, with a cache for results of its own."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        """Nothing is known in `folder` yet."""
        folder.mkdir()
        self.record = folder / "record.jsonl"
        command = [sys.executable, "-m", "reports", "sweep", *arguments]
        self._command = [*command, "--record", str(self.record)]
        # coverage would write its data on the full disk as well, and raise what we look for.
        measured = {name for name in environment if name.startswith("COVERAGE_")}
        kept = {name: value for name, value in environment.items() if name not in measured}
        self._environment = kept | {"XDG_CACHE_HOME": str(folder)}

    def run(self, seconds: float | None = None, disturb: Disturb = subprocess.Popen.kill) -> bool:
        """Run it, or disturb it after so many seconds; whether it came to its end before.

        Raises `RuntimeError` with what it said if that is a traceback, but for that of an interrupt
        before it has begun, or if it did not come to a good end though nobody disturbed it.
        """
        with subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,  # a pipe has room where the disk has none
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=heed_signals,
        ) as process:
            try:
                said, undisturbed = process.communicate(timeout=seconds)[0], True
            except subprocess.TimeoutExpired:
                disturb(process)
                said, undisturbed = process.communicate()[0], False
        is_good = process.returncode in (0, NotRunnable.exit_status)
        has_failed = "Traceback" in said and not said.rstrip().endswith("KeyboardInterrupt")
        if has_failed or (undisturbed and not is_good):
            raise RuntimeError(said)
        return undisturbed

    def forget(self) -> None:
        """Nothing is known any more, though what was installed still is."""
        for path in self.record.parent.glob("wslifecycle/results.sqlite3*"):
            path.unlink()


def heed_signals() -> None:
    """Ignore no signal, even if whoever runs this does, as `nohup` and `&` have it."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)


def fill_disk(process: subprocess.Popen[str]) -> None:
    """From now on no file of a process can become any longer; those it begins are not affected."""
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, most))


def send(name: str) -> Disturb:
    """Sends the signal of that name, such as `TERM`, to a process."""
    number = signal.Signals[f"SIG{name}"]
    return lambda process: process.send_signal(number)


def disturb_often(
    sweep: Sweep,
    disturbances: Iterable[Disturb],
    undisturbed: Path,
    seconds: float,
    chance: random.Random,
) -> list[str]:
    """Run it until it has been disturbed in each of these ways, at moments of a run of `seconds`.

    What differs from `undisturbed`, whenever it has come to its end.
    """
    lost = []
    for disturb in disturbances:
        while sweep.run(chance.uniform(0.0, seconds), disturb):
            lost += differences(undisturbed, sweep.record)
            sweep.forget()
    sweep.run()
    return [*lost, *differences(undisturbed, sweep.record)]


def differences(one: Path, other: Path) -> list[str]:
    """What two records do not agree on: releases, cells, behaviours of cells that do not race."""
    first, second = load_record(one), load_record(other)
    found = [] if first.complete and second.complete else ["one of them is cut short"]
    found += [] if first.header == second.header else ["their headers"]
    if [release.line for release in first.releases] != [s.line for s in second.releases]:
        return [*found, "their releases"]
    for ours, theirs in zip(first.releases, second.releases, strict=True):
        here, there = ours.read(), theirs.read()
        found += [
            f"{here.library} {here.label} {'-'.join(cell)}"
            for cell in {**here.cells, **there.cells}
            if _says(here, cell) != _says(there, cell)
        ]
    return found


def _says(release: Release, cell: Cell) -> object:
    """What a record says of a cell; of a race only that it was run."""
    found = release.cells.get(cell)
    if found is None or SURFACES[cell[0]].may_race(SCENARIOS[cell[1]]):
        return found and (bool(found.traces), found.reason, found.failed)
    return found.behaviours, found.reason, found.failed


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit status 1 if something was lost."""
    parser = argparse.ArgumentParser(prog="python -m suites.selftests.killing")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--signal", action="append", choices=SIGNALS)
    parser.add_argument("--full-disks", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 16))
    options, rest = parser.parse_known_args(arguments)
    signals = itertools.cycle(options.signal or SIGNALS)
    names = [*itertools.islice(signals, options.times)]
    disturbances = [*map(send, names), *[fill_disk] * options.full_disks]
    with tempfile.TemporaryDirectory() as name:
        folder, environment = Path(name), dict(os.environ)
        undisturbed = Sweep(rest, folder / "undisturbed", environment)
        start = time.monotonic()
        undisturbed.run()
        whole = time.monotonic() - start
        disturbed = Sweep(rest, folder / "disturbed", environment)
        chance = random.Random(options.seed)
        lost = disturb_often(disturbed, disturbances, undisturbed.record, whole, chance)
        releases = load_record(disturbed.record).releases
    cells = sum(len(release.offsets) for release in releases)
    told = [f"{count} by {name}" for name, count in Counter(names).items()]
    told += [f"{options.full_disks} by a full disk"] * bool(options.full_disks)
    print(
        f"disturbed {len(disturbances)} times (seed {options.seed}): {', '.join(told)}; "
        f"{len(releases)} releases, {cells} cells; "
        f"undisturbed {whole:.0f} s; {len(lost)} differences"
    )
    print("\n".join(lost))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
