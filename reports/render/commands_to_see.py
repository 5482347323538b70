"""The commands that show again what a report says."""

from __future__ import annotations

import shlex

from ..diff.comparison import Comparison
from ..program_name import PROGRAM
from ..results.release import Cell


def see_cell(comparison: Comparison, cell: Cell) -> str:
    """What shows one cell of a comparison, event by event."""
    return f"{see_comparison(comparison)} --cell {'/'.join(cell)} --trace"


def see_comparison(comparison: Comparison) -> str:
    """What compares the two sides again."""
    old, new = comparison.old, comparison.new
    return f"{PROGRAM} {shlex.join(['compare', old.library, old.label, new.label])}"
