"""Running one cell: what a trace shows, what the application does, what is put back."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import threading
from typing import Any

import pytest

from fixtures.drivers.surfaces import Timeouts
from fixtures.model.actions import MESSAGE, OPENED, close, elsewhere, pause, when
from fixtures.model.scenario import RACE_RUNS
from fixtures.model.trace import OTHER, WIRE, Trace
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from fixtures.run import cell as cells
from fixtures.run.cell import run_cell, run_often
from fixtures.run.duration import waited
from fixtures.run.leaks import open_sockets

from . import miniature_drivers as drivers
from . import miniature_loops as loops
from .miniature_drivers import lines, run, situation, surface

# A run


def test_a_run_shows_what_the_wire_carried_and_what_the_application_was_told() -> None:
    """Each lane has its events in order, and the run has a duration and no problem."""
    trace = run()

    assert lines(trace, WIRE)[2:] == ["text frame sent: 'hello'", "FIN sent", "end of TCP received"]
    assert [str(event) for event in trace.told] == [
        "on_open()",
        "on_message('hello')",
        "on_close()",
    ]
    assert (trace.waited, trace.problems, trace.facts) == ("at once", (), {})
    assert (trace.surface, trace.scenario) == ("miniature", "situation")


@pytest.mark.parametrize(
    "driver", [drivers.Plain, loops.Loop, loops.Serves, loops.ServesUntilTheEnd]
)
def test_equal_runs_have_equal_behaviour(driver: Any) -> None:
    """Whatever a driver is made of, its behaviour repeats."""
    traces = [
        run(driver, situation(Peer.open, lambda peer: peer.wait_for(OPENED))) for _ in range(5)
    ]

    assert len({trace.behaviour_id for trace in traces}) == 1
    assert {trace.problems for trace in traces} == {()}


def test_a_cell_that_races_is_run_several_times() -> None:
    """`run_often` gives one trace, or those of a set of runs."""
    once, often = situation(Peer.open), situation(Peer.open, races=True)

    assert len(run_often(surface(), once)) == 1
    assert len(run_often(surface(), often)) == RACE_RUNS > 1


def test_in_half_of_the_runs_threads_give_way_at_every_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is rare else has a chance; after it, the interpreter is as it was."""
    usual, found = sys.getswitchinterval(), []
    trace = run()

    def note(*_: object) -> Trace:
        found.append(sys.getswitchinterval())
        return trace

    monkeypatch.setattr(cells, "run_cell", note)
    run_often(surface(), situation(Peer.open, races=True))

    assert found[:2] == [usual, pytest.approx(cells.EVERY_CHANCE)]
    assert (len(found), sys.getswitchinterval()) == (RACE_RUNS, usual)


def test_a_trace_says_what_was_loaded() -> None:
    """The library's version and file stand in every trace."""
    assert (run().loaded.library, run().loaded.version) == ("miniature", "1.0")


def test_the_peer_dials_a_server_that_listens() -> None:
    """Against a server surface the peer is a client, and waits until there is a port."""
    trace = run(loops.Serves, situation(Peer.open))

    assert [str(event) for event in trace.told] == ["on_open()", "on_close()"]
    assert lines(trace, WIRE)[0] == "request sent: 'GET / HTTP/1.1'"
    assert trace.problems == ()


def test_runs_over_tls(certificates: Certificates) -> None:
    """With certificates a scenario can have TLS; the driver is given a context and a file."""
    found = run_cell(surface(), situation(Peer.open, tls="valid"), certificates)
    refused = run_cell(surface(), situation(Peer.open, tls="expired"), certificates)
    plain = run_cell(surface(loops.Serves), situation(Peer.open, tls="valid"), certificates)

    assert lines(found, WIRE)[0] == "TLS handshake done"
    assert lines(refused, WIRE) == lines(plain, WIRE) == ["TLS handshake failed: 'SSLError'"]


def test_tls_needs_certificates() -> None:
    """A scenario with TLS cannot run without certificates, and leaves nothing behind."""
    before = open_sockets()
    with pytest.raises(ValueError, match=r"needs TLS: pass certificates=tls\.issue\(directory\)"):
        run(played=situation(Peer.open, tls="valid"))

    assert open_sockets() == before


# What the application does


def test_the_application_acts_where_the_scenario_says() -> None:
    """Actions are performed once, in line, at the point they belong to."""
    closing = situation(Peer.open, Peer.await_close, application=(when(OPENED, close(4000)),))
    trace = run(played=closing)

    assert lines(trace, WIRE)[2] == "close frame received: 4000, ''"
    assert [str(event) for event in trace.told][1:3] == [
        "the application: close(4000)",
        "close -> None",
    ]


