"""A scenario's script as code of a script that stands alone: its far end, step by step.

The script is played on a `Transcript` in place of a peer: nothing is sent, every step is written
down. So the code has the very bytes of the scenario, write by write, and reads like it.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import Scenario
from fixtures.peer import frames, wire
from fixtures.peer.frames import Sendable
from fixtures.peer.steps import Peer

from .literals import NotWritten, fit, quoted, summands

STEPS = {
    "read_request": "peer.read_head()",
    "read_response": "peer.read_response({status})",
    "await_close": "peer.read_until_close()",
    "await_frame": "peer.read_frame()",
    "await_end": "peer.read_to_the_end()",
    "echo_close": "peer.echo_close()",
    "half_close": "peer.half_close()",
    "reset": "peer.reset()",
    "end": "peer.end()",
    "end_without_close_notify": "peer.end_without_close_notify()",
    "start_listening": "listener.listen(16)",
    "stop_listening": "stop_listening()",
    "application_acts": "act_while_connecting()",
    "release_application": "released.set()",
    "read_connect": "peer.read_head()",
    "read_socks_greeting": "peer.sock.recv(65536)  # the greeting",
    "read_socks_request": "peer.sock.recv(65536)  # the request",
    "read_socks4_request": "peer.sock.recv(65536)  # the request",
    "fail_tls": 'peer.sock.recv(65536)  # the client hello\npeer.send(b"this is not TLS\\r\\n")',
    "end_tls_handshake": "peer.sock.recv(65536)  # the client hello\npeer.half_close()",
}
"""Steps that are lines of their own, in which their arguments stand."""
ELSEWHERE = {"start_listening", "stop_listening", "application_acts", "release_application"}
"""Steps that need no connection."""
BEFORE_TLS = {one for one in STEPS if "socks" in one or "_connect" in one or "tls" in one}
LAST = {"reset", "end_without_close_notify", "end"}
SENDING = {"accept", "refuse", "redirect", "redirect_here", "request", "grant_connect", "send"}
SENDING |= {f"answer_{what}" for what in ("garbage", "socks_greeting", "socks_request")}
SENDING |= {f"send_{what}" for what in ("text", "binary", "ping", "pong", "continuation", "close")}
SENDING |= {"answer_socks4_request"}
"""Steps that only send: the peer's own step says what."""
KEY, HOST = "the key", "{host}"
"""What stands in a request for what differs between one run of a script and the next."""
ACCEPT = wire.compute_accept(KEY)


class Sent:
    """A connection of a peer, its transport and its log: what is sent is written down."""

    def __init__(self, role: str) -> None:
        """Nothing has been sent; `writes` are calls of `send`, as code."""
        self.role, self.transport, self.log = role, self, self
        self.request_headers = {"sec-websocket-key": KEY, "host": HOST}
        self.writes: list[str] = []
        self._frames: Sequence[Sendable] = ()

    def connect(self) -> None:
        """There is a connection."""

    def record(self, *_: object, **__: object) -> None:
        """What is logged is no code."""

    def record_sent(self, items: Sequence[Sendable]) -> None:
        """Frames that leave with the next write."""
        self._frames = items

    def encode(self, items: Sequence[Sendable]) -> bytes:
        """The bytes of frames."""
        return b"".join(
            one if isinstance(one, bytes) else one.encode(mask=self.role == "client")
            for one in items
        )

    def send(self, data: bytes, *, every: int | None = None, split_at: int | None = None) -> None:
        """Write at once, byte by byte, or in two."""
        if split_at:
            self.writes += [fit("peer.send", summands(data[:split_at]), 4)]
            self.writes += [fit("peer.send", summands(data[split_at:]), 4)]
            return
        head = data.removesuffix(self.encode(self._frames)).decode("latin-1")
        parts = [part for line in head.splitlines(keepends=True) for part in _of_head(line)]
        for item in self._frames:
            *before, last = summands(self.encode([item]))
            parts += [*before, last + ("" if isinstance(item, bytes) else _comment(item))]
        self._frames = ()
        self.writes.append(fit("peer.send_byte_by_byte" if every else "peer.send", parts, 4))


