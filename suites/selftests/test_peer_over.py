"""A peer whose application is over, or that the guard takes down."""

from __future__ import annotations

import socket
import threading

import pytest

from fixtures.peer.frames import text
from fixtures.peer.steps import Peer
from fixtures.servers.server import listen

from .duet import (
    LIMIT,
    REQUEST,
    Actor,
    against_socket,
    play,
    read_to_the_end,
    steps,
    until_idle,
)

both_roles = pytest.mark.parametrize("role", ["server", "client"])


class Listening(Actor):
    """An actor that waits for a connection that never comes."""

    def connect(self, peer: Peer) -> socket.socket:
        """Wait."""
        with listen() as listener:
            peer.await_readable(listener, "a connection")
        raise AssertionError("nobody connects")


# The application is over


@both_roles
def test_a_step_that_needs_something_is_told_when_the_application_is_over(role: str) -> None:
    """Whoever still waits for a frame when the application ends cannot go on."""
    with against_socket(role, steps(Peer.open, Peer.receive_text)) as (actor, bare):
        bare.sendall(REQUEST if role == "server" else b"HTTP/1.1 101 Yes\r\n\r\n")
        until_idle(actor)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert actor.problem == "expected a text frame, but the application ended first"


@both_roles
def test_a_handshake_is_not_waited_for_when_the_application_is_over(role: str) -> None:
    """An application may end without a handshake; that is no fault of the script."""
    with against_socket(role, Peer.open) as (actor, _):
        until_idle(actor)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert (actor.thread.is_alive(), actor.problem, actor.lines) == (False, "", [])


def test_a_connection_that_the_application_leaves_open_is_told() -> None:
    """The peer's script ends with the application, and the trace says what was left."""
    with against_socket("server", steps(Peer.connect, Peer.half_close)) as (actor, _):
        until_idle(actor)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert actor.lines == ["FIN sent", "TCP open left"]


def test_a_fin_that_is_certain_is_waited_for() -> None:
    """An application that left no socket open has sent FIN, even if it has not arrived yet."""
    with against_socket("server", Peer.connect) as (actor, bare):
        until_idle(actor)
        actor.peer.application_is_over(may_have_sockets=False)
        bare.close()
        actor.thread.join(LIMIT)

    assert actor.lines == ["FIN sent", "end of TCP received"]


def test_a_connection_that_an_application_did_not_make_is_not_waited_for() -> None:
    """The patience that FIN gets is not for connections: nobody is left to make one."""
    actor = Actor("server", lambda _: None)
    actor.peer.application_is_over(may_have_sockets=False)
    actor.peer._patience = 100 * LIMIT
    with listen() as listener:
        assert not actor.peer.await_readable(listener, "a connection")
    actor.finish()


def test_a_peer_that_stops_reading_leaves_what_comes() -> None:
    """`stop_reading` lasts until the application has ended."""
    with against_socket("server", Peer.stop_reading) as (actor, bare):
        until_idle(actor)
        bare.sendall(b"never read")
        assert actor.peer.is_idle()
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert actor.lines[0] == "reading stopped"
    assert not actor.thread.is_alive()


def test_a_write_that_nobody_reads_ends_with_the_application() -> None:
    """A full window holds a write until the application is over; then it is not delivered."""
    flood = steps(lambda server: server.send(text("x" * 50_000_000)))
    with against_socket("server", flood) as (actor, _):
        until_idle(actor)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert actor.undelivered[0].details["by"] == "the other side reads no more"
    assert actor.problem == ""


def test_a_connection_that_an_application_does_not_make_is_not_waited_for() -> None:
    """Once it is over, without a socket left, what it has not done it will not do."""
    actor = Listening("server", Peer.open)
    until_idle(actor)
    actor.peer.application_is_over(may_have_sockets=False)

    assert actor.finish() == ""


# Messages without end


