"""Contradictions: expectations that no run can meet together, and pairs that only look so."""

from __future__ import annotations

import pytest

from suites.judging.contradiction import contradict
from suites.judging.expectations import Expectation, both, called, ends, fact, raised, returned

from ..miniatures.miniature_traces import make_trace, report

ONE_CALL = make_trace(report("returned", "run", True, how="returned"))
TWO_CALLS = make_trace(*ONE_CALL.events, report("raised", "run", "Closed", how="raised"))
NEVER = called("on_close", ...).never()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NEVER, called("on_close", ...).once()),
        (NEVER, called("on_close", 1000, "bye")),
        (called("on_close", 1000).never(), called("on_close", 1000)),
        (both(ends("at once"), NEVER), both(fact("code", 1000), called("on_close", 1000))),
        (raised("run", "Closed"), returned("run", True).once()),
        (ends("at once", "1 x close_timeout"), ends("2 x close_timeout")),
    ],
    ids=str,
)
def test_both_cannot_be_true(one: Expectation, other: Expectation) -> None:
    """A contradiction is found in either order of the two expectations."""
    assert contradict(one, other, ONE_CALL)
    assert contradict(other, one, ONE_CALL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NEVER, called("on_error", ...)),
        (NEVER, called("on_close", ...).never()),
        (called("on_close", 1000).never(), called("on_close", 1001)),
        (raised("run", "Closed").never(), returned("run", True)),
        (raised("on_close", "Closed"), NEVER),
        (called("on_close"), called("on_close", 1000)),
        (ends("at once", "hang"), ends("hang")),
    ],
    ids=str,
)
def test_both_can_be_true(one: Expectation, other: Expectation) -> None:
    """Expectations about other events, other arguments, or other things are no contradiction."""
    assert not contradict(one, other, ONE_CALL)
    assert not contradict(other, one, ONE_CALL)


def test_a_call_that_is_made_again_may_end_in_both_ways() -> None:
    """A call that is made twice may return first and raise then."""
    assert not contradict(raised("run", "Closed"), returned("run", True), TWO_CALLS)
