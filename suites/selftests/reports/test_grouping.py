"""One change in many cells is reported once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

from fixtures.model.duration_class import HANG
from fixtures.model.event import Event
from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from reports.diff.cell_names import describe_cell, name_scenarios
from reports.diff.comparison import Difference
from reports.diff.group import Group
from reports.diff.grouping import group_changes, group_minor_changes
from reports.diff.weight import weigh
from reports.results.release import Cell
from suites.judging.expectations import ANYTHING, PEER_CODE, PEER_REASON, called

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import (
    AFTER,
    BEFORE,
    CELL,
    compare_releases,
    describe_exception,
    trace,
)
from ..miniatures.miniature_traces import report

OPENED = report("opened", "on_open")
CELLS: list[Cell] = [("miniature", f"peer_closes_with_code_{code}") for code in (1000, 1001, 1002)]


@pytest.fixture(autouse=True)
def _known(known: Miniature) -> None:
    """The miniature's surface is one of the known ones."""
    known()


def every(cells: Iterable[Cell], found: Trace) -> dict[Cell, list[Trace]]:
    """The same trace in all of these cells."""
    return {cell: [found] for cell in cells}


def with_events(*events: Event) -> Trace:
    """A trace of these events."""
    return trace(OPENED, *events)


def test_one_change_in_many_cells_is_one_group() -> None:
    """The sentence stands once, with its cells."""
    (group,) = group_changes(compare_releases(every(CELLS, BEFORE), every(CELLS, AFTER)))

    assert len(group.sentences) == 1
    assert group.cells == CELLS


def test_changes_of_much_the_same_cells_are_reported_together() -> None:
    """What comes in most cells of a change is reported with it; what comes elsewhere is not."""
    result = report("returned", "run", True, how="returned")
    new = every(CELLS, with_events(result, report("closed", "on_close")))
    new |= {CELL: [with_events(report("message", "on_message", "a"))]}
    (first, second) = group_changes(compare_releases(every([*CELLS, CELL], with_events()), new))

    assert [len(first.sentences), len(second.sentences)] == [2, 1]
    assert second.cells == [CELL]


def test_a_check_goes_with_what_it_speaks_of(promised: Promised) -> None:
    """Of two groups in the same cells, the one that names `on_close` has its promise."""
    promised("on_close", called("on_close", PEER_CODE, ANYTHING), *(name for _, name in CELLS))
    result = report("returned", "run", True, how="returned")
    new = every(CELLS[1:], AFTER) | {CELLS[0]: [with_events(result)]}
    old = every(CELLS[1:], BEFORE) | {CELLS[0]: [with_events()]}
    found = group_changes(compare_releases(old, new))

    assert [bool(group.checks) for group in found] == [True, False]
    assert found[0].breaks


def test_a_cell_counts_for_one_cause(promised: Promised) -> None:
    """What is true of two cells of a change in three is told with it; a promise stands once."""
    promised("on_close", called("on_close", PEER_CODE, ANYTHING), *(name for _, name in CELLS[:2]))
    result = report("returned", "close", True, how="returned")
    also = dataclasses.replace(AFTER, events=(*AFTER.events, result))
    new = every(CELLS[:2], also) | {CELLS[2]: [AFTER]}
    (found,) = group_changes(compare_releases(every(CELLS, BEFORE), new))

    assert [one.subject for one in found.sentences] == ["on_close", "close"]
    assert [(one.here, one.cells) for one in found.checks if one.change.is_promise] == [(2, 2)]


def test_values_of_the_same_cells_are_one_sentence() -> None:
    """Three and more sentences that differ in a value are true of the same cells."""
    more = with_events(*(report("x", "recv", str(i), how="returned") for i in range(4)))
    new = every(CELLS, more)
    (group,) = group_changes(compare_releases(every(CELLS, with_events()), new))

    assert [one.text for one in group.sentences] == [
        "`recv` now returns '0', '1', '2', '3' (4 times)"
    ]
    assert group.cells == CELLS


def caused_by(cause: str | None) -> Trace:
    """`recv` raises, from another exception perhaps."""
    error = dict(describe_exception("Lost"))
    if cause:
        error["cause"] = {"exception": cause, "text": ""}
    return with_events(report("x", "recv", error, how="raised"))


