"""Miniature drivers: small blocking applications that test the limits of a cell.

They use sockets and `fixtures.peer.wire` in place of a library. `miniature_libraries` asks whether
a check notices what is wrong; this module asks whether a cell runs, guards and cleans up.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import warnings
from typing import Any

from fixtures.drivers.async_driver import AsyncDriver
from fixtures.drivers.base import Driver
from fixtures.drivers.surfaces import Surface, Timeouts
from fixtures.model.actions import AFTER_THE_END, CLOSED, FAILED, MESSAGE, OPENED, When
from fixtures.model.scenario import Scenario, Settings
from fixtures.model.trace import Trace
from fixtures.net.loopback import LOOPBACK
from fixtures.peer import wire
from fixtures.peer.steps import Peer
from fixtures.run.cell import run_cell

from ..duet import REQUEST, Script, steps
from .miniature_libraries import LIBRARY


class Miniature(Driver):
    """A driver of the self-tests; `role` is its end."""

    role = "client"


class Blocking(Miniature):
    """A blocking client that records the opening, the messages and the end."""

    def run(self) -> None:
        """Connect, and receive to the end."""
        with self.connect() as self.sock:
            self.sock.sendall(REQUEST)
            self.buffer = b""
            while b"\r\n\r\n" not in self.buffer:
                self.buffer += self.receive()
            self.buffer = self.buffer.partition(b"\r\n\r\n")[2]
            self.handle_callback("on_open", kind=OPENED)
            self.read()
        self.handle_callback("on_close", kind=CLOSED)

    def connect(self) -> socket.socket:
        """The connection, over TLS if the scenario has it."""
        sock = socket.create_connection((LOOPBACK, self.context.port))
        if self.context.client_tls is None:
            return sock
        context = ssl.create_default_context(cafile=self.context.trusted_file)
        return context.wrap_socket(sock, server_hostname=LOOPBACK)

    def receive(self) -> bytes:
        """What comes; an end is an error."""
        received = self.sock.recv(65536)
        if not received:
            raise ConnectionError("the server has ended the connection")
        return received

    def read(self) -> None:
        """Record frames until a close frame, or until the end."""
        while True:
            frame, self.buffer = wire.parse_frame(self.buffer)
            if frame is None:
                try:
                    self.buffer += self.receive()
                except OSError:
                    return
            elif frame.opcode == wire.CLOSE:
                return
            else:
                self.handle_callback("on_message", frame.payload.decode(), kind=MESSAGE)

    def close(self, code: int = 1000) -> None:
        """Send a close frame."""
        self.sock.sendall(wire.encode_frame(wire.CLOSE, wire.encode_close(code), mask=True))


class Again(Blocking):
    """It connects a second time, and records each refusal."""

    def run(self) -> None:
        """Connect twice."""
        for _ in range(2):
            try:
                super().run()
            except ConnectionRefusedError as error:
                self.handle_callback("on_error", error, kind=FAILED)


class AgainInVain(Blocking):
    """It connects a second time, and does not wait for an answer."""

    def run(self) -> None:
        """Run, then connect once more and leave."""
        super().run()
        with self.connect() as sock:
            sock.sendall(REQUEST)


class AgainBeside(Blocking):
    """It connects again, though its connection is open, and waits for an answer."""

    def read(self) -> None:
        """Wait for what the script does not answer before the first connection has ended."""
        with self.connect() as sock:
            sock.sendall(REQUEST)
            sock.recv(1)


class RefusedThenDeaf(Blocking):
    """It connects until it is not refused, and waits for what never comes."""

    def run(self) -> None:
        """Connect, have the peer listen once that has failed, and connect again."""
        try:
            self.connect()
        except ConnectionRefusedError as error:
            self.handle_callback("on_error", error, kind=FAILED)
            self.context.wait_for_release()
            super().run()


class ForEver(Blocking):
    """It connects again and again."""

    def run(self) -> None:
        """Connect until the run has been found never to end."""
        while not self.context.hung:
            with contextlib.suppress(OSError):
                super().run()


class Computes(Blocking):
    """It works without end, and waits for nothing."""

    def read(self) -> None:
        """Compute until the run has been found never to end."""
        while not self.context.hung:
            pass


class Named(Blocking):
    """A scenario can call the methods of its socket by name."""

    def look_up(self, name: str) -> Any:
        """A method of the socket."""
        return getattr(self.sock, name)


class NeverConnects(Blocking):
    """It does nothing at all."""

    def run(self) -> None:
        """Return."""


class Outlives(Blocking):
    """It still has something to do after its run."""

    def run(self) -> None:
        """Run, and go on."""
        super().run()
        self.try_acting_at(AFTER_THE_END)


class Leaves(Blocking):
    """It ends the connection as soon as it is open."""

    def read(self) -> None:
        """Return."""


class Fails(Blocking):
    """A driver with a bug."""

    def read(self) -> None:
        """Raise."""
        raise LookupError("a bug of the driver")


class Deaf(Blocking):
    """It waits for something that a reset of its socket does not cause."""

    wakes = threading.Event()

    def read(self) -> None:
        """Wait for the test to let go."""
        self.wakes.wait()


PAST_THE_CLOCK = time.sleep
"""It was bound before any run, and not in a module of the library."""


class AgainBesideDeaf(AgainBeside):
    """And nothing ends it once it has."""

    def read(self) -> None:
        """Wait for the test to let go."""
        with contextlib.suppress(OSError):
            super().read()
        Deaf.wakes.wait()


class WaitsPastTheClock(Blocking):
    """It waits where virtual time cannot see it."""

    def read(self) -> None:
        """Wait, longer than the guard looks on; then read."""
        PAST_THE_CLOCK(0.45)
        super().read()


class WaitsForProcess(Blocking):
    """It waits for a process, for much longer than that takes; then it reads."""

    def read(self) -> None:
        """Raise if it is said not to have ended in time."""
        subprocess.run([sys.executable, "-S", "-c", ""], check=True, timeout=1000)
        super().read()


class LooksAtFlag(Blocking):
    """It looks over and over whether another thread has done something; then it reads."""

    def read(self) -> None:
        """Look, at nothing that the clock could see."""
        done: list[bool] = []
        threading.Timer(0.5, done.append, (True,)).start()
        while not done:
            pass
        super().read()


class Resolves(Blocking):
    """It connects to the host in the scenario's address."""

    def run(self) -> None:
        """Record the result."""
        try:
            host, port = self.context.url.removeprefix("ws://").strip("/").split(":")
            socket.create_connection((host, int(port))).close()
        except OSError as error:
            self.record.raised("connect", error)


