"""An upgrade as a reader gets it: its comparisons, and the result last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..upgrade.exit_status import NOTHING, UpgradeResult
from .comparison_report import report_comparison
from .section import BAD, DIM, GOOD, Line, Section


def report_upgrade(result: UpgradeResult, most: int | None = None) -> Iterator[Section]:
    """Everything there is to tell, the result last; only so many changes in full."""
    for comparison in result.comparisons:
        yield from report_comparison(comparison, most, accept=result.acceptable)
    yield Section("Result", tuple(_result(result)))


def _result(result: UpgradeResult) -> Iterable[Line]:
    for note in result.remarks:
        yield Line("note", note, DIM)
    for entry in result.unused:
        yield Line("delete", f"an acceptance that matches nothing any more: {entry}", BAD)
    tone = GOOD if result.status == NOTHING else BAD
    yield Line("exit status", f"{result.status}: {result.meaning}", tone)
