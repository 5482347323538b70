"""Work on several things at once, each in a process of its own."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from ..results.release import NotRunnable

Job = TypeVar("Job")
Result = TypeVar("Result")
Advance = Callable[[int], None]
SAFE_PATH = "PYTHONSAFEPATH"


class WorkerEnded(NotRunnable):
    """A process ended before its work was done: somebody or the system ended it."""


def work_side_by_side(
    work: Callable[[Job, Advance], Result], jobs: Sequence[Job], advance: Advance
) -> list[Result]:
    """What `work` makes of each job, in the order of the jobs; `advance` is told how far it is.

    `work` is a function of a module, and jobs and results can be pickled. An error of any ends all.
    """
    processors = os.cpu_count() or 1
    if len(jobs) < 2 or processors < 2:
        return [work(job, advance) for job in jobs]
    context = multiprocessing.get_context("spawn")  # a fork of a program with threads may hang
    found: dict[int, Result] = {}
    waiting: dict[Connection, int] = {}
    processes = []
    pending, thresholds = list(enumerate(jobs)), gc.get_threshold()
    try:
        while pending or waiting:
            while pending and len(waiting) < processors:
                number, job = pending.pop(0)
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(
                    target=_work, args=(work, job, theirs, thresholds), daemon=True
                )
                with _undisturbed():
                    process.start()
                processes.append(process)
                theirs.close()
                waiting[ours] = number
            for ready in wait(list(waiting)):
                assert isinstance(ready, Connection)
                kind, value = _receive(ready)
                if kind == "failed":
                    raise value
                if kind == "done":
                    found[waiting.pop(ready)] = value
                else:
                    advance(value)
    except BaseException:
        for process in processes:
            process.kill()
        raise
    finally:
        for process in processes:
            process.join()
    return [found[number] for number in range(len(jobs))]


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A process that is started here looks for no module in the current directory.

    Nor does Ctrl-C reach it: this process ends it.
    """
    safe = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if _is_main() else None
    try:
        yield
    finally:
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        if safe is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = safe


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _receive(connection: Connection) -> tuple[str, Any]:
    """What a process says: how it is (`advance`, `done`, `failed`), and what goes with that."""
    try:
        said: tuple[str, Any] = connection.recv()
    except EOFError:
        reason = "a process that writes pages was ended before it was done"
        return "failed", WorkerEnded(reason)
    return said


def _work(
    work: Callable[[Job, Advance], Result],
    job: Job,
    connection: Connection,
    thresholds: tuple[int, int, int],
) -> None:
    """Run in the process: tell the other one how far it is, and what came of it.

    `thresholds` are those of the other one's garbage collector.
    """
    gc.set_threshold(*thresholds)
    try:
        said = "done", work(job, lambda count: connection.send(("advance", count)))
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other one reports it
        error.add_note(traceback.format_exc())
        connection.send(("failed", error))
    else:
        connection.send(said)
