"""Every cell of two releases gets its word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.trace import Trace
from reports.diff.comparison import compare, find_doubtful, find_unconfirmed
from reports.results.release import CellResult
from suites.judging.expectations import Fact, called
from suites.judging.finding import Finding

from ..conftest import Miniature, Promised
from ..miniatures.miniature_pairs import (
    AFTER,
    BEFORE,
    CELL,
    CHANGED,
    RACE,
    compare_releases,
    describe_exception,
    release,
    trace,
)
from ..miniatures.miniature_traces import report


@pytest.fixture(autouse=True)
def _known(known: Miniature) -> None:
    """The miniature's surface is one of the known ones."""
    known()


WORDS = (
    ([BEFORE], [BEFORE], "same"),
    ([BEFORE], [AFTER], "changed"),
    ("cannot", [AFTER], "appeared"),
    ([BEFORE], "cannot any more", "gone"),
    ("cannot", "cannot", "not applicable"),
    ([BEFORE], [trace(problems=("the peer failed",))], "not runnable"),
)


@pytest.mark.parametrize(("old", "new", "wanted"), WORDS)
def test_a_cell_gets_its_word(old: object, new: object, wanted: str) -> None:
    """Same, changed, appeared, gone, not applicable, not runnable."""
    found = compare_releases({CELL: old}, {CELL: new})  # type: ignore[dict-item] # traces, or a reason

    assert found.words == {wanted: 1}


def test_wording_is_minor() -> None:
    """A cell in which only a text differs is minor."""
    texts = [trace(report("failed", "on_error", describe_exception("Lost", text))) for text in "ab"]

    assert compare_releases({CELL: texts[:1]}, {CELL: texts[1:]}).words == {"minor": 1}


def test_an_order_that_is_promised_is_not_minor(promised: Promised) -> None:
    """An order is minor until a promise speaks of it."""
    events = report("message", "on_message", "a"), report("closed", "on_close")
    pair = {CELL: [trace(*events)]}, {CELL: [trace(*reversed(events))]}
    before = compare_releases(*pair)
    promised("order", called("on_message", ...).before("on_close"))

    assert before.words == {"changed": 1}  # by a rule: nothing comes after the close
    assert [change.minor for change in compare_releases(*pair).differences[0].changes] == [False]


def test_a_failure_says_which_side() -> None:
    """The reason of a cell that could not be run begins with the side."""
    fault = compare_releases({CELL: [BEFORE]}, {CELL: [trace(problems=("no peer",))]}).differences[
        0
    ]
    failed = replace(release("2.0", {}), cells={CELL: CellResult(reason="it died", failed=True)})
    died = compare(release("1.0", {CELL: [BEFORE]}), failed, [CELL]).differences[0]
    absent = compare(release("1.0", {CELL: [BEFORE]}), release("2.0", {}), [CELL]).differences[0]

    assert [one.reason for one in (fault, died, absent)] == [
        "2.0: no peer",
        "2.0: it died",
        "2.0: it was not run",
    ]


def test_a_release_that_cannot_run_is_the_reason_of_every_cell() -> None:
    """Nothing is judged then."""
    broken = replace(release("2.0", {}), reason="no wheel")
    found = compare(release("1.0", {CELL: [BEFORE]}), broken, [CELL])

    assert (found.judged, found.reason) == (0, "no wheel")
    assert found.differences[0].reason == "2.0: no wheel"


def test_only_races_are_in_doubt() -> None:
    """A racing cell whose sets differ a little is to be run again."""
    sets = {CELL: [BEFORE, AFTER], RACE: [BEFORE, AFTER]}, {CELL: [BEFORE], RACE: [BEFORE]}

    assert find_doubtful(release("1.0", sets[0]), release("2.0", sets[1])) == [RACE]
    assert find_doubtful(release("1.0", sets[0]), release("2.0", {})) == []


@pytest.mark.parametrize("on_asyncio", [False, True])
def test_changes_of_threads_are_confirmed(
    on_asyncio: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change seen once is confirmed; a surface on asyncio does the same each time."""
    timed = replace(SURFACES["miniature"], on_asyncio=on_asyncio)
    monkeypatch.setitem(SURFACES, "miniature", timed)
    once, twice = (
        compare_releases(*CHANGED),
        compare_releases({CELL: [BEFORE] * 2}, {CELL: [AFTER] * 2}),
    )
    varying = compare_releases({CELL: [BEFORE] * 2}, {CELL: [AFTER, AFTER, BEFORE]})
    again = [] if on_asyncio else [CELL]

    assert [find_unconfirmed(found) for found in (once, twice, varying)] == [again, [], again]


def test_a_default_that_appears_changes_every_program() -> None:
    """An option that works unless it is turned off is a change; any other one is new."""
    options = "serve() has no open_timeout in this release", "serve() has no logger in this release"
    new = {CELL: [trace(waited="1 x open_timeout")]}
    default, other = (compare_releases({CELL: reason}, new) for reason in options)
    (difference,) = default.differences

    assert (default.words, other.words) == ({"changed": 1}, {"appeared": 1})
    assert [change.text for change in difference.changes] == [
        "`serve` now has `open_timeout`, with a default for every program: here it ends after "
        f"{SURFACES['miniature'].timeouts.open:g} s (as long as open_timeout)"
    ]
    assert find_unconfirmed(default) == []


class NotThere(Fact):
    """The connection has no such attribute."""

    def judge(self, trace: Trace) -> Finding:
        """Look at the end facts."""
        return Finding(trace.facts[self.name] == {"not there": True}, "what is recorded")


def test_an_attribute_that_only_appears_is_new(promised: Promised) -> None:
    """Its cell has appeared, which is no failure; it has changed if a promise breaks by it."""
    absent = {"close_code": {"not there": True}}
    pair = {CELL: [trace(facts=absent)]}, {CELL: [trace(facts={"close_code": 1000})]}

    assert compare_releases(*pair).words == {"appeared": 1}
    assert compare_releases(*reversed(pair)).words == {"changed": 1}
    promised("close_code", NotThere("close_code", None))
    assert compare_releases(*pair).words == {"changed": 1}
