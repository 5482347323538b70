"""A scenario's script as code of a script that stands alone: its far end, step by step.

The script is played on a `Transcript` in place of a peer: nothing is sent, every step is written
down. So the code has the very bytes of the scenario, write by write, and reads like it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, cast

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import Scenario
from fixtures.peer import frames, wire
from fixtures.peer.frames import Sendable
from fixtures.peer.shutdown import TIMEOUTS
from fixtures.peer.steps import Peer

from .literals import NotWritten, express_bytes, fit, quote

STEPS = {
    name: f"peer.{name}()"
    for name in (
        *("read_request", "await_close", "await_frame", "await_end", "echo_close"),
        *("half_close", "reset", "end", "end_without_close_notify"),
    )
} | {
    "start_listening": "listener.listen(16)",
    "stop_listening": "stop_listening()",
    "application_acts": "act_while_connecting()",
    "release_application": "released.set()",
    "read_connect": "peer.read_request()",
    "read_socks_greeting": "peer.sock.recv(65536)  # the greeting",
    "read_socks_request": "peer.sock.recv(65536)  # the request",
    "read_socks4_request": "peer.sock.recv(65536)  # the request",
    "fail_tls": 'peer.sock.recv(65536)  # the client hello\npeer.send(b"this is not TLS\\r\\n")',
    "end_tls_handshake": "peer.sock.recv(65536)  # the client hello\npeer.half_close()",
}
"""Steps that do not only send, as lines of code."""
UNCONNECTED = {"start_listening", "stop_listening", "application_acts", "release_application"}
"""Steps that need no connection."""
BEFORE_TLS = {"read_connect", "read_socks_greeting", "read_socks_request", "read_socks4_request"}
BEFORE_TLS |= {"fail_tls", "end_tls_handshake"}
"""Steps in the clear, before the TLS handshake if there is one."""
LAST = {"reset", "end_without_close_notify", "end"}
KEY, HOST = "the key", "{host}"
"""What stands in a request for what differs between one run of a script and the next."""
ACCEPT = wire.compute_accept(KEY)


class Recording:
    """A connection of a peer, its transport and its log: what is sent becomes lines of code."""

    request_headers: Mapping[str, str] = {"sec-websocket-key": KEY, "host": HOST}

    def __init__(self, role: str, lines: list[str]) -> None:
        """Nothing has been sent; `lines` are those of a transcript."""
        self.role, self.transport, self.log = role, self, self
        self._lines = lines
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
        mask = self.role == "client"
        return b"".join(x if isinstance(x, bytes) else x.encode(mask=mask) for x in items)

    def send(self, data: bytes, *, every: int | None = None, split_at: int | None = None) -> None:
        """Write at once, byte by byte, or in two."""
        head = data.removesuffix(self.encode(self._frames)).decode("latin-1")
        parts = [part for line in head.splitlines(keepends=True) for part in _head_parts(line)]
        comments = [""] * len(parts)
        for item in self._frames:
            of_item = express_bytes(self.encode([item]))
            parts += of_item
            comments += [*[""] * (len(of_item) - 1), _comment(item)]
        self._frames = ()
        if split_at:
            writes = [express_bytes(data[:split_at]), express_bytes(data[split_at:])]
            self._lines += [fit("peer.send", write, 8) for write in writes]
        else:
            call = "peer.send_byte_by_byte" if every else "peer.send"
            self._lines.append(fit(call, parts, 8, comments=comments))


class Transcript:
    """A peer that writes down what it would do: `lines` of code.

    `waits` are the visits of hook points that are waited for.
    """

    def __init__(self, surface: Surface, *, tls: bool) -> None:
        """Nothing has been done; with `tls`, a connection begins with the TLS handshake."""
        self.role, self.close_timeout = surface.peer_role, surface.timeouts.close
        self.lines: list[str] = []
        self.waits: set[tuple[str, int]] = set()
        self.keeps_open = False
        self.is_over = self._is_connected = self._awaits_tls = False
        self._tls = tls
        self._connection = Recording(self.role, self.lines)

    def __getattr__(self, name: str) -> Any:
        """A step that has lines here, or that only sends."""
        return functools.partial(self._step if name in STEPS else self._send, name)

    def _send(self, name: str, *args: object, **options: object) -> None:
        self.connect()
        try:
            returned = getattr(Peer, name)(self, *args, **options)
        except AttributeError as error:  # it receives or waits, which no recording does
            raise NotWritten(f"the step {name}() is not supported") from error
        if returned is not None:
            raise NotWritten(f"the step {name}() is not supported")
        self.lines += ["peer.is_open = True"] * (name == "accept")

    def _step(self, name: str, *_: object) -> None:
        if name not in UNCONNECTED:
            self.connect(tls=name not in BEFORE_TLS)
        self.lines.append(STEPS[name])
        self.is_over |= name in LAST

    def read_response(self, status: int = 101) -> None:
        """The answer to the opening request."""
        self.lines.append(f"peer.read_response({status})")

    def await_response(self) -> None:
        """The answer to the opening request, whatever it is."""
        self.connect()
        self.lines.append("peer.await_response()")

    def close_if_open(self) -> None:
        """The closing handshake on a connection that has opened; else all that comes."""
        (raw,) = express_bytes(self._connection.encode([frames.close_frame(1000)]))
        self.lines.append(f"if peer.is_open:\n    peer.send({raw})\n    peer.await_close()")
        self.lines.append("else:\n    peer.await_end()")

    def connect(self, *, tls: bool = True) -> None:
        """A connection; without `tls`, it is in the clear until the script says more."""
        if not self._is_connected:
            self._is_connected, self._awaits_tls = True, self._tls
            self.lines.append("peer = next_peer()")
            if tls:
                self.start_tls()

    def start_tls(self) -> None:
        """The TLS handshake, where it is not done."""
        self.connect(tls=False)
        self.lines += ["peer.start_tls()"] * self._awaits_tls
        self._awaits_tls = False

    def next_connection(self) -> None:
        """Another connection, from its beginning."""
        self.lines += ["peer.sock.close()"] * (self._is_connected and not self.is_over)
        self.is_over = self._is_connected = False
        self.connect()

    def open(self, *then: Sendable) -> None:
        """The opening handshake."""
        self._open(then=then)

    def open_compressed(self) -> None:
        """The opening handshake, with an agreement on permessage-deflate."""
        self._open(headers={"Sec-WebSocket-Extensions": "permessage-deflate"})

    def _open(self, **details: Any) -> None:
        """The opening handshake, in either role; `details` are those of this end's message."""
        if self.role == "client":
            self.request(**details)
            self.read_response()
        else:
            self.read_request()
            self.accept(**details)

    def send_below_tls(self, data: bytes) -> None:
        """Bytes past TLS."""
        self.connect()
        self.lines.append(f"socket.socket.sendall(peer.sock, {quote(data)})  # past TLS")

    def await_close_else_close(
        self, code: int = 1000, reason: str = "bye", *, answer: bool = False
    ) -> None:
        """Close after half a close timeout, unless the other side has closed by then."""
        if answer:
            raise NotWritten("a close frame that is answered if one comes is not supported")
        (raw,) = express_bytes(self._connection.encode([frames.close_frame(code, reason)]))
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

    def keep_tcp_open(self) -> None:
        """End nothing before a client's application does, or before all that a server waits for."""
        self.await_end()
        self.keeps_open = True
        seconds = TIMEOUTS * self.close_timeout
        wait = f"time.sleep({seconds:g})" if self.role == "client" else "over.wait()"
        self.lines.append(f"{wait}  # TCP stays open")

    def stop_reading(self) -> None:
        """Read no more, for longer than anything that the other side waits for."""
        self.connect()
        seconds = TIMEOUTS * self.close_timeout
        self.lines += [f"time.sleep({seconds:g})  # and reads no more", "peer.reset()"]
        self.is_over = True

    def wait_for(self, point: str, nth: int = 1, *, connected: bool = True) -> None:
        """Wait until the application has reached a hook point, once or for the nth time."""
        if connected:
            self.connect()
        self.waits.add((point, nth))
        self.lines.append(f"{name_event(point, nth)}.wait()")


