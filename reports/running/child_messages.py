"""What a child says, message by message, out of what comes through its pipe.

A message is a line: its checksum and its JSON, see `fixtures.run.worker.PrivateOutput`. Whatever
else comes, because a library wrote there, is no message, and neither is one that this has damaged;
the next line is read as if nothing had been.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

import msgspec

from fixtures.model.description import tame

LONGEST = 80 << 20
"""Bytes of a line that are kept: a child sends no message that is so long."""
LONGEST_REASON = 1_000
"""Characters of a reason that are kept: a library may have any text in an exception."""


class ChildMessage(msgspec.Struct, frozen=True):
    """One line of what a child says; which of the fields it fills depends on `type`."""

    type: str
    cell: tuple[str, str] = ("", "")
    traces: tuple[msgspec.Raw, ...] = ()
    reason: str = ""
    failed: bool = False
    judged: bool = False
    seconds: float = 0.0
    version: str = ""
    python: str = ""


_MESSAGE = msgspec.json.Decoder(ChildMessage)


class MessageReader:
    """Cuts what a pipe brings into messages, in time that is linear in it."""

    def __init__(self) -> None:
        """Nothing has come."""
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, received: bytes) -> Iterator[ChildMessage]:
        """The messages that are whole now that this has come."""
        first, *others = received.split(b"\n")
        self._keep(first)
        for start in others:
            line = b"".join(self._parts)
            self._parts, self._size = [], 0
            self._keep(start)
            message = _decode(line)
            if message is not None:
                yield message

    def _keep(self, part: bytes) -> None:
        """Keep a part of a line, unless that is too long for a message: then its end is enough."""
        if self._size + len(part) > LONGEST:
            self._parts, self._size = [], 0
        self._parts.append(part)
        self._size += len(part)


def _decode(line: bytes) -> ChildMessage | None:
    """The message in a line; None if it is none, or damaged."""
    checksum, _, text = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    try:
        found = _MESSAGE.decode(text)
    except msgspec.ValidationError:  # the library has written it
        return None
    except msgspec.DecodeError:  # a lone surrogate, in what an exception says
        told = json.loads(text)
        found = _MESSAGE.decode(json.dumps(told | {"reason": tame(told.get("reason", ""))}))
    if len(found.reason) <= LONGEST_REASON:
        return found
    return msgspec.structs.replace(found, reason=f"{found.reason[:LONGEST_REASON]}...")
