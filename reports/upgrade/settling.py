"""A comparison under a policy: what is accepted, what only warns, which acceptances are stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ..diff.comparison import (
    ACCEPTED,
    CHANGED,
    MATTERS,
    NOT_RUNNABLE,
    WARNED,
    Comparison,
    Difference,
)
from ..results.cell_selection import cells_of
from ..results.release import Cell
from ..results.targets import library_named
from .policy import ALLOW, DENY, WARN, Acceptance, Policy


@dataclass(frozen=True, slots=True)
class Settled:
    """A comparison with the accepted changes marked, and the acceptances that match nothing."""

    comparison: Comparison
    unused: tuple[Acceptance, ...]


def settle_all(policy: Policy, comparisons: Iterable[Comparison]) -> list[Settled]:
    """Each comparison under a policy."""
    return [settle(policy, one, _list_cells(policy, one)) for one in comparisons]


def _list_cells(policy: Policy, comparison: Comparison) -> Sequence[Cell]:
    """All cells of a library, which only acceptances ask for."""
    asked = any(entry.is_about(comparison) for entry in policy.accept)
    return cells_of(library_named(comparison.old.library)) if asked else ()


def settle(policy: Policy, comparison: Comparison, cells: Iterable[Cell]) -> Settled:
    """Mark what is accepted, and find the acceptances that no longer match.

    `cells` are all that the library has. An acceptance is stale if it is about this library and
    these releases, every cell that it may be about was compared, and it accepts none.
    """
    ours = [entry for entry in policy.accept if entry.is_about(comparison)]
    used: set[int] = set()
    differences = []
    for difference in comparison.differences:
        matching = _find_matching(ours, difference)
        used.update(matching)
        reasons = [f"{ours[number].date}: {ours[number].reason}" for number in matching]
        differences.append(_mark(policy, difference, reasons))
    compared = {one.cell for one in comparison.differences if one.word != NOT_RUNNABLE}
    possible = [cell for cell in cells if policy.uses(cell)]
    unused = tuple(
        entry
        for number, entry in enumerate(ours)
        if number not in used and _is_stale(entry, possible, compared)
    )
    return Settled(replace(comparison, differences=tuple(differences)), unused)


def _find_matching(entries: Sequence[Acceptance], difference: Difference) -> list[int]:
    if difference.word not in MATTERS:
        return []
    return [number for number, entry in enumerate(entries) if entry.accepts(difference)]


def _mark(policy: Policy, difference: Difference, reasons: Sequence[str]) -> Difference:
    """The difference with the word that the policy has for it."""
    if reasons:
        return replace(difference, word=ACCEPTED, reason="; ".join(reasons))
    if difference.word != CHANGED:
        return difference
    kinds = dict.fromkeys(one.kind for one in difference.changes if one.matters)
    found = {kind: policy.level_of(kind) for kind in kinds}
    if not found or DENY in found.values():
        return difference
    level, word = (WARN, WARNED) if WARN in found.values() else (ALLOW, ACCEPTED)
    named = ", ".join(kind for kind, other in found.items() if other == level)
    texts = "; ".join(one.text for one in difference.changes if one.matters)
    return replace(difference, word=word, reason=f"{level} {named}: {texts}")


def _is_stale(entry: Acceptance, possible: Iterable[Cell], compared: Collection[Cell]) -> bool:
    """Whether an acceptance that matches nothing would match if anything were to match."""
    about = [cell for cell in possible if entry.names(cell)]
    return bool(about) and not entry.sometimes and all(cell in compared for cell in about)
