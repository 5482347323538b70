"""`--loop`: a cell on another event loop, where it shows the same, something else, or nothing."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.trace import Trace
from fixtures.run.other_loop import explain_unplayable, find_loop, run_on_loop
from reports import pytest_loop

from ..conftest import Pytest
from ..miniatures.miniature_traces import make_trace

pytest_plugins = ["pytester"]

CELL = ("-k", "websockets_asyncio_client-peer_closes_first", "--loop", "uvloop")
uvloop = pytest.importorskip("uvloop", reason="uvloop has no wheel for this platform")


@pytest.mark.integration
def test_a_cell_shows_the_same(run_pytest: Pytest) -> None:
    """It is run for real, on both loops."""
    result = run_pytest(*CELL)

    result.assert_outcomes(passed=1, deselected=result.parseoutcomes()["deselected"])
    result.stdout.fnmatch_lines([f"*on uvloop {uvloop.__version__}, in real time*", "1 the same"])


@pytest.mark.integration
@pytest.mark.parametrize("told", [1000, 1006])
def test_what_only_the_other_loop_shows_is_told(
    told: int, run_pytest: Pytest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the words of `compare`; it fails if it breaks a promise, such as that of the code."""
    real = run_on_loop

    def run(factory: object, *args: object) -> Trace:
        found = real(None, *args)  # type: ignore[arg-type] # as they were given
        return found if factory is None else alter(found, told)

    monkeypatch.setattr(pytest_loop, "run_on_loop", run)
    result = run_pytest(*CELL)

    assert result.ret == int(told == 1006)
    result.stdout.fnmatch_lines(["1 differ", "on uvloop: websockets_asyncio_client-peer_closes*"])
    if told == 1006:
        result.stdout.fnmatch_lines(["broken on uvloop *"])


def alter(found: Trace, code: int) -> Trace:
    """A run whose connection says this code at the end, and one thing more."""
    return replace(found, facts={**found.facts, "close_code": code, "weather": "fine"})


@pytest.mark.integration
def test_nothing_played_is_no_success(run_pytest: Pytest) -> None:
    """A library that blocks has no loop."""
    result = run_pytest("-k", "websocket_client_core-peer_closes_first", "--loop", "uvloop")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["1 not played: not on asyncio"])


def test_a_loop_that_is_not_installed(run_pytest: Pytest, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said in a line, with what to do."""
    monkeypatch.setitem(sys.modules, "uvloop", None)
    result = run_pytest(*CELL)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--loop: uvloop is not installed: uv run --with uvloop*"])


def test_what_takes_its_time_is_not_played() -> None:
    """Real time would pass; and what blocks has no loop."""
    on_loop, blocking = SURFACES["websockets_asyncio_client"], SURFACES["websocket_client_core"]
    short = make_trace()

    assert explain_unplayable(on_loop, short) == ""
    assert explain_unplayable(on_loop, replace(short, seconds=20.0)) == "takes its time"
    assert explain_unplayable(on_loop, replace(short, waited="hang")) == "takes its time"
    assert explain_unplayable(blocking, short) == "not on asyncio"


def test_a_loop_is_made_by_its_own_function() -> None:
    """With the version that is installed."""
    version, factory = find_loop("uvloop")
    loop = factory()
    loop.close()

    assert version == uvloop.__version__
    assert type(loop).__module__.startswith("uvloop")
