"""The processes that a child leaves behind, wherever they went: found by its home, and ended.

A process that has left the child's session, and whose parent has ended, is nobody's any more. But
it has the child's environment, in which HOME is a folder that no other process has.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

PROC = Path("/proc")
ROUNDS = 10
"""How often they are looked for: one may begin another while they are being ended."""


def end_strays(home: Path) -> None:
    """End every process whose HOME is this folder; nothing is done where there is no /proc."""
    for _ in range(ROUNDS):
        found = _find_strays(home)
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


def _find_strays(home: Path) -> list[int]:
    """Those that have not ended; of one that has, the kernel tells no environment."""
    variable, found = b"HOME=" + os.fsencode(home), []
    for path in PROC.glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # it has ended, or it is another user's
            if variable in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found
