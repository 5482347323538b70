"""A promise or rule that one side keeps and the other does not is found."""

from __future__ import annotations

import dataclasses

import pytest

from fixtures.model.trace import Trace
from reports.diff.checks import (
    CHANGED,
    UNCHANGED,
    UNKNOWN,
    CheckChange,
    Evidence,
    compare_checks,
)
from suites.judging.expectations import ANYTHING, PEER_CODE, called
from suites.judging.issues import Deviation

from ..conftest import Miniature, Promised, deviation
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, report_close, trace
from ..miniatures.miniature_traces import report

OBJECT = "mini.Miniature.on_close"
ENTRY = deviation(
    check="miniature.on_close", signatures=("on_close(None*",), link="https://example.org/1"
)


@pytest.fixture(autouse=True)
def _promise(known: Miniature, promised: Promised) -> None:
    """The miniature promises that `on_close` gets the peer's code."""
    known()
    promised("on_close", called("on_close", PEER_CODE, ANYTHING))


def found(
    old: Trace,
    new: Trace,
    documents: tuple[dict[str, str], dict[str, str]] = ({}, {}),
    *listed: Deviation,
) -> list[CheckChange]:
    """The checks that differ between two traces."""
    return compare_checks(
        CELL, Evidence([old], documents[0]), Evidence([new], documents[1]), listed
    )


def test_a_promise_that_is_broken_is_reported() -> None:
    """The new side breaks what the old one kept."""
    (check,) = found(BEFORE, AFTER)

    assert (check.check, check.kept, check.recorded) == (
        "miniature.on_close",
        False,
        "on_close(None, None)",
    )
    assert check.is_promise


def test_a_promise_that_is_kept_now_is_reported() -> None:
    """The other way round, the promise is kept now, and what stood in the way is reported."""
    (check,) = found(AFTER, BEFORE)

    assert (check.kept, check.recorded) == (True, "on_close(None, None)")


def test_what_is_broken_on_both_sides_is_not_reported() -> None:
    """Nothing changed there."""
    assert found(AFTER, AFTER) == found(BEFORE, BEFORE) == []


def test_rules_are_checks_as_well() -> None:
    """A rule is distinguished from a promise, and is the same one for every surface."""
    twice = [report("closed", "on_close", 1000, "", code=1006)] * 2
    rules = [check for check in found(trace(twice[0]), trace(*twice)) if not check.is_promise]

    assert [rule.check for rule in rules] == ["rule.close_is_reported_once"]
    assert rules[0].key[0] == "rule.close_is_reported_once"


def test_a_promise_of_siblings_is_one() -> None:
    """The key of a promise is what it says, and names no surface."""
    (check,) = found(BEFORE, AFTER)

    assert check.key[0] == check.says == "It is called at the end."


def test_documents_tell_whether_they_changed() -> None:
    """The docstring of the object that a promise cites is compared."""
    same, other = {OBJECT: "1"}, {OBJECT: "2"}

    assert found(BEFORE, AFTER, (same, same))[0].documents == UNCHANGED
    assert found(BEFORE, AFTER, (same, other))[0].documents == CHANGED
    assert found(BEFORE, AFTER, (same, {}))[0].documents == UNKNOWN


def test_a_known_deviation_gives_its_link() -> None:
    """What is listed is reported with its link; what is listed otherwise is not."""
    other = dataclasses.replace(ENTRY, signatures=("nothing",))

    assert found(BEFORE, AFTER, ({}, {}), other, ENTRY)[0].known == "https://example.org/1"
    assert found(BEFORE, AFTER, ({}, {}), other)[0].known == ""


def test_what_is_recorded_is_not_cut_where_it_looks_like_several() -> None:
    """A close reason may hold what stands between the texts of several runs."""
    entry = dataclasses.replace(ENTRY, signatures=("on_close(1001, 'a | b')",))

    links = {
        one.check: one.known for one in found(BEFORE, report_close(1001, "a | b"), ({}, {}), entry)
    }
    assert links["miniature.on_close"] == "https://example.org/1"
