"""The pytest plugin behind `--baseline`: a cell that differs from the baseline fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from typing import Any

import pytest

from suites.cells.outcome import CellRun
from suites.judging.issues import Deviation

from .diff.comparison import MATTERS, WORDS
from .render.comparison_report import report_difference
from .render.section import format_lines
from .upgrade.baseline import ABSENT, STALE, Baseline

CellOf = Callable[[pytest.Item], CellRun | None]


class BaselinePlugin:
    """Compares each cell once it has run, and counts what came of it."""

    def __init__(
        self, baseline: Baseline, deviations: Iterable[Deviation], cell_of: CellOf
    ) -> None:
        """`cell_of` finds the cell that a test has run."""
        self._baseline, self._cell_of = baseline, cell_of
        self._deviations = tuple(deviations)
        self._words: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Fail the test whose cell differs in what matters."""
        report = yield
        cell = self._cell_of(item)
        if call.when == "call" and cell is not None and cell.verdict is not None:
            word, found = self._baseline.check(cell.verdict, self._deviations)
            report.baseline = word  # type: ignore[attr-defined] # reports take attributes
            if found:
                text = format_lines(report_difference(found.differences[0], found))
                _fail(report, f"{word}, compared with {self._baseline.name}\n{text}")
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cell."""
        word = getattr(report, "baseline", None)
        if word is not None:
            self._words[word] += 1

    @property
    def _compared(self) -> int:
        return sum(self._words.values()) - self._words[ABSENT] - self._words[STALE]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """A run in which nothing was compared is no success."""
        ran = exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly
        if ran and not self._compared:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many cells are as they were."""
        if terminalreporter.config.option.collectonly:
            return
        terminalreporter.section(f"compared with {self._baseline.name}")
        counted = [
            f"{self._words[word]} {word}" for word in (*WORDS, ABSENT, STALE) if self._words[word]
        ]
        red = not self._compared or any(self._words[word] for word in MATTERS)
        said = ", ".join(counted) or "no cell was run"
        nothing = "" if self._compared else ": nothing was compared, which is not a success"
        terminalreporter.write_line(said + nothing, red=red)


def _fail(report: pytest.TestReport, text: str) -> None:
    before = f"{report.longreprtext}\n\n" if report.outcome == "failed" else ""
    report.outcome, report.longrepr = "failed", before + text
    if hasattr(report, "wasxfail"):
        del report.wasxfail
