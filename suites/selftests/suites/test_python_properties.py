"""Which Python has which property, by the text in a record."""

from __future__ import annotations

import asyncio

import pytest

from fixtures.run.interpreter import encode_interpreter, find_interpreter
from suites.judging.python_properties import STAYS_OPEN, has_property


@pytest.mark.parametrize(
    ("text", "stays_open"),
    [
        ("CPython 3.11.2", True),
        ("CPython 3.11.4", True),
        ("CPython 3.11.5", False),
        ("CPython 3.11.10", False),
        ("CPython 3.12.0rc1", False),
        ("CPython 3.13.0 (tls-reset-raises)", False),
        ("CPython 3.11", False),
    ],
)
def test_a_dropped_stream_writer_leaves_its_socket_open_before_3_11_5(
    text: str, *, stays_open: bool
) -> None:
    """What is known of a version; a text of a history has no micro version."""
    assert has_property(text, STAYS_OPEN) is stays_open


def test_the_python_that_runs_has_what_its_version_says() -> None:
    """Asked of asyncio itself, on each Python of CI."""
    here = encode_interpreter(find_interpreter())
    assert has_property(here, STAYS_OPEN) is not hasattr(asyncio.StreamWriter, "__del__")
