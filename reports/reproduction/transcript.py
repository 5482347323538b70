"""A scenario's script, step by step, as code of a script that stands alone.

The script is played on a `Transcript` in place of a peer: nothing is sent, every step is written
down. So the code has the very bytes of the scenario, write by write, and reads like it.
"""

from __future__ import annotations

from typing import Any

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import Scenario
from fixtures.peer.frames import Sendable, binary, close_frame, continuation, ping, pong, text

from .detours import Detours
from .literals import NotWritten, literal
from .written import CONNECT


class Transcript(Detours):
    """A peer that writes down what it would do, in place of doing it."""

    # Sending

    def send(
        self, *frames: Sendable, every: int | None = None, split_at: int | None = None
    ) -> None:
        """Frames in one write, byte by byte, or in two."""
        if split_at:
            raw = b"".join(self._raw(item) for item in frames)
            self._send([literal(raw[:split_at])])
            self._send([literal(raw[split_at:])])
            return
        self._send(self._frames(frames), every=every)

    def send_text(self, message: str) -> None:
        """A text message."""
        self.send(text(message))

    def send_binary(self, message: bytes) -> None:
        """A binary message."""
        self.send(binary(message))

    def send_ping(self, payload: bytes = b"") -> None:
        """A ping frame."""
        self.send(ping(payload))

    def send_pong(self, payload: bytes = b"") -> None:
        """A pong frame."""
        self.send(pong(payload))

    def send_continuation(self, payload: bytes, *, fin: bool = True) -> None:
        """A continuation frame."""
        self.send(continuation(payload, fin=fin))

    def send_close(self, code: int | None = None, reason: str | bytes = b"") -> None:
        """A close frame."""
        self.send(close_frame(code, reason))

    def echo_close(self) -> None:
        """The code of the close frame that was received, without a reason."""
        self._call("peer.echo_close()", "read_frame", "echo_close", "send")

    # Receiving and ending

    def await_close(self) -> None:
        """Read until a close frame comes, or the end."""
        self._call("peer.read_until_close()", "read_frame", "read_until_close")

    def await_close_else_close(self, code: int = 1000, reason: str = "bye") -> None:
        """Close after half a close timeout, unless the other side has closed by then."""
        raw = literal(self._raw(close_frame(code, reason)))
        seconds = self.close_timeout / 2
        self.methods |= {"send", "Timer"}
        self.lines.append(f"timer = threading.Timer({seconds:g}, peer.send, [{raw}])")
        self.lines.append(f"timer.start()  # if no close frame comes: close {code} {reason!r}")
        self.await_close()
        self.lines.append("timer.cancel()")

    def await_end(self) -> None:
        """Read until the other side ends."""
        self._call("peer.read_to_the_end()", "read_frame", "read_to_the_end")

    def half_close(self) -> None:
        """FIN."""
        self._call("peer.half_close()", "half_close")

    def reset(self) -> None:
        """RST."""
        self._call("peer.reset()", "reset")
        self.is_over = True

    def next_connection(self) -> None:
        """Another connection, from its beginning."""
        self._connect()
        self.lines += ["peer.sock.close()"] * (not self.is_over) + [CONNECT]
        self.is_over = self.is_upgraded = self.is_secured = False
        self._before_tls, self._has_request = self._over_tls, False
        self._secured()

    def start_listening(self) -> None:
        """Accept from now on."""
        self.lines.append("listener.listen(16)")

    def stop_listening(self) -> None:
        """Refuse from now on."""
        self.methods.add("stop_listening")
        self.lines.append("stop_listening()")

    # Time and the application

    def wait_part_of_close_timeout(self, part: float) -> None:
        """Wait."""
        self.lines.append(f"time.sleep({part * self.close_timeout:g})")

    def wait_for(self, point: str, nth: int = 1, *, connected: bool = True) -> None:
        """Wait until the application has come to a point, once or for the nth time."""
        if connected:
            self._secured()
        self.waits.add((point, nth))
        self.lines.append(f"{event(point, nth)}.wait()")

    def application_acts(self, point: str) -> None:
        """Have the application act, and wait until it has."""
        self.lines.append("act_elsewhere()")

    def release_application(self) -> None:
        """End the application's pause."""
        self.released = True
        self.lines.append("released.set()")

    # TLS faults

    def start_tls(self) -> None:
        """The TLS handshake, and nothing more."""
        self._before_tls = self._over_tls and not self.is_secured
        self._secured()

    def fail_tls(self) -> None:
        """Bytes that are no TLS in answer to the client hello."""
        self.connect(tls=False)
        self.lines.append("peer.sock.recv(65536)  # the client hello")
        self._send(['b"this is not TLS\\r\\n"'])

    def end_tls_handshake(self) -> None:
        """FIN in answer to the client hello."""
        self.connect(tls=False)
        self.lines.append("peer.sock.recv(65536)  # the client hello")
        self.half_close()

    def end_without_close_notify(self) -> None:
        """FIN below TLS."""
        self._call("peer.end_without_close_notify()", "end_without_close_notify")
        self.is_over = True

    def send_below_tls(self, data: bytes) -> None:
        """Bytes past TLS."""
        self._secured()
        self._call(f"socket.socket.sendall(peer.sock, {literal(data)})  # past TLS")

    def __getattr__(self, name: str) -> Any:
        """Every other step: one that is new."""
        raise NotWritten(f"the step {name}() is new")


def event(point: str, nth: int) -> str:
    """What a script calls the event of a visit."""
    return point.replace(" ", "_") + f"_{nth}" * (nth > 1)


def transcribed(surface: Surface, scenario: Scenario) -> Transcript:
    """The steps of a scenario's script. Raises `NotWritten` for one that cannot be written."""
    transcript: Any = Transcript(surface, over_tls=bool(scenario.settings.tls))
    try:
        scenario.script(transcript)
    except (TypeError, ValueError) as error:
        raise NotWritten(f"a step is taken in a way that is new ({error})") from error
    found: Transcript = transcript
    return found
