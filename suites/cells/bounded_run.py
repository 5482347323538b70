"""A run of a cell under pytest that ends, though the library never gives the interpreter back.

The guard of a run is a thread. If a call holds the interpreter, no thread runs, and only
faulthandler can end the process. All that it writes then are the functions that the process is in,
so one of them is called like the cell.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import RACE_RUNS, Scenario
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_often
from fixtures.run.process_end import TRAP, bounded

SECONDS = 90.0
"""What one run of a cell, or one import, may take; the guard of a run ends it long before."""
REAL_SECONDS = 400.0
"""The same on the real clock."""
_STDERR = pytest.StashKey[int]()


def find_stderr(config: pytest.Config) -> int:
    """Standard error as it was before pytest began to capture it."""
    if _STDERR not in config.stash:
        capture = config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled() if capture else contextlib.nullcontext():
            found = config.stash[_STDERR] = os.dup(2)
        config.add_cleanup(lambda: os.close(found))
    return config.stash[_STDERR]


class NotApplicable(Exception):
    """The installed release cannot play the scenario; the text is the reason."""


def run_bounded(
    surface: Surface,
    scenario: Scenario,
    certificates: Certificates,
    stderr: int,
    *,
    real_time: bool = False,
    race_runs: int = RACE_RUNS,
) -> tuple[Trace, ...]:
    """The traces of a cell; or the end of the process, which is explained on `stderr`.

    The library is imported within the same bounds. Raises `NotApplicable`.
    """
    explain, run = _named(_explain, surface, scenario), _named(_run, surface, scenario)
    seconds = REAL_SECONDS if real_time else SECONDS
    with bounded(seconds * (race_runs if surface.may_race(scenario) else 1), stderr):
        with TRAP.armed():
            missing = explain(surface, scenario)
        if missing:
            raise NotApplicable(missing)
        traces: tuple[Trace, ...] = run(surface, scenario, certificates, real_time, race_runs)
    return traces


def _named(function: Callable[..., Any], surface: Surface, scenario: Scenario) -> FunctionType:
    """The function under the name of a cell."""
    return FunctionType(function.__code__.replace(co_name=f"{surface}-{scenario}"), globals())


# These two are run as copies of their code, under another name.


def _explain(surface: Surface, scenario: Scenario) -> str:  # pragma: no cover
    return surface.not_applicable(scenario)


def _run(
    surface: Surface,
    scenario: Scenario,
    certificates: Certificates,
    real_time: bool,
    race_runs: int,
) -> tuple[Trace, ...]:  # pragma: no cover
    return run_often(surface, scenario, certificates, real_time=real_time, race_runs=race_runs)