@both_roles
def test_messages_come_until_the_other_side_ends(role: str) -> None:
    """However many there were, the trace tells of them once."""
    flood = steps(Peer.open, lambda peer: peer.send_without_end("more"))
    enough = steps(Peer.open, Peer.receive_text, Peer.receive_text, Peer.half_close)
    one, two = play(role, flood, enough)

    assert one.lines[0] == "the same text frame without end begun: 'more'"
    assert one.lines[1:] == ["end of TCP received", "FIN sent"]
    assert two.lines[:2] == ["text frame received: 'more'"] * 2


def test_messages_come_no_longer_than_the_application_runs() -> None:
    """A connection that it leaves open does not keep the peer."""
    flood = steps(lambda server: server.send_without_end("more"))
    with against_socket("server", flood) as (actor, bare):
        bare.recv(1)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert (actor.thread.is_alive(), actor.problem) == (False, "")


def test_messages_end_at_the_take_down() -> None:
    """The guard leaves this step as it leaves any other."""
    flood = steps(lambda server: server.send_without_end("more"))
    with against_socket("server", flood) as (actor, bare):
        bare.recv(1)
        actor.peer.abort()
        actor.thread.join(LIMIT)

        assert (actor.thread.is_alive(), actor.problem) == (False, "")
        with pytest.raises(ConnectionResetError):
            read_to_the_end(bare)


# The guard


WAITING = {
    "reading": Peer.be_quiet,
    "not reading": Peer.stop_reading,
    "writing": steps(lambda peer: peer.send(text("x" * 50_000_000))),
}


@both_roles
@pytest.mark.parametrize("step", WAITING)
def test_abort_resets_the_connection_at_once(role: str, step: str) -> None:
    """Wherever a script waits, the guard's take-down leaves it, and the other side sees RST."""
    with against_socket(role, WAITING[step]) as (actor, bare):
        until_idle(actor)
        actor.peer.abort()
        actor.thread.join(LIMIT)

        assert (actor.thread.is_alive(), actor.problem) == (False, "")
        with pytest.raises(ConnectionResetError):
            read_to_the_end(bare)


def test_abort_ends_the_wait_for_a_connection() -> None:
    """A peer that listens and is never connected to can be taken down as well."""
    actor = Listening("server", Peer.open)
    until_idle(actor)
    actor.peer.abort()

    assert actor.finish() == ""
    assert actor.problem == "no connection reached the peer"


def test_abort_works_after_the_application_is_over() -> None:
    """Whoever still waits for a FIN that is certain to come leaves at the take-down."""
    with against_socket("server", Peer.be_quiet) as (actor, bare):
        actor.peer.application_is_over(may_have_sockets=False)
        actor.peer.abort()
        actor.thread.join(LIMIT)

        assert not actor.thread.is_alive()
        with pytest.raises(ConnectionResetError):
            read_to_the_end(bare)


def test_a_peer_is_idle_while_there_is_nothing_to_do() -> None:
    """A waiting step is idle until something comes, and says what it waits for."""
    go_on = threading.Event()
    script = steps(Peer.connect, lambda _: go_on.wait(LIMIT), Peer.read_request)
    with against_socket("server", script) as (actor, bare):
        assert not actor.peer.is_idle()
        go_on.set()
        until_idle(actor)

        assert actor.peer.waits_for == "the opening request"
        bare.sendall(REQUEST)
        bare.shutdown(socket.SHUT_WR)
        actor.thread.join(LIMIT)
        assert not actor.peer.is_idle()


def test_a_socket_that_is_closed_meanwhile_is_not_idle() -> None:
    """Another thread may ask whether the peer is idle while its socket is being closed."""
    with against_socket("server", Peer.connect) as (actor, bare):
        bare.close()
        actor.thread.join(LIMIT)
        with actor.peer.idle_while(lambda: bare.send(b"") == 0, "a closed socket"):
            assert not actor.peer.is_idle()


def test_closing_again_does_no_harm() -> None:
    """A late take-down, or a late alarm, of a peer that is gone is not an error."""
    with against_socket("server", Peer.connect) as (actor, bare):
        bare.close()
        actor.finish()
        actor.peer.dispose()
        actor.peer.abort()

    assert actor.lines == ["FIN sent", "end of TCP received"]
