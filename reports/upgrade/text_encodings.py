"""The text in a file that somebody else has written: in UTF-8, or as PowerShell writes it."""

from __future__ import annotations

import codecs
from pathlib import Path

from suites.input_files import read_input

from ..results.release import WrongInput

MARKED = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""The byte order marks of UTF-16: what PowerShell 5 makes of `pip freeze > requirements.txt`."""


def read_bytes(path: Path) -> bytes:
    """What is in a file. Raises `WrongInput` for one that cannot be read."""
    try:
        return read_input(path)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}") from error


def decode_text(path: Path, raw: bytes) -> str:
    """The text in a file. Raises `WrongInput` for what is in no encoding that is known."""
    encoding = MARKED.get(raw[:2], "utf-8-sig")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-16" if raw[:2] in MARKED else "UTF-8"
        raise WrongInput(f"{path} is not text in {name}, at byte {error.start}") from error
