"""Every cell, in virtual and in real time: `python -m suites.selftests.real_time`.

Prints what differs, of what is installed: that is a bug of the clock. Exit status: 0 if nothing
differs, else 1. Arguments: libraries (default: all), and `-k EXPR` for some cells. It takes minutes
because the libraries' defaults really pass, and what never ends is waited for.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fixtures.drivers.surfaces import Library
from fixtures.model.end_facts import LEFT_THREADS
from fixtures.model.event import AT
from fixtures.model.trace import Trace
from reports.diff.events import find_changes
from reports.results.cell_selection import cells_of, choose_libraries
from reports.results.release import Cell, CellResult
from reports.results.targets import INSTALLED, parse_target
from reports.running.progress import show_progress
from reports.running.release_runs import run_releases

LATE = 1.0
"""Real seconds by which a run on a machine that is at work may differ."""
ROUNDS = 4
"""How often a cell is run in virtual time, if need be, to find what real time shows."""
LASTS_AS_WELL = {("websocket_client_app_dispatcher", "no_pong_comes"): 50.0}
"""Seconds after which a cell ends in real time, if not when it does in virtual time.

There the loop looks at a ping every 10 s, and after 40 s the ping is just as old as it may be. So
noise decides whether it is too old then, or when the loop looks again.
"""

TOO_LONG = {"iterator_waits_for_a_server_for_minutes"}
"""Scenarios that are not run: their defaults take longer than the guard waits in real time."""


def is_alike(virtual: Trace, real: Trace) -> bool:
    """Whether two runs show the same, but for the noise in real durations."""
    if virtual.hangs != real.hangs:
        return False
    cell = (virtual.surface, virtual.scenario)
    durations = [virtual.seconds, LASTS_AS_WELL.get(cell, virtual.seconds)]
    if not real.hangs and min(abs(one - real.seconds) for one in durations) > LATE:
        return False
    shown = replace(leave_out_late(real), waited=virtual.waited)
    return shown.behaviour_id == leave_out_late(virtual).behaviour_id


def leave_out_late(trace: Trace) -> Trace:
    """A run without what a thread that is left over sends long after the application's end.

    Virtual time goes on for minutes then, and real time for a second.
    """
    end = trace.seconds + LATE if LEFT_THREADS in trace.facts else math.inf
    events = [one for one in trace.events if one.how != "received" or one.details[AT] <= end]
    return replace(trace, events=tuple(events))


def find_new(virtual: Sequence[Trace], real: Sequence[Trace]) -> list[Trace]:
    """The runs in real time that show what no run in virtual time shows."""
    return [one for one in real if not any(is_alike(other, one) for other in virtual)]


def run_once(
    library: Library, cells: Sequence[Cell], *, real_time: bool = False, again: int = 0
) -> dict[Cell, CellResult]:
    """What the cells show now."""
    target = parse_target(library, INSTALLED)
    with show_progress() as progress:
        progress.expect(len(cells))
        (release,) = run_releases(
            [target],
            cells,
            fresh=True,
            again=again,
            real_time=real_time,
            progress=progress,
            advance=progress.advance,
        )
    return dict(release.cells)


def compare_clocks(library: Library, cells: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """The cells that differ, and how."""
    real = run_once(library, cells, real_time=True)
    virtual: dict[Cell, tuple[Trace, ...]] = dict.fromkeys(cells, ())
    left = list(cells)
    for again in range(ROUNDS):
        found = run_once(library, left, again=again)
        virtual |= {cell: (*virtual[cell], *found[cell].traces) for cell in left}
        left = [cell for cell in left if find_new(virtual[cell], real[cell].traces)]
        if not left:
            break
    for cell in cells:
        reason = real[cell].reason if real[cell].failed else "; ".join(real[cell].problems)
        if reason:
            yield cell, f"could not be run in real time: {reason}"
    for cell in left:
        one = find_new(virtual[cell], real[cell].traces)[0]
        texts = [change.text for change in find_changes(virtual[cell][0], one) if not change.minor]
        yield cell, "; ".join(texts) or "an order, or a wording, is another"


def main() -> int:
    """Compare the cells that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("library", nargs="*", metavar="LIBRARY")
    parser.add_argument("-k", dest="expression", metavar="EXPR")
    options = parser.parse_args()
    different = compared = 0
    for library in choose_libraries(options.library):
        cells = [c for c in cells_of(library, options.expression) if c[1] not in TOO_LONG]
        compared += len(cells)
        for cell, how in compare_clocks(library, cells):
            different += 1
            print(f"DIFFERS {'-'.join(cell)}: {how}", flush=True)
    print(f"{compared} cells, {different} differ in real time")
    return int(bool(different))


if __name__ == "__main__":
    raise SystemExit(main())
