"""`gate --accept`: writes what accepts blocks of a report into the policy, and says so."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence

import msgspec

from fixtures.model.text import pluralize

from ..diff.comparison import Comparison
from .acceptances import choose_blocks, entry_of
from .policy import Policy
from .policy_file import PolicyFile, default_policy
from .policy_writer import add_entries


def accept_blocks(
    policy: Policy,
    file: PolicyFile | None,
    comparisons: Sequence[Comparison],
    options: argparse.Namespace,
) -> tuple[Policy, list[str]]:
    """Write the entries that accept the blocks that were asked for.

    Gives the policy with these entries, and what to tell. Raises `WrongInput`.
    """
    blocks = choose_blocks(comparisons, options.accept)
    if not blocks:
        return policy, ["there is nothing to accept, so nothing was written"]
    file = file or default_policy()
    today = datetime.date.today()  # of the user's calendar
    entries = [entry_of(block, options.reason, today) for block in blocks]
    add_entries(file, entries)
    told = [f"accepted {block}" for block in blocks]
    told.append(f"{pluralize(len(entries), 'acceptance')} written to {file}: commit it")
    return msgspec.structs.replace(policy, accept=(*policy.accept, *entries)), told
