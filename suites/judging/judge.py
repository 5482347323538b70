"""Trace + rules + promises + known deviations -> verdicts.

How this works. Every rule, and every promise that covers the cell, is a *check*: it looks at a
trace, and its finding says whether it holds and what is recorded. A check that does not hold is
`broken`; or `known`, if a deviation lists it for this release with what is recorded. If a listed
check holds, the word is `fixed`, and the entry has to be deleted.

A cell's verdict is the worst of its checks'. A known deviation counts there only if it is a bug, or
the Python's doing, and the check is about the situation. If the document is wrong or outdated, if
the library differs on purpose, or if the release as a whole deviates, the deviation is a finding,
and the cell passes. A cell in which nothing is wrong is `undocumented` if no promise holds in it,
or if the library never reached the point at which the scenario lets the application act.

Nothing here runs a library: verdicts are a function of traces.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace

from .expectations import Finding
from .finding import NOTHING
from .issues import BUG, PYTHON, Deviation
from .promise import PROMISES, Promise, find_promises
from .rules import RULES, Rule
from .scope import CELL, RELEASE

KEPT = "kept"
BROKEN = "broken"
KNOWN = "known"
FIXED = "fixed"
UNDOCUMENTED = "undocumented"
NOT_APPLICABLE = "not applicable"
NOT_TESTABLE = "not testable"
UNSTABLE = "unstable"

WORDS = {
    KEPT: "green",
    UNDOCUMENTED: "bright_black",
    KNOWN: "yellow",
    BROKEN: "red",
    FIXED: "red",
    UNSTABLE: "red",
    NOT_TESTABLE: "red",
    NOT_APPLICABLE: "white",
}
"""The verdicts, in the order in which a summary counts them, with their colours."""

WORST_FIRST = (NOT_TESTABLE, UNSTABLE, BROKEN, FIXED, KNOWN, KEPT)
RED = frozenset(word for word, colour in WORDS.items() if colour == "red")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of one check on one cell: a word, and a finding for each run."""

    check: str
    word: str
    asked: Rule | Promise
    findings: tuple[Finding, ...]
    deviation: Deviation | None = None

    @property
    def scope(self) -> str:
        """What the check is about, see `judging.scope`."""
        return self.asked.scope

    @property
    def expected(self) -> str:
        """The expectation, in words."""
        return self.asked.expected if isinstance(self.asked, Promise) else self.asked.says

    @property
    def source(self) -> str:
        """Where it says so: page and place, or a section of RFC 6455."""
        return self.asked.place if isinstance(self.asked, Promise) else self.asked.source

    @property
    def says(self) -> str:
        """What it says there."""
        return self.asked.source.says if isinstance(self.asked, Promise) else self.asked.says

    @property
    def failures(self) -> list[str]:
        """What was recorded where the check does not hold, each text once."""
        return list(dict.fromkeys([one.recorded for one in self.findings if not one.holds]))

    @property
    def recorded(self) -> str:
        """What was recorded, as signatures match it: the failures, or else what keeps the check."""
        kept = self.findings[0].recorded if self.findings else NOTHING
        return " | ".join(self.failures) or kept

    @property
    def text(self) -> str:
        """What was recorded, for a person: the failures, or else what keeps the check."""
        kept = self.findings[0].text if self.findings else NOTHING
        return " | ".join(dict.fromkeys(one.text for one in self.findings if not one.holds)) or kept

    @property
    def colours(self) -> bool:
        """Whether the verdict of the cell depends on this one; it does not depend on a finding."""
        if self.word != KNOWN or self.deviation is None:
            return True
        return self.deviation.issue.reason in (BUG, PYTHON) and self.scope == CELL

    @property
    def breadth(self) -> tuple[bool, float]:
        """The sort key for the verdicts of a cell: those about fewer situations come first."""
        promise = PROMISES.get(self.check)
        return self.scope == RELEASE, len(promise.scenarios) if promise else math.inf


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """The verdict on one cell: the word for the whole, and the verdict of every check."""

    surface: Surface
    scenario: Scenario
    traces: tuple[Trace, ...]
    word: str
    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...] = ()

    @property
    def node(self) -> str:
        """The pytest node id of the cell, which selects it and no other."""
        group = self.scenario.group
        return f"suites/test_{group}.py::test_{group}[{self.surface}-{self.scenario}]"

    @property
    def is_red(self) -> bool:
        """Whether the cell fails."""
        return self.word in RED

    @property
    def ordered(self) -> list[Verdict]:
        """The verdicts in reading order: what does not hold first, then what is about few cells."""
        return sorted(self.verdicts, key=lambda verdict: (verdict.word == KEPT, verdict.breadth))

    def select(self, *words: str) -> list[Verdict]:
        """The verdicts with one of these words; those about this situation come first."""
        return [verdict for verdict in self.ordered if verdict.word in words]

    @property
    def behaviours(self) -> dict[str, int]:
        """The count of runs for each behaviour."""
        found: dict[str, int] = {}
        for trace in self.traces:
            found[trace.behaviour_id] = found.get(trace.behaviour_id, 0) + 1
        return found


