"""A WebSocket client in one file: the library that `miniature_index` makes releases of.

The text below is release 1.0; `miniature_index.CHANGES` says what each later release changes.
It stands in for a library under test, so it shares no code with this project.
"""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

__version__ = "1.0"

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Refused(Exception):
    """The server did not complete the opening handshake."""


class Closed(Exception):
    """The server has closed the connection, with `code`."""

    def __init__(self, code: int) -> None:
        """`code` is 1006 if no close frame came."""
        super().__init__(f"closed with {code}")
        self.code = code


class Client:
    """Calls back: `on_open()`, `on_message(text)`, `on_error(error)`, `on_close(code, reason)`."""

    def __init__(
        self,
        url: str,
        *,
        on_open: Callable[[], object],
        on_message: Callable[[str], object],
        on_error: Callable[[Exception], object],
        on_close: Callable[[int | None, str | None], object],
        cafile: str | None = None,
        timeout: float = 10.0,
    ) -> None:
        """A client of `url`; `cafile` holds the authority that `wss` trusts."""
        self.url, self.cafile, self.timeout = urlsplit(url), cafile, timeout
        self.on_open, self.on_message = on_open, on_message
        self.on_error, self.on_close = on_error, on_close
        self.closing, self.buffer = False, b""

    def run(self) -> bool:
        """Connect, and call back until the connection has ended; False."""
        try:
            self.sock = self.connect()
        except (OSError, Refused) as error:
            self.on_error(error)
            return False
        with self.sock:
            self.on_open()
            code, reason = self.receive()
        self.on_close(code, reason)
        return False

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Start the closing handshake."""
        if not self.closing:
            self.write(CLOSE, struct.pack("!H", code) + reason.encode())
            self.closing = True
            self.sock.settimeout(self.timeout)

    def send(self, text: str) -> None:
        """Send a text message."""
        self.write(TEXT, text.encode())

    def connect(self) -> socket.socket:
        """The connection after the opening handshake."""
        host, key = self.url.hostname or "", base64.b64encode(os.urandom(16))
        sock = socket.create_connection((host, self.url.port), self.timeout)
        try:
            if self.url.scheme == "wss":
                context = ssl.create_default_context(cafile=self.cafile)
                sock = context.wrap_socket(sock, server_hostname=host)
            sock.sendall(
                b"GET / HTTP/1.1\r\nHost: miniature\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: " + key + b"\r\n\r\n"
            )
            while b"\r\n\r\n" not in self.buffer:
                self.buffer += sock.recv(65536) or self.end_of_answer()
        except Exception:
            sock.close()
            raise
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        if b" 101 " not in head.partition(b"\r\n")[0] or accept not in head:
            sock.close()
            raise Refused(head.partition(b"\r\n")[0].decode("latin-1"))
        sock.settimeout(None)
        return sock

    def end_of_answer(self) -> bytes:
        """The server has ended while it answered."""
        raise Refused("the connection ended")

    def receive(self) -> tuple[int, str]:
        """Hand over messages until the end; the server's close code and reason."""
        for opcode, payload in self.frames():
            if opcode == TEXT:
                self.on_message(payload.decode())
            elif opcode == PING:
                self.write(PONG, payload)
            elif opcode == CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if payload else 1005
                self.close(1000 if code == 1005 else code)
                return code, payload[2:].decode()
        return 1006, ""

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each frame, until the server ends, or breaks the protocol."""
        while self.has(2):
            opcode, size = self.buffer[0] & 15, self.buffer[1]
            if self.buffer[0] & 0x70 or size > 125 or not self.has(2 + size):
                return
            payload, self.buffer = self.buffer[2 : 2 + size], self.buffer[2 + size :]
            yield opcode, payload

    def has(self, count: int) -> bool:
        """Whether so many bytes come before the server ends, or takes too long to close."""
        while len(self.buffer) < count:
            try:
                received = self.sock.recv(65536)
            except OSError:
                return False
            if not received:
                return False
            self.buffer += received
        return True

    def write(self, opcode: int, payload: bytes) -> None:
        """Send one short frame, masked."""
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        self.sock.sendall(bytes((128 | opcode, 128 | len(payload))) + mask + masked)
