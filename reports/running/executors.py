"""The engines by name: processes here, a Dask cluster on this machine or elsewhere."""

from __future__ import annotations

import importlib
import os
import socket
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from ..results.release import NotRunnable, WrongInput
from .job import CHILDREN_PER_CORE, processes

P = ParamSpec("P")
T = TypeVar("T")
PROCESSES, DASK = "processes", "dask"
SECONDS_TO_ANSWER = 10.0
ATTEMPTS = 3
"""How often a job whose worker has died is given to another one."""


def engine_named(name: str, workers: int | None = None) -> Executor:
    """`processes`, `dask`, or the `tcp://HOST:PORT` of a Dask scheduler, as an executor.

    Raises `WrongInput` for another name or number, and `NotRunnable` where Dask is not installed
    or does not answer.
    """
    if name == PROCESSES:
        return processes(workers)
    if name == DASK:
        return Dask(None, workers)
    if name.startswith(("tcp://", "tls://")):
        return Dask(name, workers)
    raise WrongInput(f"--engine {name}: there are processes, dask, and tcp://HOST:PORT")


class Dask(Executor):
    """The executor of a Dask cluster; a local one ends with it.

    Workers of a cluster elsewhere run in a checkout of this very suite, with this very Python.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        """Connect to the scheduler at `address`, or start a cluster with so many places."""
        try:
            distributed: Any = importlib.import_module("distributed")  # it is not typed
        except ImportError as error:
            raise NotRunnable(
                "--engine dask needs Dask: pip install distributed, or the extra `dask`"
            ) from error
        self.cluster: Any = None
        wanted = workers or CHILDREN_PER_CORE * (os.cpu_count() or 1)
        if address is None:
            workers = min(2, wanted)
            self.cluster = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=-(-wanted // workers),
                dashboard_address="127.0.0.1:0",  # any port: by default all clusters want one
                scheduler_kwargs={"dashboard": False},
            )
        else:
            _must_answer(address)
        self.client = distributed.Client(address or self.cluster)
        self.places = sum(self.client.nthreads().values())
        self._executor = self.client.get_executor(retries=ATTEMPTS)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand a call to the cluster."""
        future: Future[T] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; end it, if it is one of our own."""
        self.client.close()
        if self.cluster is not None:
            self.cluster.close()


def _must_answer(address: str) -> None:
    """Raise `NotRunnable` if nobody listens there: Dask would try for a long time."""
    try:
        parts = urlsplit(address)
        socket.create_connection((parts.hostname, parts.port), SECONDS_TO_ANSWER).close()
    except (OSError, ValueError) as error:
        raise NotRunnable(f"no Dask scheduler answers at {address}: {error}") from error
