"""What an acceptance names is the change: not the words for it, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fixtures.model.trace import Trace
from reports.diff.comparison import Difference
from reports.results.release import Cell
from reports.upgrade.change_digests import collect_digests, is_named, list_digests

from ..conftest import Miniature
from ..miniatures.miniature_pairs import (
    AFTER,
    BEFORE,
    CELL,
    RACE,
    compare_releases,
    report_close,
    trace,
)
from ..miniatures.miniature_traces import report

OTHER: Cell = ("miniature", "peer_closes_with_code_1001")
SEEN = "9c77179f0459"
"""The digest of the miniature's change: another one makes every stored acceptance void."""


@pytest.fixture(autouse=True)
def _known(known: Miniature) -> None:
    """The miniature's surface is one of the known ones."""
    known()


def differ(*cells: Cell, old: Trace = BEFORE, new: Trace = AFTER) -> list[Difference]:
    """What differs in these cells."""
    before, now = {cell: [old] for cell in cells}, {cell: [new] for cell in cells}
    return list(compare_releases(before, now).differences)


def test_a_digest_is_what_it_was() -> None:
    """On every machine, with every version of the suite."""
    assert list_digests(differ(CELL)[0]) == [SEEN]


def test_the_words_are_no_part_of_it() -> None:
    """Nor is what a report says of a change."""
    [found] = differ(CELL)
    reworded = tuple(replace(one, text="said anew", subject="x") for one in found.changes)

    assert list_digests(replace(found, changes=reworded)) == list_digests(found)


def test_a_change_is_the_same_whatever_the_script_gave() -> None:
    """The peer's code is the peer's code, in every cell."""
    old = report_close(1001, "away", code=1001, reason="away")
    new = report_close(None, None, code=1001, reason="away")

    assert collect_digests(differ(OTHER, old=old, new=new)) == collect_digests(differ(CELL))


@pytest.mark.parametrize(
    "new",
    [
        report_close(1000, None),
        report_close(),
        replace(AFTER, events=(*AFTER.events, AFTER.events[-1])),
        replace(AFTER, events=(*AFTER.events, report("returned", "run", True, how="returned"))),
        replace(AFTER, facts={"leftover sockets": 1}),
        replace(AFTER, waited="hang"),
        replace(AFTER, events=AFTER.events[:3] + AFTER.events[4:]),
    ],
    ids=["arguments", "none", "twice", "a call", "a fact", "it hangs", "the wire"],
)
def test_anything_else_is_something_else(new: Trace) -> None:
    """Whatever differs besides makes another digest, and is not covered."""
    [found] = differ(CELL, new=new)

    assert not is_named(found, [SEEN])
    assert is_named(found, list_digests(found))


def test_what_does_not_matter_is_not_named() -> None:
    """Nothing covers what is the same."""
    [found] = differ(CELL, new=BEFORE)

    assert list_digests(found) == []
    assert not is_named(found, [SEEN])


def test_a_race_is_covered_if_all_that_it_shows_is_named() -> None:
    """Of several outcomes, another run may show fewer; one that is unknown is not covered."""
    late = trace(report("closed", "on_close", 1006, "", code=1006))
    [both] = compare_releases({RACE: [BEFORE] * 9}, {RACE: [AFTER] * 5 + [late] * 4}).differences
    [one] = compare_releases({RACE: [BEFORE] * 9}, {RACE: [AFTER] * 9}).differences

    assert is_named(one, list_digests(both))
    assert not is_named(both, list_digests(one))


def test_what_is_gone_is_named_by_its_reason() -> None:
    """The new release can no longer do it."""
    [gone] = compare_releases({CELL: [BEFORE]}, {CELL: "there is no run()"}).differences
    [other] = compare_releases({CELL: [BEFORE]}, {CELL: "there is no on_open"}).differences

    assert is_named(gone, list_digests(gone))
    assert not is_named(other, list_digests(gone))
