"""Runs of several connections, of none at first, over TLS, with actions in a library's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.actions import (
    AFTER_THE_END,
    CLOSED,
    FAILED,
    MESSAGE,
    OPENED,
    close,
    library_call,
    pause,
    raise_error,
    when,
    whenever,
)
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import RUN, WIRE, Trace, behaviour
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from fixtures.run import cell as cells
from fixtures.run.cell import run_cell
from fixtures.run.leaks import open_sockets

from . import miniature_drivers as drivers
from . import miniature_loops as loops
from .miniature_drivers import lines, quiet, run, situation, surface


def told(trace: Trace) -> list[str]:
    """What the application was told, as text."""
    return [str(event) for event in trace.told]


# Several connections


def test_the_peer_waits_for_a_visit() -> None:
    """The second connection's opening is another than that of the first."""
    twice = situation(
        Peer.open,
        Peer.half_close,
        lambda peer: peer.wait_for(CLOSED),
        Peer.next_connection,
        Peer.open,
        lambda peer: peer.wait_for(OPENED, 2),
        Peer.half_close,
        application=(when(OPENED, close(4000), nth=2), whenever(CLOSED)),
    )
    trace = run(drivers.Again, twice)

    assert told(trace)[:3] == ["on_open()", "on_close()", "on_open()"]
    assert told(trace)[3:] == ["the application: close(4000)", "close -> None", "on_close()"]
    assert (trace.problems, trace.waited) == ((), "at once")


def test_what_is_done_every_time_is_done_every_time() -> None:
    """`whenever`, on each of two connections."""
    twice = situation(
        Peer.open,
        Peer.await_close,
        Peer.half_close,
        Peer.next_connection,
        Peer.open,
        Peer.await_close,
        application=(whenever(OPENED, close(4000)),),
    )

    assert told(run(drivers.Again, twice)).count("the application: close(4000)") == 2


def test_an_address_that_refused_may_accept() -> None:
    """The peer waits without a connection until the application knows; then it listens."""
    later = situation(
        lambda peer: peer.wait_for(FAILED, connected=False),
        Peer.start_listening,
        Peer.release_application,
        Peer.open,
        application=(when(FAILED, pause()),),
        address="refused",
    )
    before, trace = open_sockets(), run(drivers.Again, later)

    assert told(trace)[0].startswith("on_error(ConnectionRefusedError(")
    assert told(trace)[1:] == ["the application: pause()", "on_open()", "on_close()"]
    assert (trace.problems, trace.facts, open_sockets()) == ((), {}, before)


def test_an_address_that_accepted_may_refuse() -> None:
    """The connection that there is stays; no other comes, until the peer listens again."""
    once = situation(Peer.open, Peer.stop_listening, lambda peer: peer.send_text("still here"))
    again = situation(
        Peer.open,
        Peer.stop_listening,
        Peer.half_close,
        lambda peer: peer.wait_for(FAILED),
        Peer.start_listening,
    )

    for played in (once, again):
        trace = run(drivers.Again, played)
        assert told(trace)[-1].startswith("on_error(ConnectionRefusedError(")
        assert (trace.problems, trace.facts) == ((), {})


def test_a_run_that_never_connected_ends() -> None:
    """A peer that waits for a visit that never comes is released with the application's end."""
    never = situation(
        lambda peer: peer.wait_for(FAILED, 9, connected=False),
        Peer.start_listening,
        Peer.open,
        address="refused",
    )

    assert run(drivers.Again, never).problems == ()


# The guard


