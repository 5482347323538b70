"""What differs on another kind of Python, as a reader gets it: on CPython 3.13, say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS
from fixtures.run.interpreter import PROPERTIES, decode_interpreter

from ..diff.comparison import Comparison, compare
from ..history import History
from ..history.change_points import count_cells, result
from ..history.other_pythons import list_differing, list_outdated
from ..program_name import PROGRAM
from ..results.release import Cell, Release
from .history_report import report_change_point, report_minor
from .section import BAD, DIM, Line, Section

OF_ASYNCIO = {
    "websockets_legacy_server-server_*_while_it_serves_for_ever": "its asyncio: since CPython "
    "3.12.1, Server.wait_closed() waits until every connection has ended, and so does a "
    "serve_forever() that is cancelled, https://github.com/python/cpython/issues/104344",
}
"""What another release of asyncio does, by the cells that show it; no property tells it."""
UNKNOWN_REASON = "another release of it; this is not about TLS, and the reason is not recorded"
UNTOLD = "no more than the wording of an event differs"


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
            python = _name_python(other, differing or outdated)
            yield Section(f"on {python}: {known.library} {other.runnable[-1]}", tuple(lines))


def report_differing(
    known: History, others: Iterable[History], cells: Sequence[Cell]
) -> Iterator[Line]:
    """With which Python the releases were run, and how many of the cells differ on others."""
    yield Line("Python", f"run with {known.code.python}", DIM)
    for other in others:
        differing, newest = list_differing(known, other, cells), other.runnable[-1]
        if differing:
            differ = "differs" if len(differing) == 1 else "differ"
            python = _name_python(other, differing)
            text = f"{count_cells(differing)} of {newest} {differ} on {python}"
            yield Line("", f"{text}: compare --run shows the Python that it runs with", BAD)


def report_outdated(other: History, outdated: Sequence[Cell]) -> Line:
    """That code of this suite has changed since, and what mends it."""
    command = f"{PROGRAM} sweep {other.library} --releases {other.runnable[-1]} --restamp-history"
    text = f"{count_cells(outdated)}, recorded with other code: on such a Python, {command}"
    return Line("out of date", text, BAD)


def _differences(
    known: History, other: History, differing: Sequence[Cell], *, alone: bool
) -> Iterator[Line]:
    """What differs, reason by reason."""
    reasons = defaultdict[str, list[Cell]](list)
    for cell in differing:
        reasons[_explain(other, cell)].append(cell)
    for number, (reason, cells) in enumerate(reasons.items()):
        found = _compare(known, other, cells)
        yield Line("Python", reason)
        if not number:
            yield Line("releases", f"{', '.join(other.runnable)}: no others were run with it", DIM)
            compared = f"with {known.code.python}: what was there, and is now here"
            yield Line("compared", compared, DIM)
        told = [*report_change_point(found, alone=alone), *report_minor(found)]
        yield from told or [Line("" if alone else count_cells(cells), UNTOLD, DIM)]


def _explain(other: History, cell: Cell) -> str:
    """What this kind of Python does, or its asyncio, that can be why a cell differs."""
    if _is_about_tls(cell):
        return PROPERTIES.get(decode_interpreter(other.code.python).tls_reset, UNKNOWN_REASON)
    name = "-".join(cell)
    reasons = (reason for cells, reason in OF_ASYNCIO.items() if fnmatch(name, cells))
    return next(reasons, UNKNOWN_REASON)


def _is_about_tls(cell: Cell) -> bool:
    return SURFACES[cell[0]].tls or bool(SCENARIOS[cell[1]].settings.tls)


def _name_python(other: History, cells: Iterable[Cell]) -> str:
    """The Python, with its property where that can be why one of the cells differs."""
    if any(map(_is_about_tls, cells)):
        return other.code.python
    found = decode_interpreter(other.code.python)
    return f"{found.implementation} {'.'.join(found.version)}"


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
