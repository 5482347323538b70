"""How to accept a change, as lines of its block: the command, and the TOML that it writes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from ..diff.comparison import Comparison, Difference
from ..upgrade.acceptances import Block, entry_of
from ..upgrade.policy_writer import format_entry
from .section import COMMAND, Line

REASON = "..."
"""What stands for the reason, which is the reader's to give."""


def report_acceptance(
    comparison: Comparison, differences: Sequence[Difference], number: int = 0
) -> Iterator[Line]:
    """The TOML that accepts these cells, and the option that writes it where there is one."""
    if number:
        yield Line("accept", f'--accept {number} --reason "{REASON}"', COMMAND)
    yield Line("as TOML", format_acceptance(comparison, differences), COMMAND)


def format_acceptance(comparison: Comparison, differences: Sequence[Difference]) -> str:
    """The TOML in one line: a whole policy."""
    block = Block(comparison, 0, differences, "")
    entry = entry_of(block, REASON, datetime.date.today())  # of the user's calendar
    return format_entry(msgspec.structs.replace(entry, what=""))
