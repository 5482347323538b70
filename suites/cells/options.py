"""The options that this suite adds to those of pytest."""

from __future__ import annotations

import pytest

LOOPS = ("uvloop",)
"""The distributions that have an event loop; each has a function `new_event_loop`."""


def add_options(parser: pytest.Parser) -> None:
    """Add the options to their group of `pytest --help`."""
    group = parser.getgroup("wslifecycle")
    group.addoption(
        "--library",
        action="append",
        default=[],
        metavar="NAME",
        help="run the cells of this library only; an error if it is not installed (repeatable)",
    )
    group.addoption(
        "--surface",
        action="append",
        default=[],
        metavar="NAME",
        help="run the cells of this surface only (repeatable)",
    )
    group.addoption(
        "--record",
        metavar="FILE",
        help="write a record to FILE: every trace and verdict, as JSON Lines (--record=FILE for a "
        "file in another folder that exists: after a space pytest takes it for a test)",
    )
    group.addoption(
        "--baseline",
        metavar="FILE|history",
        help="fail every cell that does not behave as in FILE (a record), or as the stored history "
        "has it for this release",
    )
    group.addoption(
        "--findings",
        action="store_true",
        help="list every finding, with its cells",
    )
    group.addoption(
        "--repeat",
        type=int,
        default=1,
        metavar="N",
        help="run every cell, or pair, N times; one that behaves in several ways, and does not "
        "race, is unstable",
    )
    group.addoption(
        "--real-time",
        action="store_true",
        help="let time pass as it does, in place of virtual time: the libraries' defaults take "
        "minutes, and a cell that waits for ever takes longer",
    )
    group.addoption(
        "--loop",
        choices=LOOPS,
        help="run every cell on asyncio that ends at once on this event loop as well, in real "
        "time, and tell what differs",
    )
    group.addoption(
        "--shuffle",
        type=int,
        metavar="SEED",
        help="run the tests in the random order that SEED gives",
    )
