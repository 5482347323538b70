"""Files that somebody else may have written: which are read, how much of them, and what is refused.

How this works. Opening does not wait, as it otherwise would for whoever writes to a FIFO, and what
has been opened is looked at, since a path may lead elsewhere by then. What is no regular file, or
is too large, is an `OSError` with the reason in its `strerror`, as for a file that is not there.
What the parsers of TOML and JSON raise for a text that they cannot take is one error.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import stat
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import msgspec

T = TypeVar("T")
LARGEST = 16 << 20
"""Bytes of a file that is read whole; the largest lock files have half of that."""
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
FEW_DOTS, MOST_WORK = 50, 20_000_000
"""`tomllib` takes time with the square of the parts of a key: a minute for 40,000 of them. So the
squares of the dots in lines with more than a few are added up; a second is spent on the most."""

_QUOTING = re.compile(r"^(Cannot|Duplicate|Found|Illegal)\b.*?(?= \(at |$)", re.DOTALL)
"""What the parser says of TOML with a name or a character of the text, which may be a secret."""


class Malformed(ValueError):
    """A text is not in the form that it should be in; the message is one line, and says where."""


def explain(error: OSError | ValueError) -> str:
    """Why a file of this name cannot be opened; a `ValueError` is about a NUL, or the like."""
    return getattr(error, "strerror", None) or "no file can have this name"


def open_input(path: Path) -> BinaryIO:
    """A regular file, opened for reading. Raises `OSError` for anything else, with the reason."""
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115 -- the caller closes it
    except ValueError as error:  # a NUL, or half a character
        raise OSError(errno.EINVAL, explain(error)) from error
    kind = stat.S_IFMT(os.fstat(file.fileno()).st_mode)
    if kind != stat.S_IFREG:
        file.close()
        raise OSError(
            errno.EINVAL, f"it is {KINDS.get(kind, 'special')}, not a regular file; write it to one"
        )
    return file


def read_input(path: Path, most: int = LARGEST) -> bytes:
    """What is in a file. Raises `OSError` as `open_input` does, and for more than `most` bytes."""
    with open_input(path) as file:
        found = file.read(most + 1)
    if len(found) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20} MB, which is the most")
    return found


def decode_toml(text: bytes, kind: type[T]) -> T:
    """The TOML in a text as an object of this kind. Raises `Malformed`."""
    dots = (line.count(b".") for line in text.split(b"\n"))
    if sum(count**2 for count in dots if count > FEW_DOTS) > MOST_WORK:
        raise Malformed("it is not TOML: it has keys of thousands of parts")
    found: T = _decode(functools.partial(msgspec.toml.decode, type=kind), "TOML", text)
    return found


def decode_json(text: bytes | msgspec.Raw, kind: type[T]) -> T:
    """The JSON in a text as an object of this kind. Raises `Malformed`."""
    found: T = _decode(_decoder_of(cast("Hashable", kind)).decode, "JSON", text)
    return found


@functools.cache
def _decoder_of(kind: Hashable) -> msgspec.json.Decoder[Any]:
    """What reads JSON as this kind: made once, for a record has many lines."""
    return msgspec.json.Decoder(cast(Any, kind))


def _decode(decode: Callable[..., T], form: str, text: bytes | msgspec.Raw) -> T:
    try:
        found = decode(text)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    except RecursionError as error:
        raise Malformed(f"it is not {form}: it is nested too deeply") from error
    except msgspec.DecodeError as error:
        said = _QUOTING.sub("a name or a character that must not be there", str(error))
        raise Malformed(f"it is not {form}: {said}") from error
    except UnicodeDecodeError as error:
        raise Malformed(f"it is not {form}: it is not in UTF-8, at byte {error.start}") from error
    except ValueError as error:  # of int()
        raise Malformed(f"it is not {form}: it has a number of too many digits") from error
    return found


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
