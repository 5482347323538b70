"""What the peer makes of what it receives, and how it waits, in both roles."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.peer import wire
from fixtures.peer.frames import Outgoing, close_frame, ping, text
from fixtures.peer.steps import Peer

from .duet import LIMIT, OTHER, Bell, against_socket, play, reading, steps

both_roles = pytest.mark.parametrize("role", ["server", "client"])

# Receiving


@both_roles
def test_received_text_is_returned(role: str) -> None:
    """`receive_text` returns the message, `receive` the frame, `receive_close` code and reason."""
    found: list[object] = []
    play(
        role,
        steps(
            Peer.open,
            lambda peer: found.append(peer.receive_text()),
            lambda peer: found.append(peer.receive("binary").payload),
            lambda peer: found.append(peer.receive_close().code),
        ),
        steps(
            lambda peer: peer.open(),
            lambda peer: peer.send(text("hello"), Outgoing(wire.BINARY, b"b"), close_frame(1001)),
        ),
    )

    assert found == ["hello", b"b", 1001]


@both_roles
def test_another_frame_than_the_one_needed_is_told(role: str) -> None:
    """A receiving step names what it needed and what came."""
    needs = steps(Peer.open, lambda peer: peer.receive("ping"))
    one, _ = play(role, needs, steps(Peer.open, lambda peer: peer.send_text("hello")))

    assert one.problem == "expected a ping frame, received a text frame"


@both_roles
@pytest.mark.parametrize("end", [Peer.half_close, Peer.reset], ids=["FIN", "RST"])
def test_the_end_instead_of_a_frame_is_told(role: str, end: Any) -> None:
    """A receiving step names what it needed and who ended the connection."""
    one, _ = play(role, steps(Peer.open, Peer.receive_text), steps(Peer.open, end))

    assert one.problem == f"expected a text frame, but the {OTHER[role]} ended the connection"


@both_roles
def test_a_frame_before_the_handshake_is_a_fault_of_the_script(role: str) -> None:
    """A script that forgot the opening handshake is told so, and does not wait for ever."""
    with against_socket(role, steps(Peer.receive_text)) as (actor, _):
        actor.thread.join(LIMIT)

    assert actor.problem == "a text frame cannot come before the handshake: open() first"


@both_roles
def test_awaiting_steps_never_fail(role: str) -> None:
    """`await_close` reads whatever comes until a close frame, or until the end."""
    other = steps(Peer.open, lambda peer: peer.send(text("a"), close_frame(1000)))
    one, _ = play(role, steps(Peer.open, Peer.await_close, Peer.await_close), other)

    assert one.lines == [
        "text frame received: 'a'",
        "close frame received: 1000, ''",
        "end of TCP received",
        "FIN sent",
    ]


@both_roles
def test_frames_come_one_by_one(role: str) -> None:
    """`frames` yields whatever comes, up to the end."""
    found: list[str] = []
    other = steps(Peer.open, lambda peer: peer.send(text("a"), Outgoing(wire.PING), close_frame()))
    play(role, steps(Peer.open, lambda p: found.extend(f.name for f in p.frames())), other)

    assert found == ["text", "ping", "close"]


@both_roles
def test_the_close_frame_is_echoed(role: str) -> None:
    """The answer carries the code that was received, and no reason (RFC 6455 section 5.5.1)."""
    echo = steps(Peer.open, Peer.receive_close, Peer.echo_close)
    one, _ = play(role, echo, steps(Peer.open, lambda peer: peer.send_close(4000, "enough")))

    assert one.lines[:2] == ["close frame received: 4000, 'enough'", "close frame sent: 4000, ''"]


def test_no_close_frame_no_echo() -> None:
    """Without a close frame there is nothing to answer, and the trace says so."""
    one, _ = play("server", steps(Peer.open, Peer.echo_close), reading)

    assert one.lines[0] == "close frame not sent: 'none was received'"


# Time and the application


@both_roles
def test_the_peer_closes_if_the_other_does_not(role: str) -> None:
    """After half a close timeout without a close frame the peer takes the first step."""
    bell, closing = Bell(), steps(Peer.open, Peer.receive_close, Peer.echo_close)
    one, _ = play(role, steps(Peer.open, Peer.await_close_else_close), closing, clock=bell)

    assert one.lines[0] == "close frame sent: 1000, 'bye'"
    assert bell.slept == [0.5]


@both_roles
def test_the_peer_does_not_close_if_the_other_does(role: str) -> None:
    """A close frame in time is all that was waited for; a later alarm changes nothing."""
    bell = Bell(at_once=False)
    late = steps(Peer.open, Peer.await_close_else_close, lambda _: bell.ring[0](), Peer.be_quiet)
    other = steps(Peer.open, lambda peer: peer.send(close_frame(1001), text("after the close")))
    one, _ = play(role, late, other, clock=bell)

    assert one.lines == [
        "close frame received: 1001, ''",
        "text frame received: 'after the close'",
        "end of TCP received",
        "FIN sent",
    ]


@both_roles
def test_an_alarm_that_rings_with_the_close_frame_does_not_end_later_steps(role: str) -> None:
    """An alarm ends the step it belongs to, and no other."""
    bell = Bell()
    _, two = play(
        role,
        steps(Peer.open, Peer.receive_text, Peer.await_close_else_close, Peer.receive_text),
        steps(
            lambda peer: peer.open(),
            lambda peer: peer.send(text("a"), close_frame(1000), text("b")),
            Peer.be_quiet,
        ),
        clock=bell,
    )

    assert two.problem == ""


def test_a_part_of_the_close_timeout_passes_on_the_clock() -> None:
    """The pause is in the trace as a part, and on the clock in seconds."""
    bell = Bell()
    one, _ = play(
        "server", steps(Peer.open, lambda s: s.wait_part_of_close_timeout(0.5)), reading, clock=bell
    )

    assert one.lines[0] == "pause begun: '0.5 x close_timeout'"
    assert bell.slept == [0.5]


def test_the_peer_asks_its_stage_about_the_application() -> None:
    """Waiting for the application, acting, releasing it and listening are the stage's work."""
    asks = steps(
        lambda peer: peer.wait_for("failed", connected=False),
        Peer.start_listening,
        lambda peer: peer.interrupt_application(connected=False),
        lambda peer: peer.wait_for("opened", 2),
        lambda peer: peer.application_acts("message"),
        Peer.release_application,
        Peer.interrupt_application,
        Peer.stop_listening,
    )
    one, _ = play("server", asks, steps(Peer.connect))

    assert one.asked[:3] == ["wait for failed", "accept", "interrupt"]
    assert one.asked[3:6] == ["wait for opened, time 2", "act at message", "release"]
    assert one.asked[6:] == ["interrupt", "refuse"]


@pytest.mark.parametrize("connected", [True, False])
def test_a_peer_that_is_not_to_be_connected_waits_without(connected: bool) -> None:
    """`connected=False` asks for no connection; a wait without it begins with one."""
    wait = steps(lambda peer: peer.wait_for("failed", connected=connected))
    one, _ = play("server", wait, Peer.connect)

    assert (one.asked, len(one.used)) == (["wait for failed"], int(connected))


@both_roles
def test_a_ping_is_answered_with_its_payload_and_a_close_frame_with_its_code(role: str) -> None:
    """`answer_ping` answers whichever comes next, and nothing else; the end comes without one."""
    answers = steps(Peer.open, *[Peer.answer_ping] * 4)
    other = steps(
        Peer.open,
        lambda peer: peer.send(ping(b"one"), text("two"), close_frame(4000, "three")),
        *[Peer.await_frame] * 2,
    )
    one, _ = play(role, answers, other)

    assert [line for line in one.lines if "sent" in line][:2] == [
        "pong frame sent: b'one'",
        "close frame sent: 4000, ''",
    ]
