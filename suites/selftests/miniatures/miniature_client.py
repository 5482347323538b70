"""The miniature that is right: library, application and driver of a small WebSocket client.

It reports everything once, in order, and leaves nothing behind. The miniatures that are wrong in
exactly one way are derived from it, in other modules of this package.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from fixtures.drivers.async_driver import AsyncDriver
from fixtures.model.actions import CLOSED, FAILED, MESSAGE, OPENED, PING, PONG, ApplicationError
from fixtures.peer import wire

KEY = "bWluaWF0dXJlIGNsaWVudA=="
REQUEST = wire.encode_head(
    "GET / HTTP/1.1",
    {
        "Host": "miniature",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Version": "13",
    },
)


class Refused(Exception):
    """The opening handshake has failed; `status` is what the server answered."""

    def __init__(self, status: str) -> None:
        super().__init__(f"the server answered {status}")
        self.status = status


class Closed(Exception):
    """The connection is closed; `code` and `reason` are the server's."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"closed with {code}")
        self.code, self.reason = code, reason


class Good(AsyncDriver):
    """The miniature that is right: it reports everything once, in order, and leaves nothing."""

    attributes = ("code", "reason", "status")
    sent: wire.ReceivedFrame | None = None
    received: wire.ReceivedFrame | None = None
    failed = False
    buffer = b""
    request = REQUEST

    async def main(self) -> None:
        """Connect and receive until the end; what a callback raises ends the connection."""
        self.fragments: list[wire.ReceivedFrame] = []
        try:
            async with asyncio.timeout(self.context.timeouts.open):
                await self.open()
        except (Refused, OSError, asyncio.IncompleteReadError) as error:
            await self.refused(error)
            return
        try:
            await self.receive()
        except (ApplicationError, Closed, ValueError) as error:
            self.fail(1011)
            self.end_tcp()
            self.record.raised("run", error)

    async def open(self) -> None:
        """Do the opening handshake; the server's answer must be 101, for this client's key."""
        url, tls = urlsplit(self.context.url), self.context.client_tls
        self.reader, self.writer = await asyncio.open_connection(url.hostname, url.port, ssl=tls)
        self.writer.write(self.request)
        raw = await self.reader.readuntil(b"\r\n\r\n")
        first_line, headers = wire.parse_head(raw.removesuffix(b"\r\n\r\n"))
        self.check([*first_line.split(" "), ""][1], headers)

    def check(self, status: str, headers: dict[str, str]) -> None:
        """Refuse any answer that does not complete the opening handshake."""
        accept = headers.get("sec-websocket-accept")
        if status != "101" or "upgrade" not in headers or accept != wire.compute_accept(KEY):
            raise Refused(status)

    async def receive(self) -> None:
        """Tell of the opening, hand over what comes, tell of the end."""
        await self.opened()
        async for frame in self.frames():
            if await self.handle(frame):
                break
        await self.end()

    def leave(self) -> None:
        """Close with 1000: an application that leaves has what it wanted."""
        self.close(1000)

    async def refused(self, error: Exception) -> None:
        """Tell the application that the connection did not open."""
        await self.handle_callback_async("on_error", error, kind=FAILED)
        self.end_tcp()

    async def opened(self) -> None:
        """Tell the application that the connection is open."""
        await self.handle_callback_async("on_open", kind=OPENED)

    async def frames(self) -> AsyncIterator[wire.ReceivedFrame]:
        """Every frame until the server ends, or has not closed within the close timeout."""
        while True:
            frame, self.buffer = wire.parse_frame(self.buffer)
            if frame is not None:
                yield frame
                continue
            received = await self.read()
            if not received:
                return
            self.buffer += received

    async def read(self) -> bytes:
        """What the server sends next; nothing at the end or after the close timeout."""
        try:
            closing = self.sent or self.received
            async with asyncio.timeout(self.context.timeouts.close if closing else None):
                return await self.reader.read(65536)
        except (TimeoutError, OSError):
            return b""

    async def handle(self, frame: wire.ReceivedFrame) -> bool:
        """Do what a frame asks for; whether it is the last one."""
        if self.is_broken(frame):
            self.fail(1002)
        elif frame.opcode == wire.CLOSE:
            self.received = frame
            await self.answer(frame)
        elif frame.opcode == wire.PING:
            self.write(wire.PONG, frame.payload)
            await self.handle_callback_async("on_ping", frame.payload, kind=PING)
        elif frame.opcode == wire.PONG:
            await self.handle_callback_async("on_pong", frame.payload, kind=PONG)
        else:
            await self.fragment(frame)
        return self.received is not None or self.failed

    async def fragment(self, frame: wire.ReceivedFrame) -> None:
        """Hand over a message once its last fragment is there."""
        self.fragments.append(frame)
        if frame.fin:
            data, is_text = _join_fragments(self.fragments), self.fragments[0].opcode == wire.TEXT
            self.fragments = []
            await self.handle_callback_async(
                "on_message", data.decode() if is_text else data, kind=MESSAGE
            )

    def is_broken(self, frame: wire.ReceivedFrame) -> bool:
        """Whether no endpoint may accept this frame."""
        if frame.rsv or frame.masked or frame.opcode not in wire.OPCODE_NAMES:
            return True
        if frame.opcode == wire.CLOSE and not _is_legal(frame):
            return True
        if frame.opcode >= wire.CLOSE:
            return not frame.fin or len(frame.payload) > 125
        whole = [*self.fragments, frame]
        if (frame.opcode == wire.CONTINUATION) != bool(self.fragments):
            return True
        return frame.fin and whole[0].opcode == wire.TEXT and not _is_utf8(_join_fragments(whole))

    def fail(self, code: int) -> None:
        """Fail the connection: RFC 6455 section 7.1.7."""
        self.failed = True
        if self.sent is None:
            self.write(wire.CLOSE, wire.encode_close(code))

    async def answer(self, frame: wire.ReceivedFrame) -> None:
        """Answer a close frame with its own code, unless this end has closed before."""
        if self.sent is None:
            self.write(wire.CLOSE, frame.payload[:2])

    async def end(self) -> None:
        """Let the server end first, give everything back, tell the application of the close."""
        while not self.failed and await self.read():
            pass
        self.end_tcp()
        logging.getLogger("miniature").info("the connection is closed")
        await self.tell_close()
        self.record.fact("close_code", self.code)
        self.record.fact("sent", self.sent)
        self.record.reached("ended", "the block")
        self.record.returned("run", self.is_clean)

    async def tell_close(self) -> None:
        """Tell the application of the close, with the server's code and reason."""
        await self.handle_callback_async(
            "on_close", self.code, self.reason, kind=CLOSED, code=self.code
        )

    @property
    def code(self) -> int:
        """The close code of RFC 6455 section 7.1.5."""
        if self.received is None:
            return 1006
        return 1005 if self.received.code is None else self.received.code

    @property
    def reason(self) -> str:
        """The close reason of RFC 6455 section 7.1.6."""
        return self.received.reason.decode() if self.received else ""

    @property
    def is_clean(self) -> bool:
        """Whether both ends have sent a close frame."""
        return self.received is not None and self.sent is not None

    def write(self, opcode: int, payload: bytes) -> None:
        """Send one frame, masked."""
        raw = wire.encode_frame(opcode, payload, mask=True)
        if opcode == wire.CLOSE:
            self.sent, _ = wire.parse_frame(raw)
        self.writer.write(raw)

    def end_tcp(self) -> None:
        """Close the socket, if there is one."""
        if hasattr(self, "writer"):
            self.writer.close()

    def close(self, code: int | None = None, reason: str = "") -> None:
        """Start the closing handshake; a warning if no code is given."""
        if code is None:
            warnings.warn("say close(1000)", DeprecationWarning, stacklevel=2)
        payload = wire.encode_close(code or 1000, reason)
        if not wire.is_legal_close_code(code or 1000) or len(payload) > 125:
            raise ValueError("no endpoint may send such a close frame")
        if self.sent is None:
            self.write(wire.CLOSE, payload)

    def send(self, text: str) -> None:
        """Send a text message, or raise `Closed` with what the server closed with."""
        if self.received is not None:
            raise Closed(self.code, self.reason)
        self.write(wire.TEXT, text.encode())


def _is_legal(frame: wire.ReceivedFrame) -> bool:
    legal = frame.code is not None and wire.is_legal_close_code(frame.code)
    return not frame.payload or (legal and _is_utf8(frame.reason))


def _is_utf8(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def _join_fragments(frames: list[wire.ReceivedFrame]) -> bytes:
    return b"".join(frame.payload for frame in frames)
