"""Loops of a program's own: what they call, when they end, and what they leave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from fixtures.drivers.websocket_client_dispatcher import End
from fixtures.drivers.websocket_client_loops import METHODS, Minimal, Rel, State, without
from fixtures.model.actions import MESSAGE
from fixtures.model.trace import APPLICATION
from fixtures.peer.steps import Peer
from fixtures.run.cell import GuardedCell

from .miniature_drivers import Plain, greeting, lines, run, situation, surface

Loop = Minimal | Rel
EMPTY = State((), 0, 0)


@pytest.fixture(params=[Minimal, Rel])
def loop(request: pytest.FixtureRequest) -> Iterator[Loop]:
    """A loop of each kind."""
    found: Loop = request.param()
    yield found
    found.clear()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected."""
    ends = socket.socketpair()
    yield ends
    for end in ends:
        end.close()


def never(state: State) -> bool:
    """It is not over."""
    return False


def test_a_loop_in_which_nothing_is_registered_returns(loop: Loop) -> None:
    """It need not be ended."""
    assert loop.dispatch(never) is False


def test_a_reader_stays_while_it_returns_something_true(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    """As with libevent."""
    ours, theirs = pair
    theirs.sendall(b"ab")
    read: list[bytes] = []

    def receive() -> bool:
        read.append(ours.recv(1))
        return read[-1] == b"a"

    loop.read(ours, receive)
    loop.dispatch(never)

    assert read == [b"a", b"b"]


def test_a_timer_comes_again_while_it_returns_something_true(loop: Loop) -> None:
    """With the arguments it was given."""
    fired: list[str] = []

    def fire(word: str) -> bool:
        fired.append(word)
        return len(fired) < 2

    loop.timeout(0.001, fire, "now")
    loop.dispatch(never)

    assert fired == ["now", "now"]


def test_a_loop_is_ended_where_nothing_is_ready(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    """It says that it had to be."""
    loop.read(pair[0], lambda: True)

    assert loop.dispatch(lambda state: state == State((pair[0],), 0, 0)) is True


def test_a_socket_that_was_closed_is_registered_and_never_read(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    """A library that closes a socket does not say so to the loop."""
    loop.read(pair[0], lambda: True)
    pair[0].close()

    assert loop.dispatch(lambda state: not state.sockets) is True


def test_abort_ends_a_loop_from_within(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    """As a program does that has had enough."""
    pair[1].sendall(b"x")
    loop.signal(2, loop.abort)
    loop.read(pair[0], lambda: loop.abort() or True)

    assert loop.dispatch(never) is False


def test_what_is_written_is_sent(loop: Loop, pair: tuple[socket.socket, socket.socket]) -> None:
    """At once, or in a turn of the loop."""
    loop.buffwrite(pair[0], b"hello", socket.socket.send, pytest.fail)
    loop.dispatch(never)

    assert pair[1].recv(16) == b"hello"


def test_what_cannot_be_sent_is_told(loop: Loop, pair: tuple[socket.socket, socket.socket]) -> None:
    """The loop goes on."""
    told: list[Any] = []

    def fail(sock: socket.socket, data: bytes) -> int:
        raise OSError("no")

    loop.buffwrite(pair[0], b"hello", fail, told.append)
    loop.dispatch(never)

    assert "no" in str(told[0])


def test_what_a_callback_raises_ends_the_loop(loop: Loop) -> None:
    """And the next loop of the process is none the worse."""
    loop.timeout(0, lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        loop.dispatch(never)
    loop.clear()

    assert type(loop)().dispatch(never) is False


@pytest.mark.parametrize("method", METHODS)
def test_a_dispatcher_can_lack_a_method(method: str) -> None:
    """It has the others."""
    found = without(Minimal(), method)

    assert [name for name in METHODS if not hasattr(found, name)] == [method]


# When a loop is over


class Looping(Plain):
    """A miniature that asks after a message, turn by turn, until its loop is over."""

    def told(self, name: str, *args: object, kind: str, code: int | None = None) -> None:
        """Ask, and record the end."""
        super().told(name, *args, kind=kind, code=code)
        if kind == MESSAGE:
            end = End(self.cell)
            while not end(State((self.sock,), 0, 0)):
                continue
            self.record.reached("over", "loop")


def finished() -> tuple[GuardedCell, End]:
    """A run whose peer's script is over, and who says whether its loop is."""
    cell = GuardedCell(surface(), greeting, None)
    cell.script.done.set()
    return cell, End(cell)


def hello(peer: Peer) -> None:
    """Open, and send a message."""
    peer.open()
    peer.send_text("hello")


def test_a_loop_is_over_when_the_peer_waits_for_it() -> None:
    """Both wait for each other, and nothing is under way."""
    shown = lines(run(Looping, situation(hello, Peer.be_quiet)), APPLICATION)

    assert "loop reached" in shown


def test_a_loop_is_not_over_when_an_alarm_will_wake_the_peer() -> None:
    """It goes on until the peer has closed."""
    trace = run(Looping, situation(hello, Peer.await_close_else_close))
    kinds = [event.kind if event.lane == APPLICATION else event.name for event in trace.events]

    assert kinds.index("close frame") < kinds.index("over")


def test_a_loop_is_not_over_while_a_second_thread_is_at_work() -> None:
    """What it does may be what the loop waits for."""
    (cell, end), go_on = finished(), threading.Event()
    thread = cell.second_thread(go_on.wait)
    asked = [end(EMPTY) for _ in range(4)]
    go_on.set()
    thread.join()

    assert (asked, [end(EMPTY) for _ in range(2)]) == ([False] * 4, [False, True])
    cell.close()


def test_a_loop_is_not_over_while_something_can_be_read_or_written(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """A socket whose peer has ended can be read until it is closed."""
    cell, end = finished()

    assert not any(end(State(pair, 0, 0)) for _ in range(4))
    assert not any(end(State((), 0, 0, writes=True)) for _ in range(4))
    cell.close()


def test_timers_fire_twice_before_a_loop_is_over() -> None:
    """They may be set for ever."""
    cell, end = finished()
    asked = [end(State((), 1, fired)) for fired in (0, 0, 0, 1, 1, 2)]

    assert asked == [False, False, False, False, False, True]
    cell.close()


def test_a_loop_is_over_when_the_run_hangs() -> None:
    """Whatever is registered."""
    cell, end = finished()
    cell.recorder.freeze()

    assert end(State((), 1, 0)) is True
    cell.close()


def test_another_connection_is_not_waited_for_when_the_application_is_over() -> None:
    """A client that has ended opens none."""
    trace = run(Plain, situation(Peer.open, Peer.half_close, Peer.next_connection))

    assert trace.problems == ()
