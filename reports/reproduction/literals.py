"""Bytes as expressions in a script, and what they mean as a comment."""

from __future__ import annotations

import ast

from fixtures.peer import wire
from fixtures.peer.frames import Sendable


class NotWritten(Exception):
    """Something has no place in a script that stands alone; the text says what."""


def head_lines(head: bytes) -> list[str]:
    """An expression for each line of a request's or a response's head."""
    return [literal(line) for line in head.splitlines(keepends=True)]


def literal(raw: bytes) -> str:
    """An expression for these bytes: text as text, what repeats as a product, else digits."""
    if raw.replace(b"\r\n", b"").isascii() and raw.replace(b"\r\n", b"").decode().isprintable():
        shown = repr(raw)
        return shown if '"' in shown else f'b"{shown[2:-1]}"'
    for start in range(0, min(len(raw), 16)):
        for size in (1, 2, 4):
            unit, count = raw[start : start + size], (len(raw) - start) // size
            if count > 16 and unit * count == raw[start:]:
                return f'bytes.fromhex("{raw[:start].hex()}") + {unit!r} * {count}'
    return f'bytes.fromhex("{raw.hex()}")'


def plain(value: object) -> str:
    """The expression of a value that is plain data. Raises `NotWritten` for any other."""
    try:
        same = ast.literal_eval(repr(value)) == value
    except (ValueError, SyntaxError):
        same = False
    if not same:
        raise NotWritten(f"{value!r} is no plain data")
    return repr(value)


def quoted(text: str) -> str:
    """The expression of a text, in double quotes if it holds none."""
    shown = repr(text)
    return f'"{shown[1:-1]}"' if shown[0] == "'" and '"' not in shown else shown


def comment(item: Sendable) -> str:
    """What a frame is, as a comment at the end of its line."""
    if isinstance(item, bytes):
        return ""
    name = wire.OPCODE_NAMES.get(item.opcode, f"opcode {item.opcode:#x}")
    if item.opcode == wire.CLOSE and len(item.payload) >= 2:
        code, reason = int.from_bytes(item.payload[:2], "big"), item.payload[2:]
        return f"  # {name} {code} {_shown(reason)}".rstrip()
    return f"  # {name} {_shown(item.payload)}".rstrip()


def _shown(payload: bytes) -> str:
    if len(payload) > 30:
        return f"of {len(payload)} bytes"
    try:
        return repr(payload.decode()) if payload else ""
    except UnicodeDecodeError:
        return repr(payload)
