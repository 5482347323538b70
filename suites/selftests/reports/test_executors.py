"""The engines by name, and a Dask cluster that loses a worker, which therefore comes last."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.results.cell_selection import cells_of
from reports.results.release import NotRunnable, Release, WrongInput
from reports.results.targets import parse_target
from reports.running.executors import Dask, engine_named
from reports.running.job import Processes, end_engine
from reports.running.release_runs import run_releases

from ..miniatures.miniature_index import CHANGES, Index, environment

WORKER_ENDED = "ignore::ResourceWarning"
"""A worker that is killed leaves its sockets."""


@pytest.fixture(scope="module")
def started(miniature_wheels: Path, miniature_cache: Path) -> Iterator[Dask]:
    """A local cluster of two workers, with one place each, which know the miniature's index.

    The port that Dask takes by itself is taken, as it is where two sweeps run at once.
    """
    with pytest.MonkeyPatch.context() as patched, socket.socket() as taken:
        with contextlib.suppress(OSError):  # then somebody else has it
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        for name, value in environment(miniature_wheels, miniature_cache).items():
            patched.setenv(name, value)
        engine = Dask(None, 2)
        yield engine
        end_engine(engine)


@pytest.fixture
def cluster(started: Dask, miniature_index: Index) -> Dask:
    """The cluster, with all of its workers."""
    started.client.wait_for_workers(2)
    return started


def shown(releases: Iterator[Release]) -> dict[str, list[dict[str, int]]]:
    """The behaviours of each release, cell by cell."""
    return {one.label: [cell.behaviours for cell in one.cells.values()] for one in releases}


def test_a_cluster_that_does_not_answer() -> None:
    """The reason names its address."""
    with pytest.raises(NotRunnable, match=r"no Dask scheduler answers at tcp://127.0.0.1:9: "):
        engine_named("tcp://127.0.0.1:9")
    with pytest.raises(NotRunnable, match="no Dask scheduler answers at tcp://here:there: "):
        engine_named("tcp://here:there")


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason says how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(NotRunnable, match="needs Dask: pip install distributed"):
        engine_named("dask")


def test_the_engines_by_name() -> None:
    """Processes are the default; another name is an error."""
    found = engine_named("processes", 3)

    assert isinstance(found, Processes)
    assert found.places == 3
    end_engine(found)
    with pytest.raises(WrongInput, match="--engine steam: there are processes, dask"):
        engine_named("steam")


@pytest.mark.integration
def test_a_cluster_elsewhere(cluster: Dask, miniature_index: Index) -> None:
    """It goes on when the sweep that used it has ended."""
    address = cluster.client.scheduler_info()["address"]
    again = engine_named(address)
    cells = cells_of(miniature_index.library, "peer_closes_first")
    (release,) = run_releases([parse_target(miniature_index.library, "1.0")], cells, engine=again)
    end_engine(again)

    assert release.reason == ""
    assert len(cluster.client.nthreads()) == 2


@pytest.mark.filterwarnings(WORKER_ENDED)
@pytest.mark.integration
def test_nothing_is_lost_with_a_worker(cluster: Dask, miniature_index: Index) -> None:
    """One of two workers is killed half-way: every release shows what it shows on this machine."""
    targets = [parse_target(miniature_index.library, version) for version in CHANGES]
    cells = cells_of(miniature_index.library, "peer_closes_with or illegal")
    pids = list(cluster.client.run(os.getpid).values())
    lines: list[str] = []

    def kill_one(text: str) -> None:
        lines.append(text)
        if len(lines) == 1:
            os.kill(pids[0], signal.SIGKILL)

    elsewhere = shown(run_releases(targets, cells, engine=cluster, progress=kill_one, fresh=True))

    assert cluster.places == 2
    assert len(pids) == 2
    assert lines == [f"miniature-websocket {version}: {len(cells)} cells" for version in CHANGES]
    assert elsewhere == shown(run_releases(targets, cells, fresh=True))
    assert all(all(behaviours) for behaviours in elsewhere.values())
