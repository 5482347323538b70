"""How connections end: FIN, RST, half-closed; and what becomes of the script."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.peer.blocking import EndOfScript
from fixtures.peer.steps import Peer

from .duet import (
    LIMIT,
    Actor,
    against_socket,
    connected,
    play,
    reading,
    steps,
)

both_roles = pytest.mark.parametrize("role", ["server", "client"])


# FIN and RST


@both_roles
def test_a_script_ends_with_fin(role: str) -> None:
    """A script that is over ends the connection, and reads until the other side has as well."""
    one, two = play(role, Peer.open, reading)

    assert (one.lines, one.ended_by) == (["FIN sent", "end of TCP received"], ["FIN"])
    assert (two.lines, two.ended_by) == (["end of TCP received", "FIN sent"], ["FIN"])


@both_roles
def test_rst_is_seen_as_rst(role: str) -> None:
    """`reset` is RST on the wire, not FIN."""
    one, two = play(role, steps(Peer.open, Peer.reset), reading)

    assert one.lines == ["RST sent"]
    assert (two.lines[0], two.ended_by) == ("end of TCP received", ["RST"])


@both_roles
def test_after_half_close_the_other_side_can_send(role: str) -> None:
    """FIN ends one direction; the other direction still carries messages."""
    half = steps(Peer.open, Peer.half_close, Peer.half_close, Peer.receive_text)
    other = steps(Peer.open, Peer.be_quiet, lambda peer: peer.send_text("still here"))
    one, two = play(role, half, other)

    assert one.lines == ["FIN sent", "text frame received: 'still here'", "end of TCP received"]
    assert (one.problem, two.undelivered) == ("", [])


@both_roles
@pytest.mark.parametrize(
    "step", [Peer.connect, Peer.reset, Peer.send_text], ids=lambda s: s.__name__
)
def test_no_step_follows_a_reset(role: str, step: Any) -> None:
    """A script that goes on after it has ended the connection is wrong."""
    arguments = ("hello",) if step is Peer.send_text else ()
    again = steps(Peer.open, Peer.reset, lambda peer: step(peer, *arguments))
    one, _ = play(role, again, reading)

    assert one.problem == "the script goes on after it has ended the connection"


@both_roles
def test_awaiting_after_a_reset_returns(role: str) -> None:
    """There is nothing to await on a connection that was reset."""
    one, _ = play(role, steps(Peer.open, Peer.reset, Peer.be_quiet, Peer.await_close), reading)

    assert (one.lines, one.problem) == (["RST sent"], "")


@both_roles
def test_nothing_is_delivered_after_the_other_side_has_reset(role: str) -> None:
    """Sending to nobody is the other side's doing, not a fault of the script."""
    late = steps(Peer.open, Peer.be_quiet, lambda peer: peer.send_text("late"))
    one, _ = play(role, late, steps(Peer.open, Peer.reset))

    assert one.lines == ["end of TCP received", "text frame sent: 'late'", "FIN sent"]
    assert [event.name for event in one.undelivered] == ["delivery"]
    assert one.problem == ""


@both_roles
@pytest.mark.parametrize("end", [Peer.half_close, Peer.reset], ids=["FIN", "RST"])
def test_an_end_in_the_handshake_ends_the_script(role: str, end: Any) -> None:
    """A handshake that the other side ends is its behaviour; the script goes no further."""
    one, _ = play(
        role, steps(Peer.open, lambda peer: peer.send_text("never")), steps(Peer.connect, end)
    )

    assert one.problem == ""
    assert not [line for line in one.lines if "never" in line]


def test_another_connection_follows() -> None:
    """`next_connection` goes on with a fresh connection and a fresh handshake."""
    script = steps(Peer.open, Peer.receive_close, Peer.next_connection, Peer.open, Peer.echo_close)
    first, second = connected(), connected()
    server = Actor("server", script, first[0], second[0])
    one = Actor("client", steps(Peer.open, Peer.send_close), first[1])
    two = Actor("client", reading, second[1])

    assert [actor.finish() for actor in (server, one, two)] == ["", "", ""]
    assert server.handshake == ["request received: 'GET / HTTP/1.1'", "101 response sent"] * 2
    assert server.lines[:2] == ["close frame received", "close frame not sent: 'none was received'"]


# The thread


def test_a_fault_in_a_script_is_told() -> None:
    """Whatever a script raises is the reason why the run cannot be judged."""
    one, _ = play("server", steps(Peer.open, lambda _: dict[str, int]()["missing"]), reading)

    assert one.problem == "the script failed: KeyError: 'missing'"


def test_a_connection_that_never_comes_is_told() -> None:
    """A script without a connection has shown nothing, unless none had to come."""

    def nobody(_: Peer) -> None:
        raise EndOfScript

    with against_socket("server", nobody) as (actor, _):
        actor.thread.join(LIMIT)

    assert actor.problem == "no connection reached the peer"


def test_whoever_waits_for_the_end_of_a_script_is_told() -> None:
    """`on_done` is called in the peer's thread when the script is over, then `is_told` is set."""
    told: list[bool] = []
    with against_socket("server", steps(Peer.read_request)) as (actor, bare):
        actor.thread.on_done = lambda: told.append(actor.thread.is_told)
        bare.close()
        actor.thread.join(LIMIT)

    assert (told, actor.thread.is_told) == ([False], True)