def test_a_slow_scenario_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its guard is one of its own: here it is the one that loses patience."""
    monkeypatch.setattr(cells, "GUARD_SECONDS", 60.0)
    monkeypatch.setattr(cells, "SLOW_GUARD_SECONDS", 0.2)

    trace = run(drivers.Plain, replace(quiet, slow=True))

    assert [event.kind for event in trace.lane(RUN)] == ["hang"]


# TLS


@pytest.mark.parametrize("driver", [drivers.Plain, drivers.Leaves])
def test_with_tls_a_behaviour_is_no_other(driver: Any, certificates: Certificates) -> None:
    """The TLS handshake stands in the trace, and is not compared."""
    plain, secured = (
        run_cell(surface(driver), situation(Peer.open, Peer.half_close, tls=kind), certificates)
        for kind in (None, "valid")
    )

    assert lines(secured, WIRE)[0] == "TLS handshake done"
    assert behaviour(secured) == behaviour(plain)


def test_a_handshake_of_tls_that_fails_is_a_behaviour(certificates: Certificates) -> None:
    """It is not what happens without."""
    expired = situation(Peer.open, tls="expired")
    trace = run_cell(surface(), expired, certificates)

    assert behaviour(trace)["lanes"][WIRE] == [
        ["handshake", "TLS handshake", "failed", ["SSLError"], None]
    ]


def test_a_surface_over_tls_needs_no_setting(certificates: Certificates) -> None:
    """Each of its connections shows a valid certificate; so the address says wss."""
    cell = cells.GuardedCell(
        replace(surface(), tls=True), situation(Peer.open, proxied=True), certificates
    )
    seen = cell.tls, cell.url
    cell.close()

    assert seen == ("valid", "wss://behind.a.proxy.invalid/")


@pytest.mark.parametrize("scenario", ["peer_closes_first", "application_closes_on_message"])
def test_a_library_that_does_the_same_over_tls(scenario: str, certificates: Certificates) -> None:
    """Surface and sister show one behaviour."""
    names = "websocket_client_app", "websocket_client_app_tls"
    traces = [run_cell(SURFACES[one], SCENARIOS[scenario], certificates) for one in names]

    assert len({trace.behaviour_id for trace in traces}) == 1


# A library's own words


@pytest.mark.parametrize(
    ("driver", "call", "came_back"),
    [
        (drivers.Named, library_call("shutdown", 1), "shutdown -> None"),
        (loops.LoopNamed, library_call("write_eof"), "write_eof -> None"),
        (loops.LoopNamed, library_call("get_extra_info", "x", default=7), "get_extra_info -> 7"),
    ],
)
def test_a_call_by_name_is_the_object_s(driver: Any, call: Any, came_back: str) -> None:
    """With its arguments and options; what comes back is recorded."""
    trace = run(driver, situation(Peer.open, Peer.half_close, application=(when(OPENED, call),)))

    assert came_back in told(trace)
    assert trace.problems == ()


@pytest.mark.parametrize("driver", [drivers.Plain, loops.Loop])
def test_a_driver_without_named_objects_says_so(driver: Any) -> None:
    """It is a fault of the scenario, and no behaviour."""
    call = when(OPENED, library_call("close"))
    (problem,) = run(driver, situation(Peer.open, application=(call,))).problems

    assert f"{driver.__name__} has no object whose close can be named" in problem


@pytest.mark.parametrize("driver", [drivers.Outlives, loops.LoopOutlives])
def test_what_is_raised_after_the_end_is_recorded_and_no_more(driver: Any) -> None:
    """The application goes on with what it has to do next."""
    last = (when(AFTER_THE_END, raise_error(), close()),)
    trace = run(driver, situation(Peer.open, Peer.half_close, application=last))

    assert told(trace)[-3:-1] == ["the application: raise()", "the application: close()"]
    assert trace.problems == ()


def test_a_message_comes_to_its_own_point() -> None:
    """A visit of one point is none of another."""
    twice = situation(
        Peer.open,
        lambda peer: peer.send_text("a"),
        lambda peer: peer.send_text("b"),
        Peer.await_close,
        application=(when(MESSAGE, close(4000), nth=2),),
    )

    assert told(run(drivers.Plain, twice))[:4] == [
        "on_open()",
        "on_message('a')",
        "on_message('b')",
        "the application: close(4000)",
    ]
