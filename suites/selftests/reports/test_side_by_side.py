"""Work in several processes: results, how far it is, errors, and processes that end early."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from reports.html.side_by_side import WorkerEnded, work_side_by_side
from reports.results.release import WrongInput

pytestmark = pytest.mark.integration


def work(job: str, advance: Callable[[int], None]) -> tuple[str, int]:
    """What it says of a job, and in which process; or what the job asks for."""
    advance(len(job))
    if job == "wrong":
        raise WrongInput("no such file")
    if job == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "safe":
        return str(sys.flags.safe_path), os.getpid()
    if job == "ends":
        raise SystemExit(0)
    return job.upper(), os.getpid()


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on most machines."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_each_job_is_done_in_a_process_of_its_own() -> None:
    """The results come in the order of the jobs, and all that is done is told."""
    told: list[int] = []
    (first, one), (second, two) = work_side_by_side(work, ["longer", "job"], told.append)

    assert (first, second) == ("LONGER", "JOB")
    assert len({one, two, os.getpid()}) == 3
    assert sorted(told) == [3, 6]


def test_there_are_no_more_processes_than_processors() -> None:
    """The others wait for their turn; none is forgotten."""
    jobs = ["a", "bb", "ccc", "dddd", "eeeee"]

    assert [name for name, _ in work_side_by_side(work, jobs, lambda count: None)] == [
        job.upper() for job in jobs
    ]


def test_a_process_looks_for_no_module_where_it_stands() -> None:
    """A file `types.py` there is none of Python's; the variable is as it was."""
    before = os.environ.get("PYTHONSAFEPATH")

    assert [name for name, _ in work_side_by_side(work, ["safe", "safe"], lambda count: None)] == [
        "True",
        "True",
    ]
    assert os.environ.get("PYTHONSAFEPATH") == before


def test_one_job_needs_no_process() -> None:
    """Nor does a machine with one processor."""
    assert work_side_by_side(work, ["job"], lambda count: None) == [("JOB", os.getpid())]


def test_an_error_of_one_is_the_error_of_all() -> None:
    """As it would be without a process, with the place where it came from."""
    with pytest.raises(WrongInput, match="no such file") as raised:
        work_side_by_side(work, ["job", "wrong"], lambda count: None)

    assert "in work" in "".join(raised.value.__notes__)


@pytest.mark.parametrize("job", ["killed", "ends"])
def test_a_process_that_ends_early_is_an_error(job: str) -> None:
    """It is not waited for."""
    with pytest.raises(WorkerEnded, match="ended before it was done"):
        work_side_by_side(work, [job, "job"], lambda count: None)
