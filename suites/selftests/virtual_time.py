"""A virtual clock that can be watched, and loops on it; for self-tests only."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fixtures.run.clock import VirtualClock
from fixtures.run.virtual_loop import VirtualLoop

from .duet import LIMIT


class Asked(VirtualClock):
    """A virtual clock that counts how often its loop asks whether the world is quiet."""

    def __init__(self, on_deadlock: Callable[[], None] = lambda: None) -> None:
        """A clock that was not asked yet."""
        super().__init__(on_deadlock)
        self.asked = threading.Semaphore(0)

    def is_idle(self, selector: Any) -> bool:
        """Whether nothing will happen; whoever waits for the question goes on."""
        self.asked.release()
        return super().is_idle(selector)

    def wait_until_asked(self, times: int = 3) -> float:
        """The time on the clock once it was asked some more times."""
        for _ in range(times):
            assert self.asked.acquire(timeout=LIMIT)
        return self.time()


@contextlib.contextmanager
def loop_on(found: VirtualClock) -> Iterator[VirtualLoop]:
    """A loop on this clock, closed at the end."""
    loop = VirtualLoop(found)
    try:
        yield loop
    finally:
        loop.close()


def run(found: VirtualClock, main: Coroutine[Any, Any, Any]) -> Any:
    """What `main` returns on a loop with this clock."""
    with loop_on(found) as loop:
        try:
            return loop.run_until_complete(main)
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())


async def until(found: VirtualClock, moment: float) -> list[float]:
    """Sleep until a moment; the time on the clock then."""
    await asyncio.sleep(moment - found.time())
    return [found.time()]
