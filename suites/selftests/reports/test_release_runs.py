"""Runs of releases: what is chosen, run, known already, lost on its way, and refused."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports.results.cell_selection import cells_of
from reports.results.release import Cell, Release, WrongInput
from reports.results.targets import parse_target
from reports.running import fingerprints, plan, submission
from reports.running.cache import Store
from reports.running.fingerprints import SuiteChanged
from reports.running.job import Job, Outcome, Processes, run_job
from reports.running.plan import Plan
from reports.running.release_runs import run_releases

from ..miniatures.miniature_index import Index, source

SURFACE = "miniature_websocket_client"
CELLS = [(SURFACE, "peer_closes_first"), (SURFACE, "peer_ends")]
NARROW = ["-k", "peer_closes_first or peer_ends_after_a_message"]
Command = Callable[..., int]

pytestmark = pytest.mark.usefixtures("fresh_results")


def labels(releases: Sequence[Release]) -> list[str]:
    """What each was asked for by."""
    return [release.label for release in releases]


class Elsewhere(Executor):
    """An executor that knows nothing of children; what it brings back may be changed."""

    def __init__(self, change: Callable[[Outcome], Outcome] = lambda outcome: outcome) -> None:
        """`change` is what happens to an outcome on its way back."""
        self._change = change

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it here and now."""
        future: Future[Any] = Future()
        try:
            future.set_result(self._change(fn(*args, **kwargs)))
        except Exception as error:  # noqa: BLE001 -- as executors do
            future.set_exception(error)
        return future


def test_cells_are_selected_as_pytest_does(miniature_index: Index) -> None:
    """By surface, scenario, group or library, whatever the case."""
    library = miniature_index.library
    every = cells_of(library)

    assert cells_of(library, "Miniature-WebSocket") == every
    assert cells_of(library, "open_time_close and not application")[0][1] == "in_the_same_write"
    assert cells_of(library, "peer_ends and not peer_ends_") == [CELLS[1]]
    assert cells_of(library, "tornado") == []
    with pytest.raises(WrongInput, match=r"-k 'a and' is not an expression: "):
        cells_of(library, "a and")


def test_releases_come_in_the_order_they_were_asked_for(miniature_index: Index) -> None:
    """With their cells in the order given, each as its release shows it."""
    targets = [parse_target(miniature_index.library, version) for version in ("1.3", "1.0")]
    new, old = run_releases(targets, CELLS)

    assert (labels([new, old]), list(old.cells)) == (["1.3", "1.0"], CELLS)
    assert (new.version, new.python) == ("1.3", fingerprints.python())
    assert old.cells[CELLS[0]].behaviours != new.cells[CELLS[0]].behaviours


