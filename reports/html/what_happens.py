"""What happens when ...: a surface as its user reads about it, one situation after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fixtures.model.description import Value
from fixtures.model.event import WIRE, Event
from fixtures.model.scenario import Scenario
from fixtures.model.surface import Surface
from suites.judging.judge import KEPT, NOT_APPLICABLE
from suites.judging.promise import Promise

from ..diff.cell_names import family_of
from ..results.release import Cell
from .library_report import EDGE, LibraryReport, Stretch
from .links import Link, link_source
from .table_view import sort_scenarios


@dataclass(frozen=True, slots=True)
class Documented:
    """What the documents say, and where."""

    says: str
    source: Link


@dataclass(frozen=True, slots=True)
class Happening:
    """A situation: what the application sees, each possible outcome, and how that was before.

    `since` is the release from which on it is so, and `before` what was seen until then; both are
    empty if it has always been so.
    """

    scenario: Scenario
    word: str
    outcomes: Sequence[Sequence[str]]
    documented: Documented | None
    since: str
    before: Sequence[Sequence[str]]
    alike: Sequence[Scenario]


def list_happenings(report: LibraryReport, surface: Surface) -> list[Happening]:
    """The situations of a surface; of a family that tells the same but for values, the first."""
    found: dict[object, list[Scenario]] = {}
    for scenario in sort_scenarios(report.scenarios):
        cell = surface.name, scenario.name
        if cell in report.verdicts and report.newest_verdict(cell).word != NOT_APPLICABLE:
            shapes = tuple(_list_shapes(report, report.stretches[cell][-1]))
            key = family_of(scenario.name), report.newest_verdict(cell).word, shapes
            found.setdefault(key, []).append(scenario)
    return [_make(report, (surface.name, one[0].name), one[1:]) for one in found.values()]


def _make(report: LibraryReport, cell: Cell, alike: Sequence[Scenario]) -> Happening:
    stretches, verdict = report.stretches[cell], report.newest_verdict(cell)
    now, (since, before) = _list_seen(report, stretches[-1]), _find_before(report, stretches)
    documented = next(_list_documented(stretches[-1]), None)
    return Happening(verdict.scenario, verdict.word, now, documented, since, before, alike)


def _find_before(
    report: LibraryReport, stretches: Sequence[Stretch]
) -> tuple[str, list[list[str]]]:
    """Since which release the application sees what it sees now, and what it saw before."""
    now = _list_seen(report, stretches[-1])
    since = stretches[-1].first
    for older, newer in zip(stretches[-2::-1], stretches[:0:-1], strict=True):
        seen = _list_seen(report, older)
        if seen != now and newer.edge == EDGE:
            return since, seen
        since = older.first
    return "", []


def _list_seen(report: LibraryReport, stretch: Stretch) -> list[list[str]]:
    """What the application sees and does, for each outcome; nothing where it is not applicable."""
    known = stretch.known
    return [report.draw(one).texts for one in known] if isinstance(known, tuple) else []


def _list_shapes(report: LibraryReport, stretch: Stretch) -> Iterator[tuple[object, ...]]:
    """What the application sees and does, for each outcome, but for the values."""
    for one in stretch.known if isinstance(stretch.known, tuple) else ():
        events = [event for event in report.history.shapes[one].events if event.lane != WIRE]
        yield tuple(
            (event.lane, event.name, event.how, *_list_exceptions(event)) for event in events
        )


def _list_exceptions(event: Event) -> Iterator[Value]:
    """The names of the exceptions that an event tells of."""
    yield from (
        one["exception"] for one in event.args if isinstance(one, dict) and "exception" in one
    )


def _list_documented(stretch: Stretch) -> Iterator[Documented]:
    """The promises that hold, those that are about the fewest situations first."""
    for verdict in stretch.verdict.select(KEPT):
        if isinstance(verdict.asked, Promise):
            source = verdict.asked.source
            yield Documented(source.says.rstrip("."), link_source(source.page, source.place))
