"""Render a report: each library in a process of its own, then what leads to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import suites.promises  # noqa: F401 -- declares the promises
from suites.judging.issue_files import load_deviations

from ..history import History, load
from ..history.other_pythons import load_others
from ..results.record import load_complete_record
from ..results.release import Release
from .library_report import LibraryReport
from .packed_file import PackedFile
from .pages import LibraryPages, write_library, write_start
from .recorded_column import add_releases
from .side_by_side import Advance, work_side_by_side
from .site import Folder, write_file


@dataclass(frozen=True, slots=True)
class Job:
    """The pages of a library: what they are made of, and where they go.

    `libraries` are those of the whole report. `single`: into one file, instead of many in the
    folder. `every_upgrade`: any two releases have a page.
    """

    library: str
    libraries: tuple[str, ...]
    out: Path
    histories: Path | None
    records: tuple[Path, ...]
    single: bool
    every_upgrade: bool


def render(jobs: Sequence[Job], histories: Sequence[History], advance: Advance) -> None:
    """Write the report of these libraries; `advance` is told how many steps are done.

    `histories` are those of the jobs, as `load_history` has them. Raises `WrongInput` for a file
    that cannot be read, and for a folder that cannot be written.
    """
    pages = work_side_by_side(render_library, jobs, advance)
    if jobs and not jobs[0].single:
        write_start(Folder(jobs[0].out), histories, load_deviations(), pages)


def render_library(job: Job, advance: Advance) -> LibraryPages:
    """Write the pages of a library."""
    listed = load_deviations()
    history = load_history(job)
    others = load_others(history, job.histories)
    report = LibraryReport(history, listed, advance, others)
    if not job.single:
        site, every = Folder(job.out), job.every_upgrade
        return write_library(site, report, advance, job.libraries, every_upgrade=every)
    packed = PackedFile(f"{report.name}/index.html")
    pages = write_library(packed, report, advance, scripts=False)
    write_start(packed, [history], listed, [pages])
    title = f"{report.name} {report.newest}: lifecycle"
    write_file(job.out / f"{report.name}.html", packed.make(title))
    return pages


def load_history(job: Job) -> History:
    """The stored history of a library, with what the records say of it."""
    recorded = [release for path in job.records for release in _read_releases(path)]
    return add_releases(load(job.library, job.histories), recorded)


def count_steps(history: History) -> int:
    """A step for each cell that is judged in a release, and for each that is written."""
    return len(history.cells) * (len(history.runnable) + 1)


def _read_releases(path: Path) -> list[Release]:
    """Every release of a record. Raises `WrongInput` for a file that is none, or was cut short."""
    return [one.read() for one in load_complete_record(path).releases]
