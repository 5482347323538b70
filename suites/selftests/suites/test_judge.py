"""Verdicts: a cell of a miniature gets each word, and for its own reason only."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.trace import Trace
from suites.judging.expectations import called, returned
from suites.judging.issues import Deviation
from suites.judging.judge import (
    BROKEN,
    FIXED,
    KEPT,
    KNOWN,
    NOT_TESTABLE,
    RED,
    UNDOCUMENTED,
    UNSTABLE,
    WORDS,
    WORST_FIRST,
    CellVerdict,
    judge,
)

from ..conftest import Promised, deviation
from ..miniatures import miniature_libraries as m
from ..miniatures.miniature_traces import make_trace, peer_sends, play, report

SURFACE, FIRST = m.surface(), SCENARIOS["peer_closes_first"]
RACE = SCENARIOS["application_closes_from_elsewhere"]
CLOSES = called("on_close", 1000, "bye").once()
RETURNS = returned("run", True).once()


def judge_runs(*miniatures: type[m.Good], known: Deviation | None = None) -> CellVerdict:
    """The verdict on a cell whose runs are those of these miniatures."""
    traces = [play(one, FIRST) for one in miniatures]
    return judge(SURFACE, FIRST, traces, [known] if known else [])


def test_a_cell_is_kept_if_a_promise_holds(promised: Promised) -> None:
    """The promise and every rule that applies have a verdict of their own."""
    promised("closes", CLOSES)
    cell = judge_runs(m.Good)

    assert (cell.word, cell.is_red) == (KEPT, False)
    assert {"miniature.closes", "rule.the_run_ends"} <= {one.check for one in cell.select(KEPT)}


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, KNOWN),
        ({"reason": "python"}, KNOWN),
        ({"reason": "by-design"}, KEPT),
        ({"reason": "docs-wrong"}, KEPT),
    ],
)
def test_only_a_bug_or_the_python_colours_a_cell(
    fields: dict[str, object], word: str, promised: Promised
) -> None:
    """A document that is wrong, or a difference on purpose, is a finding: the cell passes."""
    promised("closes", called("on_close", ...))
    cell = judge_runs(m.ClosesTwice, known=deviation(**fields))

    assert (cell.word, [one.word for one in cell.select(KNOWN)]) == (word, [KNOWN])


def test_a_cell_without_a_promise_that_holds_is_undocumented(promised: Promised) -> None:
    """A promise of a wrong document does not make a cell green."""
    promised("returns", RETURNS)
    known = deviation(check="miniature.returns", signatures=("*",), reason="docs-wrong")

    assert judge_runs(m.ReturnsTheWrongThing, known=known).word == UNDOCUMENTED


def test_a_check_about_the_release_colours_no_cell(promised: Promised) -> None:
    """A listed one is reported for the release; one that is not listed is red in the cell."""
    promised("closes", CLOSES)
    known = deviation(check="rule.nothing_keeps_running", signatures=("leftover tasks: *",))

    assert judge_runs(m.LeavesATask, known=known).word == KEPT
    assert judge_runs(m.LeavesATask).word == BROKEN


def test_what_is_about_fewer_situations_comes_first(promised: Promised) -> None:
    """The reason of a cell begins with the check that is about its scenario."""
    promised("closes", called("on_close", ...).never(), "peer_closes_first", "peer_ends")
    promised("closes_so", called("on_close", ...).never())
    cell = judge_runs(m.LeavesATask)

    assert [one.check for one in cell.select(BROKEN)] == [
        "miniature.closes_so",
        "miniature.closes",
        "rule.nothing_keeps_running",
    ]


def test_a_cell_is_undocumented_if_no_promise_covers_it(promised: Promised) -> None:
    """Neither rules alone nor a promise about another scenario make a cell green."""
    promised("closes", CLOSES, "peer_ends")
    cell = judge_runs(m.Good)

    assert (cell.word, cell.is_red) == (UNDOCUMENTED, False)


def test_a_cell_is_broken_if_a_promise_is(promised: Promised) -> None:
    """The verdict holds the expectation, what was recorded, and the source."""
    one = promised("returns", RETURNS)
    cell = judge_runs(m.ReturnsTheWrongThing)
    [verdict] = cell.select(BROKEN)

    assert (cell.word, cell.is_red) == (BROKEN, True)
    assert (verdict.check, verdict.says) == (one.id, one.source.says)
    assert (verdict.expected, verdict.recorded) == (str(RETURNS), "run -> False")


def test_a_cell_is_broken_if_a_rule_is(promised: Promised) -> None:
    """A promise that is kept does not outweigh a broken rule."""
    promised("opens", called("on_open").once())

    assert judge_runs(m.ClosesTwice).word == BROKEN


def test_a_listed_deviation_is_known(promised: Promised) -> None:
    """The verdict has the entry, with its reason and link."""
    promised("opens", called("on_open").once())
    cell = judge_runs(m.ClosesTwice, known=deviation())

    assert (cell.word, cell.is_red) == (KNOWN, False)
    assert cell.select(KNOWN)[0].deviation == deviation()


@pytest.mark.parametrize(
    "other",
    [
        {"signatures": ("nothing",)},
        {"versions": "<1.0"},
        {"surface": "tornado_client"},
        {"scenarios": ("peer_ends",)},
        {"check": "rule.the_end_is_told"},
    ],
)
def test_a_deviation_excuses_nothing_else(other: dict[str, object]) -> None:
    """Another failure, release, surface, scenario or check is still broken."""
    assert judge_runs(m.ClosesTwice, known=deviation(**other)).word == BROKEN


def test_one_known_deviation_does_not_excuse_another(promised: Promised) -> None:
    """A cell is as bad as its worst check."""
    promised("closes", CLOSES)
    cell = judge_runs(m.ClosesTwice, known=deviation())

    assert cell.word == BROKEN
    assert [one.check for one in cell.select(KNOWN)] == ["rule.close_is_reported_once"]


def test_a_deviation_that_no_longer_happens_is_fixed() -> None:
    """The cell is red, so that the entry is deleted."""
    cell = judge_runs(m.Good, known=deviation())

    assert (cell.word, cell.is_red) == (FIXED, True)


def test_a_deviation_of_a_rule_that_does_not_apply_is_fixed() -> None:
    """Without a report of the close there is no second one, so the entry is out of date."""
    cell = judge(SURFACE, FIRST, [make_trace()], [deviation()])

    assert cell.word == FIXED
    assert cell.select(FIXED)[0].recorded == "nothing"


def test_a_fault_of_our_own_is_not_testable(promised: Promised) -> None:
    """No check is applied, and no known deviation covers it."""
    promised("closes", CLOSES)
    cell = judge_runs(m.Crashes, known=deviation())

    assert (cell.word, cell.is_red, cell.verdicts) == (NOT_TESTABLE, True, ())
    assert cell.problems


def test_one_run_that_is_not_testable_spoils_all() -> None:
    """The other runs of the cell do not replace it."""
    cell = judge_runs(m.Good, m.Crashes, m.Crashes)

    assert cell.word == NOT_TESTABLE
    assert cell.problems == ("the driver failed: RuntimeError: a bug of the driver",)


def test_a_cell_that_behaves_in_two_ways_is_unstable(promised: Promised) -> None:
    """The cell is unstable even if every check holds in both ways."""
    promised("closes", called("on_close", ...).once())
    cell = judge_runs(m.Good, m.ForgetsTheReason, m.Good)

    assert (cell.word, cell.is_red) == (UNSTABLE, True)
    assert sorted(cell.behaviours.values()) == [1, 2]


def judge_race(*traces: Trace, known: Deviation | None = None) -> CellVerdict:
    """The verdict on the runs of a cell that races."""
    return judge(SURFACE, RACE, traces, [known] if known else [])


ACTS = report("acted", "close", how="acted")
FRAME = peer_sends("close frame", 1000, "bye")
GOOD = make_trace(ACTS, FRAME, report("closed", "on_close", 1000, "bye"))
TWICE = make_trace(*GOOD.events, report("closed", "on_close", 1000, "bye"))


def test_a_cell_that_races_may_behave_in_several_ways(promised: Promised) -> None:
    """The cell is kept if every check holds in each of the ways."""
    promised("closes", called("on_close", ...), RACE.name)

    assert judge_race(GOOD, TWICE).word == BROKEN
    assert judge_race(GOOD, make_trace(ACTS, report("closed", "on_close", 1001, ""))).word == KEPT


def test_a_cell_in_which_the_application_never_acts_is_undocumented(promised: Promised) -> None:
    """If the library never reaches that point, the cell does not show what its name says."""
    promised("closes", called("on_close", ...), RACE.name)

    assert judge_race(GOOD, make_trace(*GOOD.events[1:])).word == UNDOCUMENTED


@pytest.mark.parametrize(
    ("traces", "sometimes", "word"),
    [
        ((GOOD, TWICE), False, KNOWN),
        ((TWICE, TWICE), True, KNOWN),
        ((GOOD, GOOD), False, FIXED),
        ((GOOD, GOOD), True, KNOWN),
    ],
)
def test_a_deviation_of_a_race_may_need_several_runs(
    traces: tuple[Trace, ...], sometimes: bool, word: str
) -> None:
    """One run that deviates is enough; no run is enough if the entry says `sometimes`."""
    known = deviation(scenarios=(RACE.name,), sometimes=sometimes)

    assert judge_race(*traces, known=known).word == word


@pytest.mark.parametrize(
    ("traces", "word"),
    [((GOOD, GOOD), UNDOCUMENTED), ((GOOD, TWICE), KNOWN), ((TWICE, TWICE), KNOWN)],
)
def test_what_rarely_deviates_is_not_known_where_it_does_not(
    traces: tuple[Trace, ...], word: str
) -> None:
    """A cell is not called known for what hardly any run of it shows."""
    known = deviation(scenarios=(RACE.name,), rarely=True)

    assert judge_race(*traces, known=known).word == word


def test_what_rarely_deviates_gives_way_to_what_else_is_listed() -> None:
    """Whichever stands first in the files."""
    rare = deviation(scenarios=(RACE.name,), rarely=True)
    other = deviation(scenarios=(RACE.name,))
    cell = judge(SURFACE, RACE, (GOOD, TWICE), [rare, other])

    assert [one.deviation for one in cell.verdicts if one.word == KNOWN] == [other]


def test_every_outcome_of_a_race_has_to_be_the_one_that_is_listed() -> None:
    """A third outcome is not excused by a deviation that describes the second."""
    third = make_trace(*[report("closed", "on_error", "x")] * 2)
    cell = judge_race(GOOD, TWICE, third, known=deviation(scenarios=(RACE.name,)))

    assert cell.word == BROKEN
    assert " | " in cell.select(BROKEN)[0].recorded


def test_every_word_has_a_colour_and_a_rank() -> None:
    """The worst words are red, and no red word ranks below one that is not red."""
    ranked = [word in RED for word in WORST_FIRST]

    assert set(WORST_FIRST) | {UNDOCUMENTED, "not applicable"} == set(WORDS)
    assert ranked == sorted(ranked, reverse=True)


def test_a_scenario_that_is_run_once_is_judged_by_that_run() -> None:
    """`judge` needs nothing but traces: the same traces give the same verdict again."""
    trace = play(m.ClosesTwice, FIRST)
    again: Scenario = dataclasses.replace(FIRST)

    assert judge(SURFACE, FIRST, [trace]) == judge(SURFACE, again, [trace])
