"""The page of a library: what is red on it, what is not known, and what is no page at all."""

from __future__ import annotations

import dataclasses

import pytest

from reports.page.document import summary
from reports.results.release import CellResult, NotRunnable
from suites.judging.expectations import called

from ..conftest import Listed, Promised
from ..miniatures.miniature_page import CLOSED, WRONG, build, format_page, make_release, miniature
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, release, trace
from ..miniatures.miniature_traces import report

__all__ = ["miniature"]

pytestmark = pytest.mark.usefixtures("miniature")


def test_what_is_broken_is_red_and_first(promised: Promised) -> None:
    """In capitals, above what is known, with what was recorded instead."""
    promised("on_open", called("on_open"))
    promised("on_close", CLOSED)
    text = format_page(make_release({CELL: [AFTER]}))

    assert "## What does not hold\n\n- **BROKEN** `on_close`, api: 1 of 1 cell\n\n" in text
    assert "  - 1 cell, which no known issue lists\n    - recorded: `on_close(None" in text
    assert text.index("- **BROKEN** `on_close`: ") < text.index("- **kept** `on_open`: ")
    assert build(make_release({CELL: [AFTER]})).status == 1


def test_a_deviation_that_no_longer_happens_is_red(promised: Promised, listed: Listed) -> None:
    """The scenario has to go from its issue."""
    promised("on_close", CLOSED)
    listed(WRONG)
    found = make_release({CELL: [BEFORE]})

    text = format_page(found)
    assert "| fixed | 1 | they hold in cells of which an issue says that they do not" in text
    assert "  - 1 cell, in which it holds, although an issue says that it does not: take" in text
    assert build(found).status == 1


@pytest.mark.parametrize(
    ("scenarios", "message"),
    [
        (["peer_ends"], "**NO CHECK**, 1 not applicable (not here) of `miniature`"),
        (["no_such_scenario"], "**NO CHECK**, no cell of `miniature`"),
        (["peer_ends", "peer_resets"], "**NO CHECK**, 2 not applicable (not here) of"),
    ],
)
def test_a_promise_without_a_check_is_red(
    scenarios: list[str], message: str, promised: Promised
) -> None:
    """Its cells are not applicable, or there is none."""
    promised("on_open", called("on_open"))
    promised("on_error", called("on_error", ...), *scenarios)
    found = make_release({CELL: [BEFORE]})

    assert "- **NO CHECK** `on_error`, api\n" in format_page(found)
    assert message in format_page(found)
    assert build(found).status == 1


def test_a_part_of_a_record_is_no_record(promised: Promised) -> None:
    """Cells that were not selected are missed, and outweigh what is red."""
    promised("on_close", CLOSED, "peer_ends")
    found = release("1.0", {CELL: [BEFORE]})

    assert "**THE RECORD IS INCOMPLETE**: it lacks " in format_page(found)
    assert "`pytest --library miniature --record=FILE`" in format_page(found)
    assert "**NO CHECK**, 1 not in the record of `miniature`" in format_page(found)
    assert build(found).status == 3


def test_what_could_not_be_judged_is_red(promised: Promised) -> None:
    """A fault of the suite is reported with its reason, whether there is a trace or none."""
    promised("on_close", CLOSED, CELL[1], "peer_ends", "peer_resets")
    found = make_release(
        {CELL: [BEFORE], ("miniature", "peer_ends"): [trace(problems=("no peer",))]}
    )
    found = dataclasses.replace(
        found,
        cells={**found.cells, ("miniature", "peer_resets"): CellResult((), "it crashed", True)},
    )
    text = format_page(found)

    assert "- **NOT TESTABLE** `peer_ends` of `miniature`: no peer\n" in text
    assert "- **NOT TESTABLE** `peer_resets` of `miniature`: it crashed\n" in text
    assert "1 kept and 2 not testable of `miniature`" in text
    assert summary(build(found)).endswith(" kept; 2 cells: 2 not testable")
    assert build(found).status == 3


def test_a_cell_that_wavers_is_red(promised: Promised) -> None:
    """Its promises may be kept all the same."""
    promised("on_open", called("on_open"))
    found = make_release({CELL: [BEFORE, AFTER]})

    assert "- **UNSTABLE** `peer_closes_first` of `miniature`: 2 behaviours\n" in format_page(found)
    assert build(found).status == 1


def test_rules_that_do_not_hold_are_reported(promised: Promised) -> None:
    """They are no document's promises, and red as well."""
    promised("on_open", called("on_open"))
    twice = trace(*(report("closed", "on_close", 1000, code=1000) for _ in range(2)))
    found = make_release({CELL: [twice]})

    assert "- **BROKEN** `close_is_reported_once`, a rule for every library: 1 of 1" in format_page(
        found
    )
    assert "- **BROKEN** `close_is_reported_once`: “The close of a connection" in format_page(found)
    assert build(found).status == 1


@pytest.mark.parametrize("reason", ["", "there is no wheel"])
def test_nothing_is_no_page(reason: str, promised: Promised) -> None:
    """A release that shows nothing says why."""
    promised("on_close", CLOSED)
    found = dataclasses.replace(make_release({}), reason=reason)

    with pytest.raises(NotRunnable, match=reason or r"1\.0 shows no cell of miniature"):
        build(found)


def test_a_library_that_promises_nothing_has_no_page() -> None:
    """Nothing could be broken."""
    with pytest.raises(NotRunnable, match=r"documents of miniature 1\.0 promise: see suites/prom"):
        build(make_release({CELL: [BEFORE]}))