def test_causes_of_many_cells_are_one_group() -> None:
    """One change of a library gives each situation its own cause; each is counted."""
    names = dict(zip(CELLS, ("EOFError", "OSError", "EOFError"), strict=True))
    new = {cell: [caused_by(name)] for cell, name in names.items()}
    (group,) = group_changes(compare_releases(every(CELLS, caused_by(None)), new))

    assert [one.text for one in group.sentences] == [
        "the __cause__ of what `recv` raises was nothing, now is EOFError (2 cells), "
        "OSError (1 cell)"
    ]
    assert set(group.cells) == set(CELLS)


def test_what_breaks_in_most_cells_comes_first_in_a_group(promised: Promised) -> None:
    """And before what is kept now."""
    promised("alone", called("on_close", ANYTHING, PEER_REASON), CELLS[0][1])
    promised("on_close", called("on_close", PEER_CODE, ANYTHING), *(name for _, name in CELLS))
    promised("mended", called("on_close", None, None), *(name for _, name in CELLS))
    (group,) = group_changes(compare_releases(every(CELLS, BEFORE), every(CELLS, AFTER)))
    promises = [one for one in group.checks if one.change.is_promise]

    assert [(one.change.check, one.here) for one in promises] == [
        ("miniature.on_close", 3),
        ("miniature.alone", 1),
        ("miniature.mended", 3),
    ]


def without_checks(difference: Difference) -> Difference:
    """The same changes, of which none breaks anything."""
    return dataclasses.replace(difference, checks=())


def test_what_breaks_a_promise_weighs_more(promised: Promised) -> None:
    """Of two groups that are alike, the one that breaks a promise comes first."""
    promised("on_close", called("on_close", PEER_CODE, ANYTHING))
    (group,) = group_changes(compare_releases({CELL: [BEFORE]}, {CELL: [AFTER]}))

    kept = [
        dataclasses.replace(one, differences=tuple(map(without_checks, one.differences)))
        for one in group.sentences
    ]

    assert group.breaks
    assert weigh(group) < weigh(Group(kept))


def test_the_graver_kind_comes_first_where_as_many_cells_show_it() -> None:
    """What never ends is graver than a result; a result that shows everywhere is not lighter."""
    few = every([CELL], with_events())
    hangs = every([CELL], dataclasses.replace(with_events(), waited=HANG))
    result = with_events(report("x", "run", 1, how="returned"))
    (grave,) = group_changes(compare_releases(few, hangs))
    (light,) = group_changes(compare_releases(few, every([CELL], result)))
    wide: list[Cell] = [
        ("miniature", name) for name, one in SCENARIOS.items() if one.group == "close"
    ][:32]
    (everywhere,) = group_changes(compare_releases(every(wide, with_events()), every(wide, result)))

    assert weigh(everywhere) < weigh(grave) < weigh(light)


def test_minor_sentences_that_differ_in_numbers_are_one() -> None:
    """Texts with other numbers are reported once."""
    old = {
        c: [with_events(report("x", "e", describe_exception("L", f"a {i}")))]
        for i, c in enumerate(CELLS)
    }
    new = {
        c: [with_events(report("x", "e", describe_exception("L", f"b {i}")))]
        for i, c in enumerate(CELLS)
    }
    (sentence,) = group_minor_changes(compare_releases(old, new))

    assert sentence.text == "a text was 'a 0', now is 'b 0'"
    assert sentence.cells == set(CELLS)


def test_changes_with_numbers_in_what_is_not_wording_are_several() -> None:
    """Records of two loggers are two sentences, though their names differ in a number only."""
    new = {
        c: [trace(OPENED, facts={"logs": [{"level": "INFO", "logger": f"lib{i}", "text": ""}]})]
        for i, c in enumerate(CELLS)
    }
    found = group_minor_changes(compare_releases(every(CELLS, with_events()), new))

    assert [sentence.text for sentence in found] == [
        f"1 more log record: INFO of lib{i}" for i in range(3)
    ]


def test_families_are_named_once() -> None:
    """Three and more of a family are counted, and so is the whole of one."""
    assert name_scenarios([*CELLS, CELL]) == {
        "miniature": ["peer_closes_with_code_* (3 of 14)", "peer_closes_first"]
    }
    assert name_scenarios(CELLS[:1]) == {"miniature": ["peer_closes_with_code_1000"]}


def test_a_cell_is_described_by_its_scenario() -> None:
    """The scenario's docstring says what happens."""
    assert describe_cell(CELL) == "The peer starts the closing handshake with 1000 and a reason"
