"""A comparison of two releases as a reader gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.text import pluralize

from ..diff.cell_names import describe_cell
from ..diff.comparison import (
    ACCEPTED,
    APPEARED,
    CHANGED,
    GONE,
    MATTERS,
    NOT_APPLICABLE,
    NOT_RUNNABLE,
    WARNED,
    WORDS,
    Comparison,
    Difference,
)
from ..diff.folding import fold
from ..diff.group import CountedCheck, Group
from ..diff.grouping import group_changes
from ..results.release import Release
from .acceptance_lines import report_acceptance
from .change_block import locate, report_check, report_group, report_wire
from .commands_to_see import see_cell
from .listings import list_by_reason, list_minor, list_new
from .overview import list_changes, state_verdict
from .section import BAD, COMMAND, DIM, PLAIN, Line, Section

MOST_APIS = 4
"""APIs of the library that are explained, where not all is shown."""
NEW = "New: the old release has no such attributes, so no program can rely on them"
CAN_NOW = "New: the old release could not do this, so nothing changes for anybody"


def report_comparison(
    comparison: Comparison, most: int | None = None, *, accept: bool = False
) -> Iterator[Section]:
    """Everything that is to be said of a comparison; only so many changes in full.

    `accept`: with what to write so that a change is accepted.
    """
    found = group_changes(comparison)
    yield Section(title(comparison), tuple(_head(comparison, found)))
    yield from list_changes(found)
    for number, group in enumerate(found[:most], 1):
        how = report_acceptance(comparison, group.differences, number) if accept else ()
        lines = (*report_group(group, comparison, whole=most is None), *how)
        yield Section(f"{number}. {locate(group)}", lines, BAD)
    rest = len(found[len(found[:most]) :])
    if rest:
        more = Line("", f"{pluralize(rest, 'more change')}: --all shows them in full", DIM)
        yield Section("More", (more,))
    yield from _list_others(comparison, whole=most is None, accept=accept)
    yield from _list_apis(comparison, None if most is None else MOST_APIS)


def _list_others(comparison: Comparison, *, whole: bool, accept: bool) -> Iterator[Section]:
    """What is new, gone, not runnable, accepted or minor."""
    new = tuple(list_new(comparison, whole=whole))
    if new:
        yield Section(NEW, new)
    titles = {
        APPEARED: CAN_NOW,
        GONE: "Gone: the new release cannot do this",
        NOT_RUNNABLE: "Could not be run",
        WARNED: "Changed, of a kind that only warns",
        ACCEPTED: "Changed, and accepted",
    }
    for word, heading in titles.items():
        lines = tuple(list_by_reason(comparison, word, whole=whole, accept=accept))
        if lines:
            yield Section(heading, lines, BAD if word in (GONE, NOT_RUNNABLE) else PLAIN)
    minor = tuple(list_minor(comparison))
    if minor:
        yield Section(
            "Minor: wording, log records, orders that no promise or rule is about", minor, DIM
        )


def title(comparison: Comparison) -> str:
    """What is compared: `websocket-client 1.8.0 -> 1.9.0`."""
    old, new = comparison.old, comparison.new
    return f"{old.library} {_label(old)} -> {_label(new)}"


def _label(side: Release) -> str:
    if side.label == side.version or not side.version:
        return side.label
    return f"{side.label} ({side.version})"


def _head(comparison: Comparison, groups: Sequence[Group]) -> Iterator[Line]:
    words = comparison.words
    shown = ", ".join(f"{words[word]} {word}" for word in WORDS if word in words)
    yield state_verdict(comparison, groups)
    yield Line("cells", f"{shown or 'none'} (a cell: one API of the library in one situation)")
    releases = (comparison.old, comparison.new)
    pythons = dict.fromkeys(side.python for side in releases if side.python)
    yield Line("Python", ", ".join(pythons) or "none was run")
    for side in releases:
        if side.reason:
            yield Line("not run", f"{side.label}: {side.reason}", BAD)
    recorded = [side for side in releases if side.suite and not side.reason]
    if recorded:
        sides = " and ".join(side.label for side in recorded)
        suites = " and ".join(dict.fromkeys(side.suite for side in recorded))
        said = f"{sides}: as stored, with suite {suites}; --run compares texts and docstrings too"
        yield Line("recorded", said, DIM)


def _list_apis(comparison: Comparison, most: int | None) -> Iterator[Section]:
    """How the APIs are used in which something changes."""
    touched = {difference.cell[0] for difference in comparison.select(*MATTERS)}
    apis = [surface for surface in SURFACES.values() if surface.name in touched]
    lines = [Line("API", f"{surface}: {surface.idiom}", DIM) for surface in apis[:most]]
    more = len(apis) - len(lines)
    lines += [Line("", f"{more} more: --all shows them", DIM)] if more else []
    if lines:
        yield Section("The APIs that are named here, and how they are used", tuple(lines), DIM)


def report_difference(difference: Difference, comparison: Comparison) -> Iterator[Line]:
    """What is to be said of one cell alone."""
    yield Line("", f"{difference.cell[0]}: {describe_cell(difference.cell)}")
    yield Line("compared", title(comparison))
    if difference.reason:
        label = "before" if difference.word == CHANGED else difference.word
        before = "before: " if difference.word == APPEARED else ""
        yield Line(label, f"{before}{difference.reason}", BAD)
    if difference.sometimes and difference.word == CHANGED:
        yield Line("race", "some runs are as before: not every run shows what follows", DIM)
    for change, text, _ in fold(difference.changes, lambda one: (one.minor, one.new)):
        label = "minor" if change.minor else "new" if change.new else "change"
        yield Line(label, text, BAD if change.matters else DIM)
    for check in difference.checks:
        yield from report_check(CountedCheck(check, where=(difference.cell,)))
    yield from report_wire(difference)
    if difference.word != NOT_APPLICABLE:
        yield Line("see it", see_cell(comparison, difference.cell), COMMAND)
