"""The error group: every surface in every scenario of it."""

from __future__ import annotations

from .cells.outcome import CellRun

GROUP = "error"


def test_error(cell: CellRun) -> None:
    """What the application sees agrees with the rules and with the library's documents."""
    cell.settle()
