"""What differs on another kind of Python, as a reader gets it: on CPython 3.13, say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtures.run.interpreter import PROPERTIES, decode_interpreter

from ..diff.comparison import Comparison, compare
from ..history import History
from ..history.change_points import result
from ..history.other_pythons import list_differing
from ..results.release import Cell, Release
from .history_report import report_change_point
from .section import DIM, Line, Section


def report_other_pythons(
    known: History, others: Iterable[History], cells: Sequence[Cell]
) -> Iterator[Section]:
    """For each other kind of Python: what differs there in the newest release that is stored."""
    for other in others:
        differing = list_differing(known, other, cells)
        if differing:
            found = _compare(known, other, differing)
            lines = [
                Line("Python", PROPERTIES.get(decode_interpreter(other.code.python).tls_reset, "")),
                Line("compared", f"with {known.code.python}: what was there, and is now here", DIM),
                *report_change_point(found, alone=len(cells) == 1),
            ]
            title = f"on {other.code.python}: {known.library} {found.new.label}"
            yield Section(title, tuple(lines))


def _compare(known: History, other: History, cells: Sequence[Cell]) -> Comparison:
    """The newest release that is stored of another kind of Python, on both."""
    newest = other.runnable[-1]
    before, after = (
        Release(
            known.library,
            newest,
            newest,
            one.code.python,
            {cell: result(one, cell, newest) for cell in cells},
        )
        for one in (known, other)
    )
    return compare(before, after, cells)
