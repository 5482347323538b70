"""From the blocks of a report to entries of a policy: what `--accept` takes, and what it writes."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fixtures.model.text import escape, pluralize

from ..diff.comparison import GONE, Comparison, Difference
from ..diff.group import Group
from ..diff.grouping import group_changes
from ..results.release import WrongInput
from .change_digests import collect_digests
from .policy import Acceptance

ALL_NEW = "all-new"
LONGEST = 300
"""Characters of what an entry says in words."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one acceptance is about: a numbered block of a report, or what is gone (`number` 0)."""

    comparison: Comparison
    number: int
    differences: Sequence[Difference]
    what: str

    def __str__(self) -> str:
        """Its name, and how many cells it has."""
        name = f"{self.comparison.old.library}:{self.number}" if self.number else "gone"
        return f"{name}, {pluralize(len(self.differences), 'cell')}: {self.what}"


def add_accepting(parser: argparse.ArgumentParser) -> None:
    """Declare the options with which changes are accepted."""
    parser.add_argument(
        "--accept",
        action="extend",
        nargs="+",
        type=_block_name,
        default=[],
        metavar="N",
        help=f"accept these blocks, by the numbers of the report (of several libraries "
        f"LIBRARY:N), or '{ALL_NEW}': writes them into the policy; needs --reason",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why what --accept names is accepted")


def require_reason(options: argparse.Namespace) -> None:
    """Raise `WrongInput` if there is an --accept without a --reason, or the other way round."""
    if options.accept and not (options.reason or "").strip():
        raise WrongInput(
            '--accept needs a reason: --accept 1 --reason "we do not look at the code"'
        )
    if options.reason is not None and not options.accept:
        raise WrongInput(f"--reason goes with --accept N or --accept {ALL_NEW}")


def choose_blocks(comparisons: Sequence[Comparison], names: Sequence[str]) -> list[Block]:
    """The blocks of these names, in the order of the report. Raises `WrongInput` for others."""
    found = [block for comparison in comparisons for block in list_blocks(comparison)]
    if ALL_NEW in names:
        return found
    blocks = [block for block in found if block.number]
    chosen: list[Block] = []
    for name in names:
        library, _, number = name.rpartition(":")
        matching = [
            one
            for one in blocks
            if one.number == int(number) and library in ("", one.comparison.old.library)
        ]
        if len(matching) > 1:
            shown = " or ".join(f"{one.comparison.old.library}:{number}" for one in matching)
            raise WrongInput(f"--accept {name}: of which library? Say {shown}")
        if not matching:
            raise WrongInput(f"--accept {name}: {_list_numbers(blocks)}")
        chosen += matching
    return [block for block in found if any(block is one for one in chosen)]


def list_blocks(comparison: Comparison) -> Iterator[Block]:
    """What can be accepted of a comparison: its numbered blocks, then what is gone."""
    for number, group in enumerate(group_changes(comparison), 1):
        yield _block(comparison, number, group)
    gone = comparison.select(GONE)
    for reason in dict.fromkeys(one.reason for one in gone):
        these = [one for one in gone if one.reason == reason]
        yield Block(comparison, 0, these, f"the new release cannot do this: {reason}")


def entry_of(block: Block, reason: str, date: datetime.date) -> Acceptance:
    """The entry that accepts a block and nothing else."""
    old, new = block.comparison.old, block.comparison.new
    what = escape(f"{pluralize(len(block.differences), 'cell')}: {block.what}")
    return Acceptance(
        library=old.library,
        reason=reason,
        date=date,
        old=old.version,
        new=new.version,
        changes=collect_digests(block.differences),
        what=what if len(what) <= LONGEST else f"{what[:LONGEST]}...",
        sometimes=all(one.races for one in block.differences),
    )


def _block(comparison: Comparison, number: int, group: Group) -> Block:
    text = "; ".join(sentence.text for sentence in group.sentences)
    return Block(comparison, number, group.differences, text)


def _list_numbers(blocks: Iterable[Block]) -> str:
    """Which blocks there are."""
    most: dict[str, int] = {}
    for block in blocks:
        most[block.comparison.old.library] = block.number
    if not most:
        return "the report has no change to accept"
    shown = [f"{name}:1 to {name}:{last}" for name, last in most.items()]
    return f"there is no such block; the report has {', '.join(shown)}"


def _block_name(text: str) -> str:
    if text == ALL_NEW or re.fullmatch(r"([\w.-]+:)?[0-9]{1,6}", text):
        return text
    raise argparse.ArgumentTypeError(
        f"{text!r} is neither the number of a block, such as 2 or websockets:2, nor '{ALL_NEW}'"
    )