class Transcript:
    """A peer that writes down what it would do: `lines` of code.

    `waits` are the visits of points of the application that are waited for.
    """

    def __init__(self, surface: Surface, *, tls: bool) -> None:
        """Nothing has been done; with `tls`, a connection begins with the TLS handshake."""
        self.role, self.close_timeout = surface.peer_role, surface.timeouts.close
        self.lines: list[str] = []
        self.waits: set[tuple[str, int]] = set()
        self.is_over = self._is_connected = self._is_secured = False
        self._tls = tls

    def __getattr__(self, name: str) -> Any:
        """A step that is a line, or that sends. Raises `NotWritten` for one that is new."""
        if name not in {*STEPS, *SENDING}:
            raise NotWritten(f"the step {name}() is new")
        return functools.partial(self._send if name in SENDING else self._step, name)

    def _send(self, name: str, *args: object, **options: object) -> None:
        self.connect()
        self._connection = Sent(self.role)
        getattr(Peer, name)(self, *args, **options)
        self.lines += "\n".join(self._connection.writes).split("\n")
        if name == "accept":
            self.lines.append("peer.is_open = True")

    def _step(self, name: str, *args: object, **options: object) -> None:
        given = inspect.signature(getattr(Peer, name)).bind(self, *args, **options)
        given.apply_defaults()
        if name not in ELSEWHERE:
            self.connect(tls=name not in BEFORE_TLS)
        self.lines += STEPS[name].format(**given.arguments).split("\n")
        self.is_over |= name in LAST

    def connect(self, *, tls: bool = True) -> None:
        """A connection; without `tls`, it is in the clear until the script says more."""
        if not self._is_connected:
            self._is_connected, self._is_secured = True, False
            self.lines.append("peer = next_peer()")
            if tls:
                self.start_tls()

    def start_tls(self) -> None:
        """The TLS handshake, where it is not done."""
        self.connect(tls=False)
        if self._tls and not self._is_secured:
            self._is_secured = True
            self.lines.append("peer.start_tls()")

    def next_connection(self) -> None:
        """Another connection, from its beginning."""
        self.lines += ["peer.sock.close()"] * (self._is_connected and not self.is_over)
        self.is_over = self._is_connected = False
        self.connect()

    def open(self, *then: Sendable) -> None:
        """The opening handshake, in either role."""
        if self.role == "client":
            self.request(then=then)
            self.read_response()
        else:
            self.read_request()
            self.accept(then=then)

    def send_below_tls(self, data: bytes) -> None:
        """Bytes past TLS."""
        self.connect()
        self.lines.append(f"socket.socket.sendall(peer.sock, {quoted(data)})  # past TLS")

    def await_close_else_close(self, code: int = 1000, reason: str = "bye") -> None:
        """Close after half a close timeout, unless the other side has closed by then."""
        (raw,) = summands(Sent(self.role).encode([frames.close_frame(code, reason)]))
        self.connect()
        self.lines += [
            f"timer = threading.Timer({self.close_timeout / 2:g}, peer.send, [{raw}])",
            f"timer.start()  # if no close frame comes: close {code} {reason!r}",
        ]
        self.await_close()
        self.lines.append("timer.cancel()")

    def wait_part_of_close_timeout(self, part: float) -> None:
        """Wait."""
        self.lines.append(f"time.sleep({part * self.close_timeout:g})")

    def wait_for(self, point: str, nth: int = 1, *, connected: bool = True) -> None:
        """Wait until the application has come to a point, once or for the nth time."""
        if connected:
            self.connect()
        self.waits.add((point, nth))
        self.lines.append(f"{event(point, nth)}.wait()")


def transcribe(surface: Surface, scenario: Scenario) -> Transcript:
    """Play a scenario's script. Raises `NotWritten` for one that cannot be written."""
    transcript: Any = Transcript(surface, tls=bool(scenario.settings.tls))
    try:
        scenario.script(transcript)
    except (TypeError, ValueError) as error:
        raise NotWritten(f"a step is taken in a way that is new ({error})") from error
    found: Transcript = transcript
    if found.lines and not found.is_over:
        found.end()
    return found


def event(point: str, nth: int) -> str:
    """What a script calls the event of a visit."""
    return point.replace(" ", "_") + f"_{nth}" * (nth > 1)


def _of_head(line: str) -> list[str]:
    """Expressions of a line of a request's or a response's head."""
    before, accept, after = line.partition(ACCEPT)
    if accept:
        return [f"{quoted(before.encode())} + peer.accept_value() + {quoted(after.encode())}"]
    if HOST in line:
        return [f"f{quoted(line.replace(HOST, '127.0.0.1:{port}'))}.encode()"]
    return summands(line.encode("latin-1"))


def _comment(frame: frames.Frame) -> str:
    """What a frame is, as a comment at the end of its line."""
    name = wire.OPCODE_NAMES.get(frame.opcode, f"opcode {frame.opcode:#x}")
    payload = frame.payload
    if frame.opcode == wire.CLOSE and len(payload) >= 2:
        name, payload = f"{name} {int.from_bytes(payload[:2], 'big')}", payload[2:]
    text = repr(payload.decode("utf-8", "backslashreplace")) if payload else ""
    return f"  # {name} {text if len(payload) <= 30 else f'of {len(payload)} bytes'}".rstrip()
