"""What differs on another kind of Python, as a reader gets it: on CPython 3.13, say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.run.interpreter import PROPERTIES, decode_interpreter

from ..diff.comparison import Comparison, compare
from ..history import History
from ..history.change_points import count_cells, result
from ..history.other_pythons import list_differing, list_outdated
from ..program_name import PROGRAM
from ..results.release import Cell, Release
from .history_report import report_change_point
from .section import BAD, DIM, Line, Section


def report_other_pythons(
    known: History, others: Iterable[History], cells: Sequence[Cell]
) -> Iterator[Section]:
    """For each other kind of Python: what differs there in the newest release that is stored."""
    for other in others:
        differing, outdated = list_differing(known, other, cells), list_outdated(other, cells)
        lines = [*_differences(known, other, differing, alone=len(cells) == 1)]
        if outdated:
            lines.append(report_outdated(other, outdated))
        if lines:
            title = f"on {other.code.python}: {known.library} {other.runnable[-1]}"
            yield Section(title, tuple(lines))


def report_differing(
    known: History, others: Iterable[History], cells: Sequence[Cell]
) -> Iterator[Line]:
    """With which Python the releases were run, and how many of the cells differ on others."""
    yield Line("Python", f"run with {known.code.python}", DIM)
    for other in others:
        differing, newest = list_differing(known, other, cells), other.runnable[-1]
        if differing:
            text = f"{count_cells(differing)} of {newest} differ on {other.code.python}"
            yield Line("", f"{text}: compare shows the Python that it runs with", BAD)


def report_outdated(other: History, outdated: Sequence[Cell]) -> Line:
    """That code of this suite has changed since, and what mends it."""
    command = f"{PROGRAM} sweep {other.library} --releases {other.runnable[-1]} --restamp-history"
    text = f"{count_cells(outdated)}, recorded with other code: on such a Python, {command}"
    return Line("out of date", text, BAD)


def _differences(
    known: History, other: History, differing: Sequence[Cell], *, alone: bool
) -> Iterator[Line]:
    if differing:
        found = _compare(known, other, differing)
        yield Line("Python", _explain(other, differing))
        yield Line("releases", f"{', '.join(other.runnable)}: no others were run with it", DIM)
        yield Line("compared", f"with {known.code.python}: what was there, and is now here", DIM)
        yield from report_change_point(found, alone=alone)


def _explain(other: History, differing: Sequence[Cell]) -> str:
    """What this kind of Python does, if that can be why all of the cells differ."""
    if all(SURFACES[surface].tls or SCENARIOS[name].settings.tls for surface, name in differing):
        return PROPERTIES.get(decode_interpreter(other.code.python).tls_reset, "")
    return "another release of it; not all of this is about TLS, and the reason is not recorded"


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
