"""Is anything lost when a sweep is killed? `python -m suites.selftests.killing LIBRARY ...`.

A sweep runs undisturbed; then the same sweep, with nothing known, is killed at random moments,
one after the other, and given again until it ends. The two records have to say the same.
Arguments are those of `python -m reports sweep`, and --times N (10), --seed N.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import suites.scenarios  # noqa: F401 -- says which of them race
from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from reports.results.record import load_record
from reports.results.release import Cell, NotRunnable, Release

ROOT = Path(__file__).parents[2]


class Sweep:
    """One command line, with a cache for results of its own."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        """Nothing is known in `folder` yet."""
        folder.mkdir()
        self.record, self.said = folder / "record.jsonl", folder / "said"
        command = [sys.executable, "-m", "reports", "sweep", *arguments]
        self._command = [*command, "--record", str(self.record)]
        self._environment = environment | {"XDG_CACHE_HOME": str(folder)}

    def run(self, seconds: float | None = None) -> bool:
        """Run it, or kill it after so many seconds; whether it came to its end.

        Raises `RuntimeError` with what it said if it did not come to a good one.
        """
        with (
            self.said.open("wb") as said,
            subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=said, stderr=said
            ) as process,
        ):
            try:
                status = process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return False
        if status not in (0, NotRunnable.exit_status):
            raise RuntimeError(self.said.read_text())
        return True


def kill_often(sweep: Sweep, times: int, whole: float, chance: random.Random) -> int:
    """Run until the end, killing it on the way at moments of a run of `whole` seconds; how often.

    What is left to do shrinks from run to run, so later moments come later in the work.
    """
    killed = 0
    while killed < times and not sweep.run(chance.uniform(0.2, 1.0) * whole / times * 2):
        killed += 1
    sweep.run()
    return killed


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
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 16))
    options, rest = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder, environment = Path(name), dict(os.environ)
        undisturbed = Sweep(rest, folder / "undisturbed", environment)
        start = time.monotonic()
        undisturbed.run()
        whole = time.monotonic() - start
        disturbed = Sweep(rest, folder / "disturbed", environment)
        chance = random.Random(options.seed)
        killed = kill_often(disturbed, options.times, whole, chance)
        lost = differences(undisturbed.record, disturbed.record)
        releases = load_record(disturbed.record).releases
    cells = sum(len(release.offsets) for release in releases)
    print(
        f"killed {killed} times (seed {options.seed}); {len(releases)} releases, {cells} cells; "
        f"undisturbed {whole:.0f} s; {len(lost)} differences"
    )
    print("\n".join(lost))
    return 1 if lost or killed < options.times else 0


if __name__ == "__main__":
    sys.exit(main())