def test_what_is_known_is_not_run_again(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another set of cells only those are run that are missing."""
    targets, ran = [parse_target(miniature_index.library, "1.0")], list[int]()
    first = list(run_releases(targets, CELLS[:1], advance=ran.append))
    both = list(run_releases(targets, CELLS, advance=ran.append))
    monkeypatch.setattr(submission, "run_job", None)

    assert list(run_releases(targets, CELLS)) == both
    assert first[0].cells[CELLS[0]] == both[0].cells[CELLS[0]]
    assert ran == [1, 1]


def test_what_is_fresh_is_run_again(miniature_index: Index) -> None:
    """Whatever is known."""
    targets, ran = [parse_target(miniature_index.library, "1.0")], list[int]()
    list(run_releases(targets, CELLS, advance=ran.append))
    list(run_releases(targets, CELLS, advance=ran.append, fresh=True))

    assert ran == [1, 1, 1, 1]


def test_further_results_are_known_by_themselves(miniature_index: Index) -> None:
    """They neither are the first ones, nor take their place; each is run once."""
    targets, ran = [parse_target(miniature_index.library, "1.0")], list[int]()
    for again in (0, 1, 2, 1, 0):
        (release,) = run_releases(targets, CELLS, advance=ran.append, again=again)
        assert list(release.cells) == CELLS

    assert ran == [1] * 6


def test_results_that_are_lost_meanwhile_are_run_again(miniature_index: Index) -> None:
    """The database was deleted once the plan was made: nobody is told, and nothing is missing."""
    targets, ran = [parse_target(miniature_index.library, "1.0")], list[int]()
    (before,) = run_releases(targets, CELLS)
    with contextlib.closing(Plan(targets, CELLS)) as plan, contextlib.closing(Store()) as store:
        with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as database:
            database.execute("delete from cells where scenario = ?", CELLS[0][1:])
        (release,) = plan.run(None, print, ran.append)

    assert ran == [1]
    assert {cell: one.behaviours for cell, one in release.cells.items()} == {
        cell: one.behaviours for cell, one in before.cells.items()
    }


def test_a_store_that_cannot_be_written_loses_nothing(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder has its name: everything is run, and nothing is kept."""
    (tmp_path / "wslifecycle" / "results.sqlite3").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for _ in range(2):
        ran = list[int]()
        targets = [parse_target(miniature_index.library, "1.0")]
        (release,) = run_releases(targets, CELLS, advance=ran.append)

        assert ran == [1, 1]
        assert all(one.traces for one in release.cells.values())


def test_an_edited_checkout_is_run_again(miniature_index: Index, tmp_path: Path) -> None:
    """Its folder has the name it had."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.0"))
    targets = [parse_target(miniature_index.library, str(tmp_path))]
    (before,) = run_releases(targets, CELLS)
    (tmp_path / "miniature_websocket.py").write_text(source("1.1"))
    (after,) = run_releases(targets, CELLS)

    assert (before.version, after.version) == ("1.0", "1.1")


def test_every_place_has_work(miniature_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of one release are shared out among children; what is left, once more."""
    monkeypatch.setattr(plan, "CELLS_PER_JOB", 1)
    asked: list[Job] = []

    def once(job: Job, *more: Any) -> Outcome:
        asked.append(job)
        short = replace(job.limits, job=0.0)
        return replace_job(run_job(replace(job, limits=short), *more), job)

    monkeypatch.setattr(submission, "run_job", once)
    cells = cells_of(miniature_index.library, "illegal_code")[:4]
    with Processes(2) as two:
        (release,) = run_releases([parse_target(miniature_index.library, "1.0")], cells, engine=two)

    assert [len(job.cells) for job in asked[:2]] == [2, 2]
    assert len(asked) == 4
    assert list(release.cells) == cells


def replace_job(outcome: Outcome, job: Job) -> Outcome:
    """The outcome as that of another job."""
    outcome.job = job
    return outcome


def test_an_engine_may_lose_a_job(miniature_index: Index) -> None:
    """The release says so; nothing of it is stored."""

    def lose(outcome: Outcome) -> Outcome:
        raise ConnectionError("a worker is gone")

    targets = [parse_target(miniature_index.library, "1.0")]
    (lost,) = run_releases(targets, CELLS, engine=Elsewhere(lose))
    (found,) = run_releases(targets, CELLS, engine=Elsewhere())

    assert lost.reason == "the engine did not bring it back: ConnectionError: a worker is gone"
    assert found.reason == ""


def test_a_part_of_a_release_may_be_lost(miniature_index: Index) -> None:
    """What is known stays; the rest could not be run."""

    def lose(outcome: Outcome) -> Outcome:
        raise ConnectionError("a worker is gone")

    targets = [parse_target(miniature_index.library, "1.0")]
    list(run_releases(targets, CELLS[:1]))
    (release,) = run_releases(targets, CELLS, engine=Elsewhere(lose))

    assert release.cells[CELLS[0]].traces
    assert release.cells[CELLS[1]].failed
    assert "a worker is gone" in release.cells[CELLS[1]].reason


def test_a_worker_of_another_suite_is_refused(miniature_index: Index) -> None:
    """Its results would be those of another suite."""

    def another(outcome: Outcome) -> Outcome:
        outcome.suite = "another"
        return outcome

    targets = [parse_target(miniature_index.library, "1.0")]
    (release,) = run_releases(targets, CELLS, engine=Elsewhere(another))

    assert "a worker runs" in release.reason
    assert "suite another" in release.reason


def test_a_suite_that_is_edited_meanwhile(
    miniature_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its children may have read either text: nothing is stored, and the sweep ends."""
    targets = [parse_target(miniature_index.library, "1.0")]
    states = iter([[1]])
    with monkeypatch.context() as edited:
        edited.setattr(fingerprints, "_state", lambda: next(states, [2]))
        with pytest.raises(SuiteChanged):
            list(run_releases(targets, CELLS))

    with contextlib.closing(Plan(targets, CELLS)) as again:
        assert again.count == 2


def test_sweeps_at_once_lose_nothing(miniature_index: Index) -> None:
    """Two sweeps share the store, and one of them runs everything again."""
    targets = [parse_target(miniature_index.library, version) for version in ("1.0", "1.1")]

    def sweep(fresh: bool) -> list[dict[Cell, dict[str, int]]]:
        found = run_releases(targets, CELLS, fresh=fresh)
        return [{cell: one.behaviours for cell, one in r.cells.items()} for r in found]

    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(sweep, (False, True, False))
    assert others == [first, first]


def test_a_sweep_with_other_code_takes_nothing_away(miniature_index: Index) -> None:
    """What was known when a sweep began is known when it ends."""
    targets = [parse_target(miniature_index.library, "1.0")]
    deque(run_releases(targets, CELLS), maxlen=0)
    with contextlib.closing(Plan(targets, CELLS)) as ours, contextlib.closing(Store()) as store:
        for cell in CELLS:
            store.put(ours.parts[0].key, cell, "other code", "1.0", "", ())
        [release] = ours.run(None, print, print)

    assert (ours.count, list(release.cells)) == (0, CELLS)
    assert all(one.traces for one in release.cells.values())
