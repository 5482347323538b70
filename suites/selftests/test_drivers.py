"""Every recorder call of every driver is there: without it, some trace would lose a line."""

from __future__ import annotations

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.net.certificates import Certificates

from . import told

TABLE = told.load()
CALLS = TABLE.pop("calls")
CELLS = [(surface, scenario) for surface, rows in TABLE.items() for scenario in rows]


@pytest.mark.parametrize(("surface", "scenario"), CELLS, ids=lambda name: str(name))
def test_a_driver_records_all_it_is_told(
    surface: str, scenario: str, certificates: Certificates
) -> None:
    """The cell still shows what it is stored to show."""
    found = told.shown(SURFACES[surface], SCENARIOS[scenario], certificates)

    assert sorted(set(TABLE[surface][scenario]) - found) == []


@pytest.mark.parametrize("module", CALLS)
def test_a_driver_makes_every_recorder_call(module: str) -> None:
    """None has gone, and a new one is in the table."""
    assert told.calls()[module] == CALLS[module]


def test_every_driver_and_every_surface_is_in_the_table() -> None:
    """A new surface is red until `python -m suites.selftests.told` has been run."""
    assert list(CALLS) == list(told.calls())
    assert list(TABLE) == list(SURFACES)
