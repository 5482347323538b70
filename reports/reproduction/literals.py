"""Values as Python expressions, laid out as `ruff format` lays them out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WIDTH = 100
RUN = re.compile(rb"(?s)(.{1,4}?)\1{16,}")
"""The same bytes 17 times and more: a product says how often."""


class NotWritten(Exception):
    """Something has no place in a script that stands alone; the text says what."""


def quoted(text: str | bytes) -> str:
    """The expression of a text, in double quotes unless that takes more escapes."""
    before, quotes, inside = repr(text).partition("'")
    if before not in ("", "b") or inside.count('"') > inside.count("\\'"):
        return repr(text)
    inside = inside[:-1].replace("\\'", quotes).replace('"', '\\"')
    return f'{before}"{inside}"'


def summands(raw: bytes) -> list[str]:
    """Expressions of bytes on a wire that follow each other: text, digits, products of runs."""
    found, start = [], 0
    for run in RUN.finditer(raw):
        product = f"{_text_or_digits(run[1])} * {len(run[0]) // len(run[1])}"
        found += [_text_or_digits(raw[start : run.start()])] * (run.start() > start) + [product]
        start = run.end()
    return [*found, _text_or_digits(raw[start:])] if start < len(raw) or not raw else found


def _text_or_digits(raw: bytes) -> str:
    text = raw.replace(b"\r\n", b"")
    is_text = 4 * sum(32 <= byte < 127 for byte in text) >= 3 * len(text)
    return quoted(raw) if is_text else f'bytes.fromhex("{raw.hex()}")'


def expression(value: object) -> str:
    """The expression of a value that is plain data. Raises `NotWritten` for any other."""
    if isinstance(value, str | bytes):
        raw = value if isinstance(value, bytes) else value.encode()
        is_long = len(raw) > 60 and raw.isascii()
        parts = summands(raw) if is_long else [quoted(value)]
        return " + ".join(one[isinstance(value, str) and is_long :] for one in parts)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quoted(k)}: {expression(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(expression, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(expression, value))}{',' * (len(value) == 1)})"
    if type(value) in (bool, int, float, type(None)):
        return repr(value)
    raise NotWritten(f"{value!r} is not plain data")


def fit(call: str, arguments: Sequence[str], indent: int, end: str = "") -> str:
    """A call on one line, or with a line for each argument where it is too long.

    An argument may have a comment behind it, for which there is room on one line if it is alone.
    """
    split = [one.partition("  #") for one in arguments]
    note = "".join(split[0][1:]) if len(split) == 1 else ""
    line = f"{call}({', '.join(one[0] for one in split)}){end}{note}"
    if indent + len(line) <= WIDTH and (note or not any(one[1] for one in split)):
        return line
    return "\n".join([f"{call}(", *(f"    {a},{mark}{b}" for a, mark, b in split), f"){end}"])
