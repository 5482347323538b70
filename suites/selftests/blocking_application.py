"""Functions that run as an application that blocks, in virtual time; for self-tests only."""

from __future__ import annotations

import socket
import sys
import threading
import time
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest

from fixtures.run.application_threads import start_for
from fixtures.run.blocking_patches import virtual_time
from fixtures.run.blocking_time import BlockingTime
from fixtures.run.clock import VirtualClock

from .duet import LIMIT

T = TypeVar("T")
LONG = 500.0
"""Seconds that no test really waits for."""


class Blocked(VirtualClock):
    """A virtual clock whose application blocks; `deadlock` is set when nothing can happen."""

    def __init__(self) -> None:
        """A clock with no peer: there is nothing for it to do."""
        self.deadlock = threading.Event()
        super().__init__(self.deadlock.set)
        self.application = BlockingTime(self)


def run_blocking(
    function: Callable[[], T], clock: Blocked | None = None, packages: Iterable[str] = ()
) -> T:
    """What a function returns, or raises, as the application of a run."""
    clock, found = clock or Blocked(), list[Any]()

    def work() -> None:
        try:
            found.append(function())
        except BaseException as error:  # noqa: BLE001 -- it is raised in the test
            found.append(error)

    thread = threading.Thread(target=work, daemon=True)
    with virtual_time(clock.application, packages):
        start_for(clock.application, thread)
        thread.join(LIMIT)
    assert found, "the application has not ended"
    if isinstance(found[0], BaseException):
        raise found[0]
    result: T = found[0]
    return result


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected to each other."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def measure(wait: Callable[[], object]) -> float:
    """The seconds that a wait takes, by the application's clock."""
    began = time.monotonic()
    wait()
    return time.monotonic() - began


def make_module(name: str, source: str) -> types.ModuleType:
    """A module of the library, as it is once it was imported."""
    module = types.ModuleType(name)
    exec(source, vars(module))
    sys.modules[name] = module
    return module
