"""What an acceptance names: a digest of everything that changes in a cell.

How this works. Each change has canonical forms (`reports.diff.canonical_change`), which hold what
was before and what is now. What matters in one cell, taken together, is one digest; so a cell that
changes in one thing more has another digest, and is not covered. Which changes a race shows differs
from run to run, and what it does is one of a few things: there each behaviour that it shows now has
a digest, of this cell alone, and the cell is covered if all that it shows are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..diff.canonical_change import digest_form
from ..diff.comparison import GONE, Difference


def list_digests(difference: Difference) -> list[str]:
    """What has to be named so that this difference is accepted; nothing if nothing matters."""
    if difference.word == GONE:
        return [digest_form(("gone", difference.reason))]
    forms = sorted(_list_forms(difference))
    if forms and difference.races and difference.counts[1]:
        now = sorted(difference.counts[1])
        return [digest_form(("race", *difference.cell, behaviour)) for behaviour in now]
    return [digest_form(("cell", *forms))] if forms else []


def collect_digests(differences: Iterable[Difference]) -> tuple[str, ...]:
    """What has to be named so that all of these are accepted, in order."""
    return tuple(sorted({digest for one in differences for digest in list_digests(one)}))


def is_named(difference: Difference, named: Collection[str]) -> bool:
    """Whether all that matters in a difference is named."""
    wanted = list_digests(difference)
    return bool(wanted) and all(digest in named for digest in wanted)


def _list_forms(difference: Difference) -> set[str]:
    """The digests of the canonical forms of what matters in a cell."""
    return {digest for one in difference.changes if one.matters for digest in one.digests}
