"""The virtual clock: when time jumps, what holds it, and how a hang is proved."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fixtures.run import clock

from .virtual_time import Asked, loop_on, run, until

# When time jumps


def test_time_jumps_to_the_next_timer() -> None:
    """On a quiet world 50 seconds pass without waiting, and the clock says 50 seconds."""
    found = Asked()

    assert run(found, until(found, 50.0)) == [50.0]


def test_timers_come_in_their_order() -> None:
    """Each jump goes to the nearest timer."""
    found, seen = Asked(), list[float]()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        for seconds in (20, 5, 10):
            loop.call_later(seconds, lambda: seen.append(found.time()))
        await asyncio.sleep(20.5)

    run(found, main())
    assert seen == [5.0, 10.0, 20.0]


def test_time_stands_still_while_the_peer_has_something_to_do() -> None:
    """The clock asks the peer, and does not jump before the peer is idle."""
    found, seen = Asked(), list[float]()

    def idle() -> bool:
        seen.append(found.time())
        return len(seen) > 3

    found.peer_is_idle = idle
    run(found, until(found, 10.0))

    assert seen[:4] == [0.0] * 4


def test_time_stands_still_while_bytes_are_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte that has left one end and not arrived at the other holds the clock."""
    found, seen = Asked(), list[float]()

    def under_way(senders: list[int], ends: list[int]) -> bool:
        seen.append(found.time())
        return len(seen) <= 3

    monkeypatch.setattr(clock, "under_way", under_way)
    run(found, until(found, 10.0))

    assert seen[:4] == [0.0] * 4


def test_what_becomes_ready_meanwhile_comes_before_any_timer() -> None:
    """Bytes that arrive while the clock is held are read before time jumps."""
    found = Asked()
    here, there = socket.socketpair()

    def idle() -> bool:
        there.send(b"x")
        return True

    async def main() -> float:
        asyncio.get_running_loop().add_reader(here, arrived.set)
        await arrived.wait()
        return found.time()

    arrived, found.peer_is_idle = asyncio.Event(), idle
    with here, there:
        assert run(found, main()) == 0.0


def test_what_becomes_ready_while_the_peer_works_is_seen_at_once() -> None:
    """A busy peer that sends is not waited for to become idle."""
    found = Asked()
    here, there = socket.socketpair()
    found.peer_is_idle = lambda: there.send(b"x") == 0

    async def main() -> float:
        asyncio.get_running_loop().add_reader(here, arrived.set)
        await arrived.wait()
        return found.time()

    arrived = asyncio.Event()
    with here, there:
        assert run(found, main()) == 0.0


# What else holds it


def test_a_job_of_an_executor_holds_the_clock() -> None:
    """Name resolution and other jobs run in threads; time waits for their results."""
    found = Asked()

    async def main() -> list[float]:
        loop = asyncio.get_running_loop()
        sleeper = asyncio.ensure_future(until(found, 5.0))
        during: float = await loop.run_in_executor(None, found.wait_until_asked)
        return [during, found.time(), *await sleeper]

    assert run(found, main()) == [0.0, 0.0, 5.0]


def test_a_job_that_could_not_start_does_not_hold_the_clock() -> None:
    """An executor that takes no more jobs raises, and time goes on."""
    found = Asked()
    executor = ThreadPoolExecutor()
    executor.shutdown()

    async def main() -> list[float]:
        with pytest.raises(RuntimeError, match="cannot schedule"):
            await asyncio.get_running_loop().run_in_executor(executor, print)
        return await until(found, 5.0)

    assert run(found, main()) == [5.0]


def test_whoever_says_so_holds_the_clock() -> None:
    """`busy` holds the clock for a block of some thread of ours."""
    found = Asked()

    def work() -> None:
        seen.append(found.wait_until_asked())
        held.close()

    seen, held = list[float](), contextlib.ExitStack()
    held.enter_context(found.busy())
    thread = threading.Thread(target=work)
    thread.start()
    run(found, until(found, 5.0))
    thread.join()

    assert seen == [0.0]


# The peer's own time


def test_a_peer_that_sleeps_is_woken_by_a_jump() -> None:
    """A pause in a script passes in virtual time as well."""
    found, seen = Asked(), list[float]()
    found.peer_is_idle = lambda: bool(seen)

    def script() -> None:
        found.sleep(7.0)
        seen.append(found.time())

    thread = threading.Thread(target=script)
    thread.start()
    run(found, until(found, 10.0))
    thread.join()

    assert seen == [7.0]


@pytest.mark.parametrize(("seconds", "rings"), [(3.0, [3.0]), (5.0, [5.0]), (8.0, [])])
def test_an_alarm_rings_when_its_time_has_come(seconds: float, rings: list[float]) -> None:
    """An alarm comes before the loop's own timers of that moment, and not after its block."""
    found, rang = Asked(), list[float]()

    async def main() -> None:
        with found.alarm(seconds, lambda: rang.append(found.time())):
            asyncio.get_running_loop().call_later(5.0, rang.append, -5.0)
            await asyncio.sleep(6.0)
        await asyncio.sleep(6.0)

    run(found, main())
    assert rang == [*rings, -5.0]


def test_the_end_of_a_run_wakes_the_peer() -> None:
    """When a run is over nobody sleeps any longer, and no alarm is waited for."""
    found, rang = Asked(), list[str]()
    with found.alarm(5.0, lambda: rang.append("the one that was set")):
        found.end()
    with found.alarm(5.0, lambda: rang.append("the one after the end")):
        pass
    found.sleep(5.0)
    found.end()

    assert rang == ["the one that was set", "the one after the end"]
    assert found.time() == 0.0


# Proof of a hang


def test_a_world_without_timers_is_a_deadlock() -> None:
    """Quiet and no timer: nothing can happen any more, and the run is told at once."""
    found = Asked(lambda: future.set_result("told"))

    async def main() -> str:
        return await future

    with loop_on(found) as loop:
        future: asyncio.Future[str] = loop.create_future()
        assert loop.run_until_complete(main()) == "told"
    assert found.time() == 0.0


def test_timers_for_ever_are_a_deadlock() -> None:
    """A run that still waits after an hour of virtual time counts as one that never ends."""
    found = Asked(lambda: future.set_result("told"))

    async def main() -> str:
        asyncio.get_running_loop().call_later(clock.HORIZON + 1, print)
        return await future

    with loop_on(found) as loop:
        future: asyncio.Future[str] = loop.create_future()
        assert loop.run_until_complete(main()) == "told"
    assert found.time() == 0.0


def test_other_systems_cannot_tell_what_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such question, the answer is no, and the clock polls in milliseconds."""
    monkeypatch.setattr("sys.platform", "elsewhere")
    found, polls = Asked(), iter([False, False, True, True])
    found.peer_is_idle = lambda: next(polls, True)

    assert run(found, until(found, 5.0)) == [5.0]
