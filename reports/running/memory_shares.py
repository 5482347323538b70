"""How much memory each child may have, so that all of them together leave this machine some."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

MOST, LEAST = 4 << 30, 512 << 20
"""Bytes that one child may have at most; and the least with which one is started."""
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where a container says how much of the machine's memory it may use, in either version."""


def share(places: int) -> int:
    """The bytes of one child if so many run at once: of three quarters of the memory."""
    return max(LEAST, min(MOST, _for_children() // places))


def count_children() -> int:
    """How many children there is memory for: one at least."""
    return max(1, _for_children() // LEAST)


def _for_children() -> int:
    return min(_list_sizes()) * 3 // 4


def _list_sizes() -> Iterator[int]:
    """The memory of the machine, and what its container may use of it."""
    yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in LIMITS:
        if path.is_file() and (text := path.read_text().strip()).isdecimal():
            yield int(text)
