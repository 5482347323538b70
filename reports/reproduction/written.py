"""What a transcript is made of: lines of code, and the steps of the opening handshake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fixtures.drivers.surfaces import Surface
from fixtures.peer import wire
from fixtures.peer.frames import Frame, Sendable

from .literals import NotWritten, comment, head_lines, literal

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
CONNECT = "peer = next_peer()"
"""The line with which a script waits for a connection, or makes it."""


class Written:
    """The beginning of a peer that writes down what it would do: `lines`, and what they need.

    `methods` names those of the script's `Peer`, `waits` the points of the application that are
    waited for, each with the visit that is meant, `released` whether the application is;
    `is_alone` whether nobody connects, as far as is known.
    """

    def __init__(self, surface: Surface, *, over_tls: bool = False) -> None:
        """Nothing has been done; `over_tls` begins with the TLS handshake."""
        self.role, self.close_timeout = surface.peer_role, surface.timeouts.close
        self.lines: list[str] = []
        self.methods: set[str] = set()
        self.waits: set[tuple[str, int]] = set()
        self.released = self.is_over = self.is_secured = self.is_upgraded = False
        self.was_secured = self.is_alone = False
        self.status = 101
        self._connected = False
        self._over_tls = self._before_tls = over_tls
        self._has_request, self._read = False, set[str]()

    @property
    def connects_first(self) -> bool:
        """Whether the script begins with the connection, or has something to do before."""
        return self.lines[:1] == [CONNECT]

    # Opening handshake

    def connect(self, *, tls: bool = True) -> None:
        """The connection, and what TLS begins with; without, the script says where that is."""
        self._before_tls = self._before_tls and (tls or self._connected)
        self._secured()

    def open(self, *then: Sendable) -> None:
        """The opening handshake, in either role."""
        if self.role == "server":
            self.read_request()
            self.accept(then)
        else:
            self.request(then=then)
            self.read_response()

    def read_request(self) -> None:
        """Read to the empty line."""
        self._has_request = True
        self._call("request = peer.read_head()", "read_head")

    def accept(
        self,
        then: Sequence[Sendable] | Sendable = (),
        *,
        headers: Mapping[str, str | None] | None = None,
        every: int | None = None,
    ) -> None:
        """The 101 response; its accept value depends on the request, unless it is overridden."""
        self.is_upgraded = True
        fields: dict[str, str | None] = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Accept": "",
        }
        fields.update(headers or {})
        own = fields["Sec-WebSocket-Accept"] == ""
        head = wire.head("HTTP/1.1 101 Switching Protocols", fields)
        extra = (then,) if isinstance(then, Frame | bytes) else tuple(then)
        before, after = head.split(b"Sec-WebSocket-Accept: ", 1) if own else (head, b"")
        parts = [*head_lines(before)]
        if own:
            parts[-1:] = [*parts[-1:], 'b"Sec-WebSocket-Accept: "', "+ accept_value(request)"]
            parts.append(f"+ {literal(after)}")
            self.methods.add("accept_value")
        self._send([*parts, *self._frames(extra, joined=True)], every=every)

    def refuse(
        self,
        status: int,
        phrase: str = "Refused",
        headers: Mapping[str, str | None] | None = None,
        body: bytes = b"",
    ) -> None:
        """Another response."""
        fields: dict[str, str | None] = {"Content-Length": str(len(body)), "Connection": "close"}
        fields.update(headers or {})
        self._send(head_lines(wire.head(f"HTTP/1.1 {status} {phrase}", fields) + body))

    def redirect(self, location: str, status: int = 302) -> None:
        """A redirect."""
        self.refuse(status, "Redirect", {"Location": location})

    def answer_garbage(self, garbage: bytes = b"\x00\x01 not HTTP at all\r\n\r\n") -> None:
        """No HTTP response."""
        self._send([repr(garbage)])

    def request(
        self,
        path: str = "/",
        headers: Mapping[str, str | None] | None = None,
        then: Sequence[Sendable] = (),
    ) -> None:
        """The opening request."""
        fields: dict[str, str | None] = {
            "Host": "127.0.0.1",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": KEY,
            "Sec-WebSocket-Version": "13",
        }
        fields.update(headers or {})
        head = head_lines(wire.head(f"GET {path} HTTP/1.1", fields))
        self._send([*head, *self._frames(then, joined=True)])

    def read_response(self, status: int = 101) -> None:
        """Read to the empty line, and tell the status."""
        self.status, self.is_upgraded = status, True
        self._call("peer.read_response()", "read_head", "read_response")

    # Inner workings

    def _connect(self) -> None:
        """Have a connection from here on."""
        if not self._connected:
            self._connected = True
            self.lines.append(CONNECT)

    def _secured(self) -> None:
        """Begin with the TLS handshake, if that is not done."""
        self._connect()
        if self._before_tls:
            self._before_tls, self.is_secured, self.was_secured = False, True, True
            self._call("peer.start_tls()", "start_tls")

    def _call(self, line: str, *methods: str) -> None:
        self._secured()
        self.lines.append(line)
        self.methods |= set(methods)
        if "read_frame" in methods:
            self.reads_frames()

    def reads_frames(self) -> bool:
        """Whether what is read to an end is frames; behind a request that was refused, nothing.

        Raises `NotWritten` where one connection has frames, and another what is none.
        """
        if not (self.is_upgraded or self._has_request):
            self._read.add("no frames")
        elif self.is_upgraded:
            self._read.add("frames")
        if len(self._read) > 1:
            raise NotWritten("frames are read on one connection, and on another what is none")
        return "frames" in self._read

    def _send(self, parts: Sequence[str], *, every: int | None = None) -> None:
        """Write the joined parts, an expression of bytes on several lines."""
        self._secured()
        self.methods.add("send")
        if every:
            joined = " ".join(part.partition("  #")[0] for part in parts)
            self.lines += [f"for byte in {joined}:", "    peer.send(bytes([byte]))"]
        elif len(parts) == 1:
            value, mark, comment = parts[0].partition("  #")
            self.lines.append(f"peer.send({value}){mark}{comment}")
        else:
            self.lines += ["peer.send(", *(f"    {part}" for part in _summands(parts)), ")"]

    def _raw(self, item: Sendable) -> bytes:
        return item if isinstance(item, bytes) else item.encode(mask=self.role == "client")

    def _frames(self, items: Sequence[Sendable], *, joined: bool = False) -> list[str]:
        found = []
        for index, item in enumerate(items):
            plus = "+ " if joined or index else ""
            found.append(f"{plus}{literal(self._raw(item))}{comment(item)}")
        return found


def _summands(parts: Sequence[str]) -> list[str]:
    """The parts of a sum: between two literals nothing need stand, elsewhere a plus has to."""
    plain = [part.startswith(('b"', "b'")) for part in parts]
    found = list(parts[:1])
    for index, part in enumerate(parts[1:], 1):
        joined = part.startswith("+ ") or (plain[index] and plain[index - 1])
        found.append(part if joined else f"+ {part}")
    return found
