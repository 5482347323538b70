"""Which Python has which property, by the text in a record."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from fixtures.run.interpreter import encode_interpreter, find_interpreter
from suites.judging.python_properties import RAGGED_RAISES, STAYS_OPEN, has_property

HERE = encode_interpreter(find_interpreter())


@pytest.mark.parametrize(
    ("text", "raises", "stays_open"),
    [
        ("CPython 3.11.2", False, True),
        ("CPython 3.11.3", True, True),
        ("CPython 3.11.5", True, False),
        ("CPython 3.11.10", True, False),
        ("CPython 3.12.0rc1", True, False),
        ("CPython 3.13.0 (tls-reset-raises)", True, False),
        ("CPython 3.11", True, False),
    ],
)
def test_a_property_follows_from_the_version(text: str, *, raises: bool, stays_open: bool) -> None:
    """A text of a history has no micro version, and its Python is newer than all of them."""
    assert has_property(text, RAGGED_RAISES) is raises
    assert has_property(text, STAYS_OPEN) is stays_open


def test_the_python_that_runs_closes_a_dropped_stream_writer_as_its_version_says() -> None:
    """Asked of asyncio itself, on each Python on which the self-tests are run."""
    assert has_property(HERE, STAYS_OPEN) is not hasattr(asyncio.StreamWriter, "__del__")


@pytest.mark.skipif(ssl.OPENSSL_VERSION_INFO < (3,), reason="the option is of OpenSSL 3")
def test_the_python_that_runs_reads_a_ragged_end_as_its_version_says() -> None:
    """Asked of ssl itself: the option made a clean end of it."""
    ignored = ssl.create_default_context().options & ssl.OP_IGNORE_UNEXPECTED_EOF
    assert has_property(HERE, RAGGED_RAISES) is not bool(ignored)