def test_a_second_thread_has_a_lane_of_its_own() -> None:
    """What a second thread does is told apart from what the application is told."""
    closing = situation(
        Peer.open,
        lambda peer: peer.application_acts(MESSAGE),
        Peer.await_close,
        application=(when(MESSAGE, close(4000)),),
    )
    there = situation(
        Peer.open, Peer.await_close, application=(when(OPENED, elsewhere(close(1000))),)
    )

    for played in (closing, there):
        assert lines(run(played=played), OTHER)[1] == "close -> None"


@pytest.mark.parametrize("driver", [drivers.Plain, loops.Loop])
def test_an_application_that_pauses_is_released(driver: Any) -> None:
    """The script decides how long the application stays in a callback."""
    paused = situation(
        Peer.open,
        lambda peer: peer.wait_for(OPENED),
        Peer.release_application,
        application=(when(OPENED, pause()),),
    )
    trace = run(driver, paused)

    assert [str(event) for event in trace.told][1] == "the application: pause()"
    assert trace.problems == ()


@pytest.mark.parametrize("driver", [drivers.Plain, loops.Loop])
def test_an_application_that_is_released_before_it_pauses_does_not_wait(driver: Any) -> None:
    """A release is not lost when it comes early."""
    early = situation(Peer.release_application, Peer.open, application=(when(OPENED, pause()),))

    assert run(driver, early).waited == "at once"


def test_a_second_task_acts_for_the_peer() -> None:
    """An asyncio application acts in a task of its loop when the script says so."""
    closing = situation(
        Peer.open,
        lambda peer: peer.wait_for(OPENED),
        lambda peer: peer.application_acts(MESSAGE),
        application=(when(MESSAGE, close()),),
    )

    assert lines(run(loops.Loop, closing), OTHER) == ["the application: close()", "close -> None"]


def test_what_a_library_calls_back_later_is_not_the_second_task_s() -> None:
    """A callback that a second task only caused belongs to what the application is told."""
    closing = situation(Peer.open, Peer.be_quiet, application=(when(OPENED, elsewhere(close())),))
    trace = run(loops.LoopCallsBack, closing)

    assert "on_close_soon()" in [str(event) for event in trace.told]
    assert lines(trace, OTHER) == ["the application: close()", "close -> None"]


# Addresses


@pytest.mark.parametrize(
    ("address", "error"), [("refused", "ConnectionRefusedError"), ("unresolved", "gaierror")]
)
def test_an_address_may_not_answer(address: str, error: str) -> None:
    """A port that refuses, and a name that does not exist, need no connection to the peer."""
    trace = run(drivers.Resolves, situation(address=address))

    assert trace.told[0].args[0]["exception"] == error
    assert trace.problems == ()


# What is put back


@pytest.mark.parametrize("driver", [drivers.Plain, drivers.Fails, loops.Loop])
def test_a_run_leaves_the_process_as_it_was(monkeypatch: pytest.MonkeyPatch, driver: Any) -> None:
    """Collector, hooks, resolver, proxies and log levels are the same after a run."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")

    def state() -> tuple[object, ...]:
        logger = logging.getLogger("miniature")
        hooks = threading.excepthook, sys.unraisablehook, socket.getaddrinfo
        threads = sorted(thread.name for thread in threading.enumerate())
        return gc.isenabled(), hooks, dict(os.environ), logger.level, logger.handlers, threads

    before, sockets = state(), open_sockets()
    run(driver)

    assert (state(), open_sockets()) == (before, sockets)


def test_a_collector_that_is_off_stays_off() -> None:
    """A run does not switch on what it found switched off."""
    gc.disable()
    try:
        run()
        assert not gc.isenabled()
    finally:
        gc.enable()


# Durations


@pytest.mark.parametrize(
    ("seconds", "word"), [(0.1, "at once"), (0.31, "1 x timeout"), (0.62, "2 x timeout")]
)
def test_real_durations_count_the_small_timeout(seconds: float, word: str) -> None:
    """A blocking surface waits for none, one or several of the timeouts it is given."""
    small = Timeouts(0.3, 0.3, 1, 1)

    assert waited(seconds, small, virtual=False, opened=True, keepalive=False) == word


@pytest.mark.parametrize(
    ("seconds", "opened", "keepalive", "word"),
    [
        (0.4, True, False, "at once"),
        (10.1, True, False, "1 x close_timeout"),
        (20.0, True, False, "2 x close_timeout"),
        (10.0, False, False, "1 x open_timeout"),
        (40.0, True, True, "ping_interval + ping_timeout"),
        (50.0, True, True, "ping_interval + ping_timeout + close_timeout"),
        (12.3, True, False, "12.3 s"),
    ],
)
def test_virtual_durations_are_sums_of_timeouts(
    seconds: float, opened: bool, keepalive: bool, word: str
) -> None:
    """A duration on the virtual clock is told by the timeouts that can have passed."""
    long = Timeouts(open=10, close=10, ping_interval=20, ping_timeout=20)

    assert waited(seconds, long, virtual=True, opened=opened, keepalive=keepalive) == word
