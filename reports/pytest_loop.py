"""The pytest plugin behind `--loop`: what a cell shows on another event loop, if that differs.

A cell is run as always, on asyncio's own loop and in virtual time; then on the other loop, in real
time. Where it shows something else there, asyncio's own loop has real time as well, and both are
run a few times: what only the other loop shows is told, and fails if it breaks what is promised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from typing import Any

import pytest

from fixtures.model.trace import Trace
from fixtures.run.other_loop import (
    Factory,
    explain_unplayable,
    find_loop,
    run_on_loop,
    without_timers,
)
from suites.cells.outcome import CellRun
from suites.cells.story import format_story
from suites.judging.judge import judge
from suites.safe_text import defuse_lines, format_message

from .diff.events import find_changes
from .pytest_baseline import fail

ROUNDS = 4
"""How often more a cell that shows something else is run on either loop."""
SAME, DIFFERS, VARIES, RACES = "the same", "differ", "vary in real time on either loop", "race"
NAMES = "resolve names, which the loop does by itself"
FOUND = pytest.StashKey[tuple[str, str, str]]()
"""What came of a cell in a word, what is told of it, and its story if it is red."""
CellOf = Callable[[pytest.Item], CellRun | None]


class LoopPlugin:
    """Runs each cell on the other loop once it has run, and counts what came of it."""

    def __init__(self, loop: str, cell_of: CellOf) -> None:
        """`cell_of` finds the cell that a test has run. Raises `NoSuchLoop`."""
        version, self._factory = find_loop(loop)
        self._name, self._loop, self._cell_of = f"{loop} {version}", loop, cell_of
        self._words: Counter[str] = Counter()
        self._told: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Run the cell of a test on the other loop, after it has run as always."""
        try:
            return (yield)
        finally:
            cell = self._cell_of(item)
            if cell is not None and cell.verdict is not None:
                item.stash[FOUND] = self._look_at(cell)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach what was found; fail the test that breaks what is promised on the other loop."""
        report = yield
        if call.when == "call" and (found := item.stash.get(FOUND, None)):
            word, told, story = found
            report.loop = word, told  # type: ignore[attr-defined] # reports take attributes
            if story:
                fail(report, defuse_lines(story))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cell."""
        word, told = getattr(report, "loop", ("", ""))
        if word:
            self._words[word] += 1
            self._told += filter(None, [told])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """A run in which nothing was played on the other loop is no success."""
        ran = exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly
        if ran and not self._words[SAME] + self._words[DIFFERS]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many cells are as on asyncio's own loop, and what the others show."""
        if terminalreporter.config.option.collectonly:
            return
        terminalreporter.section(format_message(f"on {self._name}, in real time"))
        counted = [f"{count} {word}" for word, count in sorted(self._words.items())]
        nothing = "no cell was played on it, which is not a success"
        terminalreporter.write_line(", ".join(counted) or nothing)
        for line in self._told:
            terminalreporter.write_line(format_message(line))

    def _look_at(self, cell: CellRun) -> tuple[str, str, str]:
        """What came of it in a word; what is told of it; and the story, if it is red there."""
        assert cell.verdict is not None
        usual = without_timers(cell.verdict.traces[0])
        if cell.surface.races_now(cell.scenario):
            return RACES, "", ""
        if why := explain_unplayable(cell.surface, cell.verdict.traces[0]):
            return f"not played: {why}", "", ""
        first = self._run(self._factory, cell)
        if "gaierror" in str(first.behaviour):
            return NAMES, "", ""
        if _meet([first], [usual]):
            return SAME, "", ""
        other, ours = [first], [self._run(None, cell)]
        while not _meet(other, ours) and len(ours) <= ROUNDS:
            other.append(self._run(self._factory, cell))
            ours.append(self._run(None, cell))
        if _meet(other, ours):
            return (SAME if len(ours) == 1 else VARIES), "", ""
        texts = [change.text for change in find_changes(ours[0], first)] or ["an order is another"]
        told = f"on {self._loop}: {cell!r}: {'; '.join(texts)}"
        verdict = judge(cell.surface, cell.scenario, other[:1], cell.deviations)
        red = verdict.is_red and not cell.verdict.is_red
        story = f"{verdict.word} on {self._name}\n{format_story(verdict, again=False)}"
        return DIFFERS, told, story if red else ""

    def _run(self, factory: Factory | None, cell: CellRun) -> Trace:
        return run_on_loop(factory, cell.surface, cell.scenario, cell.certificates)


def _meet(some: Iterable[Trace], others: Iterable[Trace]) -> bool:
    """Whether both have shown the same once."""
    return not {one.behaviour_id for one in some}.isdisjoint(one.behaviour_id for one in others)