class TellsItsProxy(Blocking):
    """It records the proxy of its environment."""

    def read(self) -> None:
        """Record it, with its port as a word."""
        found = os.environ.get("http_proxy", "none").replace(str(self.context.port), "PORT")
        self.record.returned("proxy", found)
        super().read()


class LeavesThings(Blocking):
    """It leaves a thread and a socket behind."""

    def read(self) -> None:
        """Read, and leave what the test ends."""
        super().read()
        self.kept.append(socket.socket())
        threading.Thread(target=Deaf.wakes.wait, name="keeper-1", daemon=True).start()

    kept: list[socket.socket] = []  # noqa: RUF012 -- shared with the test on purpose


class LeavesWork(Blocking):
    """It leaves a thread behind that computes until the test ends it."""

    def read(self) -> None:
        """Read, and leave the thread."""
        super().read()
        threading.Thread(target=self.compute, name="keeper-1", daemon=True).start()

    def compute(self) -> None:
        """Wait for nothing."""
        while not Deaf.wakes.is_set():
            pass


class Grumbles(Blocking):
    """It logs, warns, and loses exceptions in a thread and in a destructor."""

    def read(self) -> None:
        """Do all four."""
        super().read()
        logging.getLogger("miniature").error("it failed", exc_info=LookupError("in the log"))
        warnings.warn("it is old", DeprecationWarning, stacklevel=1)
        thread = threading.Thread(target=self.fail)
        thread.start()
        thread.join()
        Dying()

    def fail(self) -> None:
        """Raise, in a thread."""
        raise LookupError("in a thread")


class Dying:
    """An object whose end fails."""

    def __del__(self) -> None:
        """Raise, in a destructor."""
        raise LookupError("in a destructor")


class MiniatureSurface(Surface):
    """A surface whose driver is a class of the self-tests, `driver` says which and where."""

    __slots__ = ()

    def load(self) -> type[Driver]:
        """The miniature."""
        module, _, name = self.driver.partition(":")
        found: type[Driver] = getattr(importlib.import_module(module), name)
        return found


def surface(driver: type[Miniature] = Blocking) -> Surface:
    """The surface that this miniature drives."""
    return MiniatureSurface(
        "miniature",
        LIBRARY,
        driver.role,
        "a miniature",
        f"{driver.__module__}:{driver.__name__}",
        Timeouts(open=0.2, close=0.2, ping_interval=0.2, ping_timeout=0.2),
        on_asyncio=issubclass(driver, AsyncDriver),
    )


def situation(
    *script: Script, application: tuple[When, ...] = (), races: bool = False, **settings: object
) -> Scenario:
    """A scenario of these steps, which is not registered."""
    return Scenario(
        "situation",
        "selftests",
        "7.1",
        "A situation in a self-test.",
        frozenset({"server", "client"}),
        steps(*script),
        application,
        Settings(**settings),  # type: ignore[arg-type] # checked where it is used
        races,
    )


def list_lines(trace: Trace, lane: str) -> list[str]:
    """The events of a lane, as text."""
    return [str(event) for event in trace.lanes[lane]]


greeting = situation(
    Peer.open, lambda peer: peer.send_text("hello"), lambda peer: peer.wait_for(MESSAGE)
)
IDLE = situation(Peer.open, Peer.await_end)


def run(driver: type[Miniature] = Blocking, played: Scenario = greeting) -> Trace:
    """The trace of a miniature."""
    return run_cell(surface(driver), played)
