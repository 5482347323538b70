"""Files are read with limits: which kind, how large, how deep."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from suites.input_files import Malformed, decode_json, decode_toml, open_input, read_input

DEEP = b"[" * 5_000


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    """One byte more is refused."""
    (tmp_path / "file").write_bytes(b"12345")

    assert read_input(tmp_path / "file", 5) == b"12345"
    with pytest.raises(OSError, match="larger than 0 MB"):
        read_input(tmp_path / "file", 4)


@pytest.mark.parametrize(
    ("make", "said"), [(os.mkfifo, "it is a pipe"), (os.mkdir, "Is a directory")]
)
def test_what_is_no_file_is_refused_at_once(make: Any, said: str, tmp_path: Path) -> None:
    """Nobody writes to the pipe, and nobody waits for that."""
    make(tmp_path / "one")

    with pytest.raises(OSError, match=said):
        open_input(tmp_path / "one")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """The system says so."""
    (tmp_path / "file").touch(0o000)

    with pytest.raises(PermissionError, match="Permission denied"):
        read_input(tmp_path / "file")


@given(some.binary() | some.text().map(str.encode))
@example(b'"\xff"')
@example(b"a = 1" + b"0" * 5_000)
@example(b"a." * 10_000)
@example(b"a = " + DEEP)
@example(DEEP)
@example(b"\xef\xbb\xbf{}")
def test_any_bytes_are_data_or_malformed(raw: bytes) -> None:
    """No parser raises anything else."""
    for decode in (decode_json, decode_toml):
        with contextlib.suppress(Malformed):
            decode(raw, dict[str, Any])


@pytest.mark.parametrize("text", ["secret = 1\nsecret = 2", "a = {secret = 1, secret = 2}"])
def test_what_stands_in_a_broken_file_is_not_said(text: str) -> None:
    """Where it stands is."""
    with pytest.raises(Malformed, match=r"must not be there \(at ") as caught:
        decode_toml(text.encode(), dict[str, Any])

    assert "secret" not in str(caught.value)


def test_a_line_with_many_dots_is_no_long_key() -> None:
    """Texts may have as many as they like, within reason."""
    assert decode_toml(b"a = '" + b"." * 4_000 + b"'", dict[str, Any]) == {"a": "." * 4_000}
