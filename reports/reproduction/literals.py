"""Values as Python expressions, laid out as `ruff format` lays them out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

WIDTH = 100
RUN = re.compile(rb"(?s)(.{1,4}?)\1{16,}")
"""The same bytes 17 times and more: a product says how often."""


class NotWritten(Exception):
    """Something has no place in a script that stands alone; the text says what."""


def quote(text: str | bytes) -> str:
    """The expression of a text, in double quotes unless that takes more escapes."""
    before, quotes, inside = repr(text).partition("'")
    if before not in ("", "b") or inside.count('"') > inside.count("\\'"):
        return repr(text)
    inside = inside[:-1].replace("\\'", quotes).replace('"', '\\"')
    return f'{before}"{inside}"'


def express_bytes(raw: bytes) -> list[str]:
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
    return quote(raw) if is_text else f'bytes.fromhex("{raw.hex()}")'


def express(value: object) -> str:
    """The expression of a value that is plain data. Raises `NotWritten` for any other."""
    if isinstance(value, str | bytes):
        raw = value if isinstance(value, bytes) else value.encode()
        is_long = len(raw) > 60 and raw.isascii()
        parts = express_bytes(raw) if is_long else [quote(value)]
        return " + ".join(one[isinstance(value, str) and is_long :] for one in parts)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quote(k)}: {express(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(express, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(express, value))}{',' * (len(value) == 1)})"
    if type(value) in (bool, int, float, type(None)):
        return repr(value)
    raise NotWritten(f"{value!r} is not plain data")


def fit(
    call: str, arguments: Sequence[str], indent: int, end: str = "", comments: Sequence[str] = ()
) -> str:
    """A call on one line, or with a line for each argument where it is too long.

    An argument may have a comment, for which there is room on one line if it is alone.
    """
    line = f"{call}({', '.join(arguments)}){end}" + "".join(comments)
    if indent + len(line) <= WIDTH and (len(arguments) == 1 or not any(comments)):
        return line
    pairs = zip_longest(arguments, comments, fillvalue="")
    return "\n".join([f"{call}(", *(f"    {one},{comment}" for one, comment in pairs), f"){end}"])
