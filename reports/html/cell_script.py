"""The script that shows a cell with the library alone, as it stands on the cell's page."""

from __future__ import annotations

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.scenario import SCENARIOS

from ..history.file_format import NoBehaviour
from ..reproduction.script import write_script
from ..results.release import Cell, WrongInput
from .library_report import LibraryReport


def find_script(report: LibraryReport, cell: Cell) -> str:
    """The script for the newest release; nothing where none can be written.

    One that needs certificates is not for a page: its keys would be.
    """
    surface, scenario = SURFACES[cell[0]], SCENARIOS[cell[1]]
    known = report.history.at(cell, report.newest)
    if isinstance(known, NoBehaviour) or surface.tls or scenario.settings.tls:
        return ""
    counts = report.history.count_runs(cell, report.newest)
    traces = report.history.traces(cell, report.newest, known)
    usual = max(traces, key=lambda trace: counts.get(trace.behaviour_id, 0))
    try:
        return write_script(surface, scenario, usual)
    except WrongInput:
        return ""
