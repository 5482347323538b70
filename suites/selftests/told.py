"""Everything that each driver can record, and the scenarios that show it.

`python -m suites.selftests.told` runs every cell and writes `told.toml` anew: for each driver the
recorder calls it makes, and for each surface a few scenarios that together show every kind of
event and fact it records. A line that goes from that file is a recorder call that went.
"""

from __future__ import annotations

import ast
import json
import tempfile
import tomllib
from pathlib import Path

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures import drivers
from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.trace import Trace
from fixtures.net import certificates as tls
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often

FILE = Path(__file__).with_name("told.toml")
NOT_A_DRIVERS = ("logs", "warnings", "unretrieved", "leftover threads", "leftover sockets")

DRIVERS = Path(drivers.__file__).parent
RECORDING = frozenset(
    {"acted", "call", "call_async", "called", "fact", "raised", "reached", "returned"}
    | {"handle_callback", "handle_callback_async"}
)
"""The methods by which a driver records."""

Table = dict[str, dict[str, list[str]]]


def calls() -> dict[str, list[str]]:
    """Every recorder call in the source of every driver, by module."""
    found = {}
    for path in sorted(DRIVERS.glob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text()))
        made = [node for node in nodes if isinstance(node, ast.Call) and _records(node)]
        if made:
            found[path.stem] = sorted(ast.unparse(node) for node in made)
    return found


def _records(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in RECORDING


def told(trace: Trace) -> set[str]:
    """What a trace shows that a driver has recorded: events without arguments, and facts."""
    events = {
        f"{event.how} {event.name}: {event.kind}"
        for event in trace.events
        if event.lane in (APPLICATION, OTHER)
    }
    return events | {f"fact {name}" for name in trace.facts if name not in NOT_A_DRIVERS}


def shown(surface: Surface, scenario: Scenario, certificates: Certificates) -> set[str]:
    """What every run of a cell shows."""
    traces = run_often(surface, scenario, certificates)
    return set.intersection(*map(told, traces))


def cover(surface: Surface, certificates: Certificates) -> dict[str, list[str]]:
    """The fewest scenarios, chosen greedily, that show all a surface can show; no slow ones."""
    seen = {
        scenario.name: shown(surface, scenario, certificates)
        for scenario in SCENARIOS.values()
        if surface.plays(scenario) and not surface.missing(scenario) and not scenario.slow
    }
    left = set().union(*seen.values())
    chosen: dict[str, list[str]] = {}
    while left:
        best = max(sorted(seen), key=lambda name: len(seen[name] & left))
        chosen[best] = sorted(seen[best] & left)
        left -= seen[best]
    return dict(sorted(chosen.items()))


def load() -> Table:
    """The table as it is stored: the calls; then by surface and scenario what is shown there."""
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
        write({"calls": calls()} | shows)
