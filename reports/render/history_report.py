"""A history as a reader gets it: which release changed what, oldest first."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fixtures.model.event import WIRE
from fixtures.model.text import pluralize

from ..diff.cell_names import name_scenarios
from ..diff.comparison import APPEARED, GONE, MINOR, NOT_RUNNABLE, Comparison, Difference
from ..diff.group import Group
from ..diff.grouping import group_changes, group_minor_changes, group_new_changes
from ..history import History
from ..history.change_points import change_points, count_cells, result
from ..program_name import PROGRAM
from ..results.release import Cell
from .overview import cut
from .section import BAD, COMMAND, DIM, GOOD, Line, Section

MOST_LEADS = 2
"""Changes of a release that a summary states."""
LONGEST = 90
"""Characters of each."""
MOST_CELLS = 8
"""Scenarios of a surface that are named; `compare` names them all."""


NO_CELLS = count_cells(())
WORDING = "the history holds no texts of errors and log records; compare sees those change"
MOST_RELEASES = 5
"""Releases that cannot be run and are named one by one."""


def report_missing_cells(chosen: Sequence[Cell], held: Sequence[Cell]) -> Iterator[Line]:
    """That the history does not hold every cell that was chosen, if so."""
    if len(chosen) > len(held):
        yield Line(
            "missing",
            f"the history holds {len(held)} of {count_cells(chosen)} that are selected",
            BAD,
        )


def report_history(
    history: History, cells: Sequence[Cell], *, minor: bool = False
) -> Iterator[Section]:
    """The change points of these cells, oldest first."""
    found = change_points(history, cells)
    yield _head(history, cells, found)
    for point in found:
        lines = list(report_change_point(point, alone=len(cells) == 1))
        if minor:
            lines += report_minor(point)
        if lines:
            lines.append(Line("see it", _command(point), COMMAND))
            yield Section(f"since {point.new.label}", tuple(lines))


def summarize_history(history: History, cells: Sequence[Cell]) -> Iterator[Section]:
    """What each release changes in these cells: in how many, in how many ways, and what leads."""
    found = change_points(history, cells, judged=False)
    yield _head(history, cells, found)
    lines = [line for point in found for line in _summarize_point(point)]
    if lines:
        yield Section("What each release changes, against the one before", tuple(lines))


def _summarize_point(point: Comparison) -> Iterator[Line]:
    groups = group_changes(point)
    cells = sum(len(group.cells) for group in groups)
    parts = [f"{count_cells(range(cells))} in {pluralize(len(groups), 'way')}"] if groups else []
    words = {APPEARED: "new", GONE: "gone", NOT_RUNNABLE: "not run"}
    counts = [(len(point.select(word)), title) for word, title in words.items()]
    parts += [f"{count} {title}" for count, title in counts if count]
    if not parts:
        return
    yield Line(point.new.label, f"{', '.join(parts)}{':' if groups else ''}")
    for group in groups[:MOST_LEADS]:
        many = f" ({count_cells(group.cells)})" if len(groups) > 1 else ""
        yield Line("", f"{cut(group.sentences[0].text, LONGEST)}{many}", BAD)


def _head(history: History, cells: Sequence[Cell], found: Sequence[Comparison]) -> Section:
    first, last = history.runnable[0], history.runnable[-1]
    changed = {difference.cell for point in found for difference in point.differences}
    small = [(point.new.label, count_cells(point.select(MINOR))) for point in found]
    where = ", ".join(f"{release} ({count})" for release, count in small if count != NO_CELLS)
    lines = [
        Line("releases", f"{len(history.runnable)}, run with {history.code.python}"),
        Line("cells", f"{len(cells)} selected, {len(changed)} of them changed"),
        *([Line("minor", f"{where}: no more than what --minor shows", DIM)] if where else []),
        Line("wording", WORDING, DIM),
    ]
    lines += report_not_run(history.releases)
    if len(cells) == 1:
        lines += report_shown(history, cells[0], first, "at first")
    return Section(f"{history.library} {first} to {last}", tuple(lines))


def report_not_run(releases: Mapping[str, str | None]) -> Iterator[Line]:
    """The releases that cannot be run, by reason; of many, the first and the last."""
    reasons = defaultdict[str, list[str]](list)
    for version, reason in releases.items():
        if reason is not None:
            reasons[reason].append(version)
    for reason, versions in reasons.items():
        which = ", ".join(versions)
        if len(versions) > MOST_RELEASES:
            which = f"{versions[0]} to {versions[-1]}, {len(versions)} releases"
        yield Line("not run", f"{which}: {reason}", DIM)


def report_shown(
    history: History, cell: Cell, version: str, label: str = "shows"
) -> Iterator[Line]:
    """What the application sees, one line for each outcome."""
    found = result(history, cell, version)
    for trace in found.traces:
        events = trace.events
        yield Line(label, ", ".join(str(event) for event in events if event.lane != WIRE))
    if not found.traces:
        yield Line(label, f"nothing: {found.reason}")


def report_change_point(point: Comparison, *, alone: bool) -> Iterator[Line]:
    """What changes, group by group, with the checks that break or are kept now."""
    for group in group_changes(point):
        yield from _group(group, alone=alone)
    together = defaultdict[frozenset[Cell], list[str]](list)
    for sentence in group_new_changes(point):
        together[frozenset(sentence.cells)].append(sentence.text)
    for places, texts in together.items():
        cells = [d.cell for d in point.differences if d.cell in places]
        yield Line("" if alone else count_cells(cells), f"new: {'; '.join(texts)}")
        yield from _cells(cells, alone=alone)
    titles = {APPEARED: "new", GONE: "gone", NOT_RUNNABLE: "not run"}
    for word, title in titles.items():
        reasons = defaultdict[str, list[Difference]](list)
        for difference in point.select(word):
            if difference.reason:
                reasons[difference.reason].append(difference)
        for reason, where in reasons.items():
            before = " (before: " if word == APPEARED else " ("
            yield Line("" if alone else count_cells(where), f"{title}{before}{reason})")
            yield from _cells([d.cell for d in where], alone=alone)


def _group(group: Group, *, alone: bool) -> Iterator[Line]:
    for index, sentence in enumerate(group.sentences):
        many = "" if len(sentence.cells) == len(group.cells) else f" ({len(sentence.cells)} cells)"
        label = "" if index or alone else count_cells(group.cells)
        race = "" if index or not group.sometimes else " (a race: not in every run)"
        yield Line(label, sentence.text + many + race, BAD)
    for check in group.checks:
        label, tone = ("now keeps", GOOD) if check.change.kept else ("breaks", BAD)
        who = "documented" if check.change.is_promise else "rule"
        yield Line(label, f"{who}: “{check.change.says.rstrip('.')}”", tone)
    yield from _cells(group.cells, alone=alone)


def _cells(cells: Sequence[Cell], *, alone: bool) -> Iterator[Line]:
    surfaces = defaultdict[tuple[str, ...], list[str]](list)
    for surface, found in {} if alone else name_scenarios(cells).items():
        surfaces[tuple(found)].append(surface)
    for names, alike in surfaces.items():
        more = len(names) - MOST_CELLS
        shown = names if more < 2 else (*names[:MOST_CELLS], f"and {more} more")
        yield Line("in", f"{', '.join(alike)}: {', '.join(shown)}", DIM)


def report_minor(point: Comparison) -> Iterator[Line]:
    """What changes that is minor, and in which cells."""
    for sentence in group_minor_changes(point):
        cells = sorted(sentence.cells)
        where = f"in {len(cells)} cells, such as {'/'.join(cells[0])}"
        yield Line("minor", f"{sentence.text} ({where if len(cells) > 1 else '/'.join(cells[0])})")


def _command(point: Comparison) -> str:
    """The command that tells everything of a change point."""
    words = ["compare", point.old.library, point.old.label, point.new.label]
    return f"{PROGRAM} {shlex.join(words)}"