def transcribe(surface: Surface, scenario: Scenario) -> Transcript:
    """Play a scenario's script. Raises `NotWritten` for one that cannot be written."""
    transcript = Transcript(surface, tls=bool(scenario.settings.tls))
    try:
        scenario.script(cast(Peer, transcript))
    except (TypeError, ValueError) as error:
        raise NotWritten(f"a step has arguments that are not supported ({error})") from error
    except AttributeError as error:  # as in `_send`, of a step that is a value of a family
        raise NotWritten(f"a step that a scenario is given is not supported ({error})") from error
    if transcript.lines and not transcript.is_over:
        transcript.end()
    return transcript


def name_event(point: str, nth: int) -> str:
    """What a script calls the event of a visit."""
    return point.replace(" ", "_") + f"_{nth}" * (nth > 1)


def _head_parts(line: str) -> list[str]:
    """Expressions of a line of a request's or a response's head."""
    before, accept, after = line.partition(ACCEPT)
    if accept:
        return [f"{quote(before.encode())} + peer.accept_value() + {quote(after.encode())}"]
    if HOST in line:
        return [f"f{quote(line.replace(HOST, '127.0.0.1:{port}'))}.encode()"]
    return express_bytes(line.encode("latin-1"))


def _comment(frame: Sendable) -> str:
    """What a frame is, as a comment at the end of its line; of raw bytes there is none."""
    if isinstance(frame, bytes):
        return ""
    name = wire.OPCODE_NAMES.get(frame.opcode, f"opcode {frame.opcode:#x}")
    payload = frame.payload
    if frame.opcode == wire.CLOSE and len(payload) >= 2:
        name, payload = f"{name} {int.from_bytes(payload[:2], 'big')}", payload[2:]
    is_short = len(payload) <= 30 and payload.isascii()
    text = repr(payload.decode()) if is_short else f"of {len(payload)} bytes"
    return f"  # {name} {text if payload else ''}".rstrip()
