"""Blocks of a report by their names, and the entries that accept them."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from reports.diff.comparison import ACCEPTED, CHANGED, GONE, Comparison
from reports.history.change_points import between
from reports.history.stored_history import load
from reports.render.upgrade_report import report_upgrade
from reports.results.release import Cell, WrongInput
from reports.upgrade.acceptances import ALL_NEW, choose_blocks, entry_of, list_blocks
from reports.upgrade.change_digests import collect_digests, is_named
from reports.upgrade.exit_status import UpgradeResult
from reports.upgrade.policy import Policy
from reports.upgrade.settling import settle

from ..conftest import Miniature
from ..miniatures.miniature_pairs import AFTER, BEFORE, CELL, compare_releases, trace
from ..miniatures.miniature_traces import report

CELLS: list[Cell] = [("miniature", f"peer_closes_with_code_{code}") for code in (1000, 1001, 1002)]
LATER = datetime.date(2027, 1, 2)
LOUD = trace(report("opened", "on_open"), report("closed", "on_close"))


@pytest.fixture(autouse=True)
def _known(known: Miniature) -> None:
    """The miniature's surface is one of the known ones."""
    known()


def compared() -> Comparison:
    """Two changes, and two things that the new release cannot do."""
    first, second, third = CELLS
    old = {CELL: [BEFORE], first: [trace()], second: [BEFORE], third: [BEFORE]}
    return compare_releases(old, {CELL: [AFTER], first: [LOUD], second: "not", third: "never"})


def other() -> Comparison:
    """The same of another library."""
    found = compared()
    return replace(found, old=replace(found.old, library="tornado"))


def test_a_block_is_accepted_and_nothing_else() -> None:
    """Each of them, whatever it is: by its number, or all at once."""
    found = compared()
    for block in list_blocks(found):
        policy = Policy(accept=(entry_of(block, "so", LATER),))
        words = settle(policy, found, []).comparison.words

        assert words[ACCEPTED] == len(block.differences) == 1
        assert words.get(CHANGED, 0) + words.get(GONE, 0) == 3


def test_all_that_is_new_is_accepted() -> None:
    """What is gone as well, which has no number."""
    blocks = choose_blocks([compared()], [ALL_NEW])
    policy = Policy(accept=tuple(entry_of(block, "so", LATER) for block in blocks))

    assert [block.number for block in blocks] == [1, 2, 0, 0]
    assert settle(policy, compared(), []).comparison.words == {ACCEPTED: 4}
    assert str(blocks[2]) == "gone, 1 cell: the new release cannot do this: not"


def test_what_is_accepted_has_no_number_any_more() -> None:
    """The blocks are those of the report."""
    first, *_ = list_blocks(compared())
    policy = Policy(accept=(entry_of(first, "so", LATER),))
    left = list(list_blocks(settle(policy, compared(), []).comparison))

    assert [block.number for block in left] == [1, 0, 0]


def test_blocks_are_named() -> None:
    """By number and, of several libraries, by that as well; in the order of the report."""
    both = [compared(), other()]
    chosen = choose_blocks(both, ["tornado:2", "miniature:1", "tornado:2"])

    assert [str(block).partition(",")[0] for block in chosen] == ["miniature:1", "tornado:2"]
    with pytest.raises(WrongInput, match="Say miniature:1 or tornado:1"):
        choose_blocks(both, ["1"])
    with pytest.raises(WrongInput, match="report has miniature:1 to miniature:2, tornado:1 to"):
        choose_blocks(both, ["3"])


def test_a_report_without_a_change_has_no_block() -> None:
    """And that is said."""
    same = compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]})

    assert choose_blocks([same], [ALL_NEW]) == []
    with pytest.raises(WrongInput, match="--accept 1: the report has no change to accept"):
        choose_blocks([same], ["1"])


def test_a_report_shows_what_accepts_each_block() -> None:
    """What is gone as well; where nothing can be accepted, nothing is shown."""
    found = UpgradeResult((compared(),), acceptable=True)
    lines = [line for section in report_upgrade(found) for line in section.lines]
    without = [
        one for section in report_upgrade(UpgradeResult((compared(),))) for one in section.lines
    ]

    assert sum(line.label == "as TOML" for line in lines) == 4
    assert [line.text for line in lines if line.label == "accept"] == [
        f'--accept {number} --reason "..."' for number in (1, 2)
    ]
    assert not {"accept", "as TOML"} & {line.label for line in without}


PAIRS = (
    ("websocket-client", "1.8.0", "1.9.2"),
    ("websockets", "13.1", "17.4"),
    ("tornado", "6.4.2", "6.6.1"),
)


@pytest.mark.integration
@pytest.mark.parametrize(("library", "old", "new"), PAIRS)
def test_no_block_of_real_releases_is_covered_by_another(library: str, old: str, new: str) -> None:
    """What accepts a block accepts its cells and no other one."""
    history = load(library)
    blocks = list(list_blocks(between(history, old, new, history.cells)))
    named = [set(collect_digests(block.differences)) for block in blocks]

    assert len(blocks) > 20
    for number, block in enumerate(blocks):
        others = set().union(*named[:number], *named[number + 1 :])
        assert not any(is_named(one, others) for one in block.differences), str(block)


def test_what_is_said_of_a_block_is_cut() -> None:
    """A policy is read by people."""
    [block, *_] = list_blocks(compared())
    entry = entry_of(replace(block, what="x\n" * 900), "so", LATER)

    assert len(entry.what) == 303
    assert entry.what.isprintable()