def judge(
    surface: Surface,
    scenario: Scenario,
    traces: Sequence[Trace],
    deviations: Iterable[Deviation] = (),
    *,
    without: Container[str] = (),
) -> CellVerdict:
    """The verdict on a cell, from the traces of its runs (one, or several where it races).

    `without`: checks that are not about these runs, by their ids.
    """
    problems = tuple(dict.fromkeys(text for trace in traces for text in trace.problems))
    if problems:
        return CellVerdict(surface, scenario, tuple(traces), NOT_TESTABLE, (), problems)
    listed = _find_deviations(deviations, surface, scenario, traces)
    verdicts = []
    for check, findings in _judge_all(surface, scenario, traces):
        if check.id not in without and (any(findings) or check.id in listed):
            verdicts.append(_verdict(check, findings, listed.get(check.id)))
    words = {verdict.word for verdict in verdicts if verdict.colours}
    steady = len(traces) == 1 or surface.may_race(scenario)
    if not steady and len({trace.behaviour_id for trace in traces}) > 1:
        words.add(UNSTABLE)
    word = next((word for word in WORST_FIRST if word in words), KEPT)
    documented = any(one.word == KEPT and one.check in PROMISES for one in verdicts)
    if word == KEPT and not (documented and all(map(has_acted, traces, repeat(scenario)))):
        word = UNDOCUMENTED
    return CellVerdict(surface, scenario, tuple(traces), word, tuple(verdicts))


def _find_deviations(
    deviations: Iterable[Deviation], surface: Surface, scenario: Scenario, traces: Sequence[Trace]
) -> dict[str, Deviation]:
    """The deviations that are listed for a cell, by check."""
    found: dict[str, Deviation] = {}
    ours, name = surface.name, scenario.name
    loaded = traces[0].loaded
    listed = [one for one in deviations if one.surface == ours and name in one.scenarios]
    for entry in sorted(listed, key=lambda one: one.rarely):
        if entry.covers(entry.check, scenario, loaded.version, loaded.python):
            found.setdefault(entry.check, entry)
    return found


def has_acted(trace: Trace, scenario: Scenario) -> bool:
    """Whether the application did everything that the scenario has it do.

    If the library never reached that point, the cell does not show what its name says.
    """
    wanted = Counter(a.verb for moment in scenario.application for a in moment.actions)
    found = Counter(event.name for event in trace.events if event.kind == "acted")
    return wanted <= found


def _judge_all(
    surface: Surface, scenario: Scenario, traces: Sequence[Trace]
) -> list[tuple[Rule | Promise, list[Finding | None]]]:
    """Every rule, and every promise that covers the cell, with its findings: one for each trace."""
    found: list[tuple[Rule | Promise, list[Finding | None]]] = [
        (rule, [*map(rule.judge, traces)]) for rule in RULES.values()
    ]
    loaded = traces[0].loaded
    promises = find_promises(surface, scenario, loaded.version, loaded.python)
    found += [(one, [*map(one.expectation.judge, traces)]) for one in promises]
    return found


def _verdict(
    check: Rule | Promise, findings: list[Finding | None], entry: Deviation | None
) -> Verdict:
    seen = tuple([finding for finding in findings if finding is not None])
    failed = [one for one in seen if not one.holds]
    if failed:
        is_known = entry is not None and all(entry.recognises(one.recorded) for one in failed)
        word = KNOWN if is_known else BROKEN
    elif entry and not entry.rarely:
        word = KNOWN if entry.sometimes else FIXED
    else:
        word = KEPT
    return Verdict(check.id, word, check, seen, None if word == KEPT else entry)
