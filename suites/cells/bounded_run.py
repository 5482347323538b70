"""A run of a cell under pytest that ends, though the library never gives the interpreter back.

The guard of a run is a thread. If a call holds the interpreter, no thread runs, and only
faulthandler can end the process. All that it writes then are the functions that the process is in,
so one of them is called like the cell.
"""

from __future__ import annotations

import contextlib
import os
from types import FunctionType

import pytest

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import RACE_RUNS, Scenario
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often
from fixtures.run.process_end import bounded

SECONDS = 90.0
"""What one run of a cell, or one import, may take; the guard of a run ends it long before."""
_STDERR = pytest.StashKey[int]()


def find_stderr(config: pytest.Config) -> int:
    """Standard error as it was before pytest began to capture it."""
    if _STDERR not in config.stash:
        capture = config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled() if capture else contextlib.nullcontext():
            found = config.stash[_STDERR] = os.dup(2)
        config.add_cleanup(lambda: os.close(found))
    return config.stash[_STDERR]


def run_bounded(
    surface: Surface, scenario: Scenario, certificates: Certificates, stderr: int
) -> tuple[Trace, ...]:
    """The traces of a cell; or the end of the process, which is explained on `stderr`."""
    named = FunctionType(_run.__code__.replace(co_name=f"{surface}-{scenario}"), globals())
    seconds = SECONDS * (RACE_RUNS if surface.may_race(scenario) else 1)
    with bounded(seconds, stderr):
        traces: tuple[Trace, ...] = named(surface, scenario, certificates)
    return traces


def _run(
    surface: Surface, scenario: Scenario, certificates: Certificates
) -> tuple[Trace, ...]:  # pragma: no cover -- under another name, which is a copy of its code
    return run_often(surface, scenario, certificates)
