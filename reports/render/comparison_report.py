"""A comparison of two releases as a reader gets it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.event import WIRE
from fixtures.model.text import pluralize
from suites.cells.story import describe_wire

from ..diff.checks import CHANGED as DOCUMENT_CHANGED
from ..diff.checks import UNCHANGED, CheckChange
from ..diff.cited_docstrings import compare_docstrings, find_promised_object
from ..diff.comparison import (
    ACCEPTED,
    APPEARED,
    CHANGED,
    GONE,
    MATTERS,
    NOT_APPLICABLE,
    NOT_RUNNABLE,
    WORDS,
    Comparison,
    Difference,
)
from ..diff.folding import fold
from ..diff.grouping import (
    CountedCheck,
    Group,
    describe_cell,
    group_changes,
)
from ..program_name import PROGRAM
from ..results.release import Release
from .cell_lines import report_cells
from .listings import list_by_reason, list_minor, list_new
from .section import BAD, COMMAND, DIM, GOOD, PLAIN, Line, Section

MOST_SHORT = 16
"""Changes that are shown in short, where not all is shown."""
MOST_APIS = 4
"""APIs of the library that are explained, where not all is shown."""
MOST_NAMES = 6
"""Names of cells that are shown for a change, where not all is shown."""
NEW = "New: the old release has no such attributes, so no program can rely on them"
CAN_NOW = "New: the old release could not do this, so nothing changes for anybody"
_LONG = re.compile(r"(b?)(['\"])((?:(?!\2).){60,})\2")


def report_comparison(comparison: Comparison, most: int | None = None) -> Iterator[Section]:
    """Everything that is to be said of a comparison; only so many changes in full."""
    yield _head(comparison, None if most is None else MOST_APIS)
    found = group_changes(comparison)
    names = None if most is None else MOST_NAMES
    for number, group in enumerate(found[:most], 1):
        yield Section(f"{number}. {_where(group)}", tuple(_group(group, comparison, names)), BAD)
    rest = found[len(found[:most]) :]
    if rest:
        short = [Line("", _in_short(group), BAD) for group in rest[:MOST_SHORT]]
        more = len(rest) - MOST_SHORT
        short += [Line("", f"and {more} more", DIM)] if more > 0 else []
        heading = f"And {pluralize(len(rest), 'more change')}, in short: --all shows them in full"
        yield Section(heading, tuple(short))
    new = tuple(list_new(comparison, MOST_NAMES))
    if new:
        yield Section(NEW, new)
    titles = {
        APPEARED: CAN_NOW,
        GONE: "Gone: the new release cannot do this",
        NOT_RUNNABLE: "Could not be run",
        ACCEPTED: "Changed, and accepted",
    }
    for word, title in titles.items():
        lines = tuple(list_by_reason(comparison, word))
        if lines:
            yield Section(title, lines, BAD if word in (GONE, NOT_RUNNABLE) else PLAIN)
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


def _head(comparison: Comparison, most: int | None) -> Section:
    words = comparison.words
    shown = ", ".join(f"{words[word]} {word}" for word in WORDS if word in words)
    lines = [Line("cells", f"{shown or 'none'} (a cell: one API of the library in one situation)")]
    releases = (comparison.old, comparison.new)
    pythons = dict.fromkeys(side.python for side in releases if side.python)
    lines += [Line("Python", ", ".join(pythons) or "none was run")]
    lines += [Line("not run", f"{s.label}: {s.reason}", BAD) for s in releases if s.reason]
    touched = {difference.cell[0] for difference in comparison.select(*MATTERS)}
    apis = [surface for surface in SURFACES.values() if surface.name in touched]
    lines += [Line("API", f"{surface}: {surface.idiom}", DIM) for surface in apis[:most]]
    more = len(apis[len(apis[:most]) :])
    lines += [Line("API", f"{more} more: --all shows them", DIM)] if more else []
    return Section(title(comparison), tuple(lines))


def _where(group: Group) -> str:
    cells, racing = len(group.cells), sum(d.sometimes for d in group.differences)
    surfaces = ", ".join(dict.fromkeys(surface for surface, _ in group.cells))
    races = f" ({racing} of them race, and not every run shows it)" if racing else ""
    return f"{pluralize(cells, 'cell')} of {surfaces}{races}"


def _in_short(group: Group) -> str:
    """The first thing that changes, and where."""
    more = f" (and {len(group.sentences) - 1} more)" if len(group.sentences) > 1 else ""
    return f"{_where(group)}: {group.sentences[0].text}{more}"


def _group(group: Group, comparison: Comparison, most: int | None) -> Iterator[Line]:
    for sentence in group.sentences:
        many = _many(len(sentence.cells)) if len(sentence.cells) < len(group.cells) else ""
        yield Line("change", sentence.text + many, BAD)
    for check in group.checks:
        yield from _check(check, len(group.cells))
    yield from _compare_docstring(group, comparison)
    example = group.example
    yield from _count_runs(example)
    yield Line("example", f"{example.cell[1]}: {describe_cell(example.cell)}")
    yield from _wire(example)
    yield Line("see it", command(comparison, example), COMMAND)
    if len(group.cells) > 1:
        yield from report_cells(group.cells, comparison, most)


def _count_runs(difference: Difference) -> Iterator[Line]:
    """How often the example of a race is as it is shown, on both sides."""
    if difference.races and difference.example:
        before, now = difference.counts
        shown = [
            f"as it {when}: before {before.get(one.behaviour_id, 0)} of {sum(before.values())}, "
            f"now {now.get(one.behaviour_id, 0)} of {sum(now.values())}"
            for when, one in zip(("was", "is now"), difference.example, strict=True)
        ]
        yield Line("runs", "; ".join(shown), DIM)


def _compare_docstring(group: Group, comparison: Comparison) -> Iterator[Line]:
    """Whether the docstring changed of what changes, where no check of the group says so."""
    sentence = group.sentences[0]
    if sentence.subject and not group.checks:
        names = dict.fromkeys(d.cell[0] for d in sentence.differences)
        surfaces = [SURFACES[name] for name in names]
        found = compare_docstrings(sentence.subject, surfaces, *comparison.documents)
        if found:
            yield Line("docs", found, DIM)


def _many(count: int) -> str:
    return f" ({pluralize(count, 'cell')})"


def _check(counted: CountedCheck, of: int = 1) -> Iterator[Line]:
    """A check that changed, in a group of so many cells."""
    check, many = counted.change, _many(counted.cells) if counted.cells != of else ""
    if counted.here < counted.cells:
        many = f" ({pluralize(counted.cells, 'cell')}, {counted.here} of them here)"
    label, tone = ("now keeps", GOOD) if check.kept else ("breaks", BAD)
    who = "documented" if check.is_promise else "rule"
    yield Line(label, f"{who}: “{check.says.rstrip('.')}”{many}", tone)
    expected = f"{check.expected}; " if check.is_promise else ""
    yield Line("", f"{expected}{check.source}{_documents(check)}", DIM)
    if check.known:
        was = "was" if check.kept else "is"
        yield Line("", f"which {was} a known deviation: {check.known}", DIM)


def _documents(check: CheckChange) -> str:
    name = find_promised_object(check.check)
    said = {UNCHANGED: "is the same in both", DOCUMENT_CHANGED: "has changed"}
    return f"; the docstring of {name} {said[check.documents]}" if check.documents else ""


def _wire(difference: Difference) -> Iterator[Line]:
    """The wire of both sides, where it differs."""
    if difference.example is None:
        return
    was, now = difference.example
    if was.behaviour["lanes"].get(WIRE) != now.behaviour["lanes"].get(WIRE):
        yield Line("wire before", _short(describe_wire(was)))
        yield Line("wire now", _short(describe_wire(now)))


def _short(text: str) -> str:
    """The text with long payloads cut."""
    return _LONG.sub(lambda m: f"{m[1]}{m[2]}{m[3][:30]}...{m[2]}", text)


def command(comparison: Comparison, difference: Difference) -> str:
    """The command that shows one cell of a comparison again, event by event."""
    old, new = comparison.old, comparison.new
    cell = " and ".join(difference.cell)
    words = ["compare", old.library, old.label, new.label]
    return f"{PROGRAM} {shlex.join(words)} -k {shlex.quote(cell)} --trace"


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
        yield from _check(CountedCheck(check))
    yield from _wire(difference)
    if difference.word != NOT_APPLICABLE:
        yield Line("see it", command(comparison, difference), COMMAND)
