"""The pytest plugin behind `--baseline`: a cell that differs from the baseline fails."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from typing import Any

import pytest

from fixtures.model.text import pluralize
from suites.cells.outcome import CellRun
from suites.judging.issues import Deviation
from suites.safe_text import defuse_lines, format_message

from .diff.comparison import MATTERS, MINOR, WORDS
from .diff.grouping import group_minor_changes
from .render.comparison_report import report_difference
from .render.section import format_lines
from .upgrade.baseline import ABSENT, STALE, Baseline

MOST_MINOR = 8
"""The number of minor changes that are shown without --findings."""
MEANS_MINOR = "minor: a text, a log record, or an order that no rule or promise is about"
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
        self._minor: dict[tuple[Hashable, ...], list[tuple[str, str]]] = defaultdict(list)

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
            if found and word == MINOR:
                name = f"{cell.verdict.surface}-{cell.verdict.scenario}"
                minor = [(one.likeness, name, one.text) for one in group_minor_changes(found)]
                report.minor = minor  # type: ignore[attr-defined]
            elif found:
                text = format_lines(report_difference(found.differences[0], found))
                fail(report, defuse_lines(f"{word}, compared with {self._baseline.name}\n{text}"))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cell."""
        word = getattr(report, "baseline", None)
        if word is not None:
            self._words[word] += 1
        for likeness, cell, text in getattr(report, "minor", ()):
            self._minor[likeness].append((cell, text))

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
        terminalreporter.section(format_message(f"compared with {self._baseline.name}"))
        counted = [
            f"{self._words[word]} {word}" for word in (*WORDS, ABSENT, STALE) if self._words[word]
        ]
        red = not self._compared or any(self._words[word] for word in MATTERS)
        said = ", ".join(counted) or "no cell was run"
        nothing = "" if self._compared else ": nothing was compared, which is not a success"
        terminalreporter.write_line(said + nothing, red=red)
        every = terminalreporter.config.getoption("findings")
        for line in self._list_minor(None if every else MOST_MINOR):
            terminalreporter.write_line(format_message(line))

    def _list_minor(self, most: int | None) -> Iterator[str]:
        """What is minor, the most frequent first, each with its cells."""
        found = sorted(map(sorted, self._minor.values()), key=len, reverse=True)
        if found:
            yield MEANS_MINOR
        for (first, text), *others in found[:most]:
            more = [cell for cell, _ in others]
            where = ", ".join([first, *more] if most is None else [first])
            rest = f" and {len(more)} more" if more and most else ""
            yield f"  {pluralize(len(more) + 1, 'cell')}: {text} ({where}{rest})"
        if most and found[most:]:
            yield f"  and {pluralize(len(found) - most, 'other minor change')}"
        if most and found:
            yield "  to list them all, with every cell: --findings"


def fail(report: pytest.TestReport, text: str) -> None:
    """Make a failure of what a test came to; the text of one that it was stands before."""
    before = f"{report.longreprtext}\n\n" if report.outcome == "failed" else ""
    report.outcome, report.longrepr = "failed", before + text
    if hasattr(report, "wasxfail"):
        del report.wasxfail
