"""What the clock knows of bytes under way; the real clock."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time

from fixtures.run import clock
from fixtures.run.clock import RealClock

from .duet import LIMIT, connected

# Bytes under way


def under_way(senders: list[socket.socket], ends: list[socket.socket]) -> bool:
    """Whether bytes are under way, asked as the clock asks."""
    return clock.under_way([end.fileno() for end in senders], [end.fileno() for end in ends])


def all_arrived(senders: list[socket.socket], ends: list[socket.socket]) -> bool:
    """Whether nothing is under way any more, before long."""
    deadline = time.monotonic() + LIMIT
    while under_way(senders, ends) and time.monotonic() < deadline:
        pass
    return not under_way(senders, ends)


def test_bytes_that_were_read_are_not_under_way() -> None:
    """A delayed acknowledgement does not hold the clock once the bytes were read."""
    one, two = connected()
    with one, two:
        for _ in range(100):
            one.sendall(b"x")
            two.sendall(two.recv(1))

            assert not under_way([one], [one, two])


def test_a_fin_that_has_arrived_is_not_under_way() -> None:
    """FIN counts like a byte."""
    one, two = connected()
    with one, two:
        one.shutdown(socket.SHUT_WR)
        assert two.recv(1) == b""

        assert all_arrived([one], [one, two])


def test_bytes_that_nobody_reads_are_not_under_way() -> None:
    """What a full receiver holds back will not arrive by waiting."""
    one, two = connected()
    one.setblocking(False)
    with one, two:
        with contextlib.suppress(BlockingIOError):
            while True:
                one.send(b"x" * 65536)

        assert all_arrived([one], [one, two])


def test_what_is_no_connection_has_nothing_under_way() -> None:
    """Pipes, listeners, closed and missing descriptors do not hold the clock."""
    reading, writing = os.pipe()
    os.write(writing, b"x")
    found = [clock._in_flight(end) for end in (reading, writing, -1, 10_000)]
    clock._acknowledge(writing)
    clock._acknowledge(-1)
    os.close(reading)
    os.close(writing)

    assert found == [0, 0, 0, 0]


# The real clock


def test_the_real_clock_sleeps_no_longer_than_the_run() -> None:
    """A pause ends when the run does."""
    found = RealClock()
    before = found.time()
    threading.Timer(0, found.end).start()
    found.sleep(LIMIT * 100)

    assert 0 <= before <= found.time()


def test_a_real_alarm_rings() -> None:
    """An alarm calls from a thread of its own."""
    rang = threading.Event()
    with RealClock().alarm(0.0, rang.set):
        assert rang.wait(LIMIT)


def test_a_real_alarm_is_taken_back() -> None:
    """When its block has ended an alarm does not ring, and its thread ends."""
    rang = threading.Event()
    with RealClock().alarm(LIMIT * 100, rang.set):
        (thread,) = [one for one in threading.enumerate() if one.name == clock.ALARM]
    thread.join(LIMIT)

    assert (thread.is_alive(), rang.is_set()) == (False, False)
