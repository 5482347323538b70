"""Scripted peers against each other, or against a bare socket; for self-tests only."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

from fixtures.model.event import RUN, SECURED, WIRE, Event
from fixtures.net.loopback import LOOPBACK, listen
from fixtures.peer.context import Clock
from fixtures.peer.peer_thread import PeerThread
from fixtures.peer.steps import Peer
from fixtures.run.clock import RealClock

Script = Callable[[Peer], object]

LIMIT = 30.0
"""Seconds that only a failure takes."""
OTHER = {"server": "client", "client": "server"}
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def connected() -> tuple[socket.socket, Counting]:
    """The two ends of a TCP connection on loopback; the second counts its writes."""
    with listen() as listener:
        dialled = socket.create_connection((LOOPBACK, listener.getsockname()[1]))
        return listener.accept()[0], Counting(fileno=dialled.detach())


class Counting(socket.socket):
    """A socket that counts its writes."""

    writes = 0

    def send(self, data: Any, flags: int = 0) -> int:
        """Send, and count."""
        self.writes += 1
        return super().send(data, flags)


class Bell:
    """A clock whose alarm rings at once, or when the test says so."""

    virtual = False

    def __init__(self, *, at_once: bool = True) -> None:
        """A clock on which nothing was waited for yet."""
        self.at_once, self.slept, self.ring = at_once, list[float](), list[Callable[[], object]]()

    def sleep(self, seconds: float) -> None:
        """Note how long the script would have waited."""
        self.slept.append(seconds)

    @contextlib.contextmanager
    def alarm(self, seconds: float, ring: Callable[[], object]) -> Iterator[None]:
        """Note the alarm; ring it, if it is to ring at once."""
        self.slept.append(seconds)
        self.ring.append(ring)
        if self.at_once:
            ring()
        yield


class Actor:
    """A peer that plays a script on sockets that are connected already (its `PeerContext`)."""

    def __init__(
        self,
        role: str,
        script: Script,
        *sockets: socket.socket,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        """An actor that plays from now on; each connection is one of the sockets."""
        self.sockets, self.asked, self.events = list(sockets), list[str](), list[Event]()
        self.used: list[socket.socket] = []
        self.peer = PeerThread(
            role,
            steps(script),
            self,
            clock or RealClock(),
            self.events.append,
            tls=tls,
            must_connect=True,
        )
        self.peer.start()

    def connect(self, peer: PeerThread) -> socket.socket:
        """The next socket."""
        self.used.append(self.sockets.pop(0))
        return self.used[-1]

    def wait_for(self, point: str, nth: int) -> None:
        """Note what the script asks."""
        self.asked.append(f"wait for {point}" + f", time {nth}" * (nth > 1))

    def act(self, point: str) -> None:
        """Note what the script asks."""
        self.asked.append(f"act at {point}")

    def release(self) -> None:
        """Note what the script asks."""
        self.asked.append("release")

    def interrupt(self) -> None:
        """Note what the script asks."""
        self.asked.append("interrupt")

    def listen(self, *, accepting: bool) -> None:
        """Note what the script asks."""
        self.asked.append("accept" if accepting else "refuse")

    def finish(self) -> str:
        """Wait for the end of the script, give everything back; what it waited for too long."""
        self.peer.join(LIMIT)
        waits_for = (
            "" if self.peer.done.is_set() else f"{self.peer.role}: {self.peer.waiter.waits_for}"
        )
        self.peer.waiter.abort()
        self.peer.join(LIMIT)
        self.peer.waiter.close()
        for unused in self.sockets:
            unused.close()
        return waits_for

    @property
    def writes(self) -> int:
        """How many writes the first connection took."""
        return self.used[0].writes if isinstance(self.used[0], Counting) else 0

    @property
    def problem(self) -> str:
        """Why the script could not be played, or an empty string."""
        return self.peer.problem

    @property
    def lines(self) -> list[str]:
        """What the wire carried after the opening handshake, as text."""
        return [
            str(event)
            for event in self.events
            if event.kind not in {"handshake", SECURED} and event.lane == WIRE
        ]

    @property
    def handshake(self) -> list[str]:
        """The handshakes, that of TLS first, as text."""
        return [str(event) for event in self.events if event.kind in {"handshake", SECURED}]

    @property
    def ended_by(self) -> list[str]:
        """How the other side ended: "FIN", "RST", "close_notify"."""
        return [
            event.details["by"]
            for event in self.events
            if event.how == "received" and event.kind == "end"
        ]

    @property
    def undelivered(self) -> list[Event]:
        """What is known not to have been delivered."""
        return [event for event in self.events if event.lane == RUN]


def play(
    role: str, script: Script, other: Script, *, clock: Clock | None = None
) -> tuple[Actor, Actor]:
    """Play two scripts against each other, the first in this role; both actors, at the end."""
    ends = connected()
    one = Actor(role, script, ends[1], clock=clock)
    two = Actor(OTHER[role], other, ends[0])
    waits = [actor.finish() for actor in (one, two)]
    assert not any(waits), f"still waiting: {waits}"
    return one, two


@contextlib.contextmanager
def against_socket(
    role: str,
    script: Script,
    *,
    tls: ssl.SSLContext | None = None,
    clock: Clock | None = None,
) -> Iterator[tuple[Actor, socket.socket]]:
    """An actor, and the bare socket at the other end of its connection."""
    ours, bare = connected()
    bare.settimeout(LIMIT)
    with bare:
        actor = Actor(role, script, ours, tls=tls, clock=clock)
        try:
            yield actor, bare
        finally:
            actor.peer.waiter.abort()
            actor.finish()


def read_to_the_end(bare: socket.socket) -> bytes:
    """Everything that comes before FIN."""
    return b"".join(iter(lambda: bare.recv(65536), b""))


def steps(*each: Script) -> Callable[[Peer], None]:
    """A script of these steps."""

    def script(peer: Peer) -> None:
        for step in each:
            step(peer)

    return script


reading = steps(Peer.open, Peer.await_end)
"""The script of a peer that opens, and reads to the end."""


def until_idle(actor: Actor) -> None:
    """Return once the actor waits and has nothing to do."""
    while actor.peer.is_alive() and not actor.peer.waiter.is_idle():
        actor.peer.join(0.001)
