"""Which releases made a cell what it is, as a reader gets it: every change point, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from suites.changelogs.changelog_files import find_sentences

from ..diff.comparison import MINOR, Comparison, Difference
from ..history import History
from ..history.change_points import change_points
from ..history.event_spans import Span, date_events, find_spans, list_names, select_named
from ..results.release import Cell, WrongInput
from .comparison_report import report_difference
from .history_report import report_shown
from .section import DIM, Line, Section

ALWAYS = "the oldest release of the history: it has always been like this"
LONGEST = 60
"""Characters of an event that are shown where it is dated."""


def report_since(history: History, cell: Cell, version: str) -> Iterator[Section]:
    """What a cell shows in a release, since when each part of it; then its changes, newest first.

    An attribute that is new does not make the cell what it is; it is listed by itself.
    """
    found = _list_points(history, cell, version)
    made = [point for point in found if _makes(point.differences[0])]
    oldest = history.runnable[0]
    parts = list(_date_parts(history, cell, version))
    since = made[0].new.label + (" as a whole" if parts else "") if made else f"{oldest}, {ALWAYS}"
    lines = [Line("since", since), *report_shown(history, cell, version), *parts]
    if made:
        lines.append(Line("changes", f"{', '.join(p.new.label for p in made)}: newest first", DIM))
    yield Section(_title(history, cell, version), (*lines, *_small_since(found)))
    yield from _report_points(history, cell, made)
    if made:
        first = tuple(report_shown(history, cell, oldest))
        yield Section(f"at first, in {oldest}", first)


def report_event(history: History, cell: Cell, version: str, name: str) -> Iterator[Section]:
    """The release in which an event of this name came, or went; and how it was in each.

    Raises `WrongInput` for one that the cell has never shown.
    """
    spans = find_spans(history, cell, select_named(name), version)
    if not any(span.shows for span in spans):
        there = ", ".join(list_names(history, cell)) or "nothing"
        raise WrongInput(
            f"{'/'.join(cell)} has not shown {name!r} in any release up to {version}; it has shown "
            f"{there}"
        )
    runs = _join_spans(spans)
    points = {point.new.label: point for point in _list_points(history, cell, version)}
    lines = [Line("since", _say_when(runs, name))]
    lines += [Line("before", text, DIM) for text in _say_before(runs, name)]
    lines += [Line(_label(span), "; ".join(span.shows) or "nothing of it") for span in spans[::-1]]
    yield Section(_title(history, cell, version), tuple(lines))
    last = runs[-1].first if len(runs) > 1 else ""
    yield from _report_points(history, cell, [points[last]] if last in points else [])


def report_changelog(library: str, release: str, cells: Iterable[Cell]) -> Iterator[Line]:
    """What the changelog of a library says of a release, if one of the cells shows it."""
    for sentence in find_sentences(library, release, cells):
        yield Line("changelog", sentence.says)


def _title(history: History, cell: Cell, version: str) -> str:
    return f"{cell[0]} in {cell[1]}, {history.library} {version}, {history.code.python}"


def _list_points(history: History, cell: Cell, version: str) -> list[Comparison]:
    """The change points of a cell up to a release, newest first."""
    held = history.runnable[: history.runnable.index(version) + 1]
    return [p for p in change_points(history, [cell]) if p.new.label in held][::-1]


def _report_points(history: History, cell: Cell, points: Sequence[Comparison]) -> Iterator[Section]:
    for point in points:
        difference = report_difference(point.differences[0], point)
        lines = [*report_changelog(history.library, point.new.label, [cell])]
        lines += [line for line in difference if line.label]
        yield Section(f"since {point.new.label}", tuple(lines))


def _date_parts(history: History, cell: Cell, version: str) -> Iterator[Line]:
    """Since when each event has been as it is: a cell changes as a whole if one of them does."""
    dated = [(text, spans) for text, spans in date_events(history, cell, version) if spans]
    firsts = {spans[-1].first for _, spans in dated}
    if len(firsts) < 2:
        return
    label = "parts"
    for text, spans in dated:
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
        earlier = f", and {_range(spans[-2])}" if len(spans) > 1 else ""
        yield Line(label, f"{shown}: since {spans[-1].first}{earlier}", DIM)
        label = ""


def _range(span: Span) -> str:
    return span.first if span.first == span.last else f"{span.first} to {span.last}"


def _label(span: Span) -> str:
    return f"{span.first}.." if span.first != span.last else span.first


def _join_spans(spans: Sequence[Span]) -> list[Span]:
    """Spans in a row that show something, whatever it is, or nothing, as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and bool(joined[-1].shows) == bool(span.shows):
            joined[-1] = Span(joined[-1].first, span.last, span.shows)
        else:
            joined.append(span)
    return joined


def _say_when(runs: Sequence[Span], name: str) -> str:
    last = runs[-1]
    there = "there" if last.shows else "not there"
    if len(runs) == 1:
        return f"{last.first}, the oldest release of the history: {name} has always been {there}"
    return f"{last.first}: {name} is {there} since then"


def _say_before(runs: Sequence[Span], name: str) -> Iterator[str]:
    for run in runs[-2::-1]:
        yield f"{_range(run)}: {name} was {'there' if run.shows else 'not there'}"


def _makes(difference: Difference) -> bool:
    """Whether a change is more than minor, and more than an attribute that is new."""
    return bool(difference.reason) or any(change.matters for change in difference.changes)


def _small_since(found: Sequence[Comparison]) -> Iterator[Line]:
    """The changes that do not make a cell what it is."""
    for point in found:
        texts = [change.text for change in point.differences[0].changes if change.new]
        if texts and not _makes(point.differences[0]):
            yield Line("new", f"in {point.new.label}: {'; '.join(texts)}", DIM)
    releases = ", ".join(point.new.label for point in found if point.select(MINOR))
    if releases:
        yield Line("minor", f"there are minor changes in {releases}", DIM)
