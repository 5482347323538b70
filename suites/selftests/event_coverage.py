"""Which kinds of events and facts each surface can show, and the scenarios that show them.

`python -m suites.selftests.event_coverage` runs every cell and writes `event_coverage.toml` anew:
for each surface a few scenarios that together show every kind of event and fact that it records.
A driver that no longer records one of them fails the scenario that showed it.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from pathlib import Path

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.trace import Trace
from fixtures.net import certificates as tls
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often

FILE = Path(__file__).with_name("event_coverage.toml")
NOT_A_DRIVERS = (
    *("logs", "warnings", "unretrieved"),
    *("leftover threads", "leftover sockets", "leftover processes"),
)

Table = dict[str, dict[str, list[str]]]


def kinds_of(trace: Trace) -> set[str]:
    """The kinds of what a driver has recorded in a trace: events without arguments, and facts."""
    events = {
        f"{event.how} {event.name}: {event.kind}"
        for event in trace.events
        if event.lane in (APPLICATION, OTHER)
    }
    return events | {f"fact {name}" for name in trace.facts if name not in NOT_A_DRIVERS}


def run_and_collect(surface: Surface, scenario: Scenario, certificates: Certificates) -> set[str]:
    """What every run of a cell shows."""
    traces = run_often(surface, scenario, certificates)
    return set.intersection(*map(kinds_of, traces))


def cover(surface: Surface, certificates: Certificates) -> dict[str, list[str]]:
    """The fewest scenarios, chosen greedily, that show all a surface can show."""
    seen = {
        scenario.name: run_and_collect(surface, scenario, certificates)
        for scenario in SCENARIOS.values()
        if surface.plays(scenario) and not surface.not_applicable(scenario)
    }
    left = set().union(*seen.values())
    chosen: dict[str, list[str]] = {}
    while left:
        best = max(sorted(seen), key=lambda name: len(seen[name] & left))
        chosen[best] = sorted(seen[best] & left)
        left -= seen[best]
    return dict(sorted(chosen.items()))


def load() -> Table:
    """The table as it is stored: by surface and scenario, what is shown there."""
    return tomllib.loads(FILE.read_text())


def write(table: Table) -> None:
    """Store the table."""
    lines = []
    for name, rows in table.items():
        lines.append(f"[{name}]")
        for row, items in rows.items():
            lines += [f"{row} = [", *(f"  {json.dumps(item)}," for item in items), "]"]
        lines.append("")
    FILE.write_text("\n".join(lines))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        issued = tls.issue(Path(folder))
        shows = {surface.name: cover(surface, issued) for surface in SURFACES.values()}
        write(shows)
