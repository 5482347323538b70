"""The open_time_close group: every surface in every scenario of it."""

from __future__ import annotations

from .cells.outcome import CellRun

GROUP = "open_time_close"


def test_open_time_close(cell: CellRun) -> None:
    """What the application sees agrees with the rules and with the library's documents."""
    cell.settle()
