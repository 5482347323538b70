"""No sentence on two adjacent releases of a stored history says what their traces do not show."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from fixtures.drivers.surfaces import LIBRARIES
from fixtures.model.description import show
from fixtures.model.event import Event
from fixtures.model.trace import Trace
from reports.diff.comparison import Comparison, Difference
from reports.diff.events import find_changes as changes_between
from reports.diff.terms import format_args, format_result
from reports.diff.value_names import ValueNames, list_application_events
from reports.history import load
from reports.history.change_points import between, change_points
from reports.history.stored_history import History, Known

ALIKE = re.compile(
    r"(?:was|were|returned|raised|got|sent) (.+?), now (?:is |are |returns |raises |gets |sends )?"
    r"(.+?)(?:;|$)|now ends (.+); before, it ended (.+)"
)
"""What is said of the one side, and of the other."""
CHOSEN_BY_THE_LIBRARY = ("websockets_asyncio_client", "application_is_cancelled_on_message")


@functools.cache
def find_changes(library: str) -> tuple[History, list[Comparison]]:
    """The stored history of a library, and what changed at each of its boundaries."""
    history = load(library)
    return history, change_points(history, history.cells)


def list_sentences(points: list[Comparison]) -> Iterator[str]:
    """Every sentence on every cell, minor ones as well."""
    for point in points:
        for difference in point.differences:
            yield from (change.text for change in difference.changes)


FEW = {"daphne": 0, "hypercorn": 3, "trio-websocket": -1}
"""Libraries whose stored releases differ little, or not at all: more than so many changes."""


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
def test_no_sentence_says_that_a_value_became_itself(library: str) -> None:
    """Of every pair of adjacent releases, in every cell."""
    said = set(list_sentences(find_changes(library)[1]))

    assert len(said) > FEW.get(library, 20)
    assert [text for text in said if reads_alike(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "`close_code` was the peer's code, now is the peer's code",
        "`recv` raised Lost(), now raises Lost()",
        "on the wire the library sent a ping frame, now sends a ping frame",
        "the application now ends after 10 s; before, it ended after 10 s",
    ],
)
def test_such_sentences_are_found(text: str) -> None:
    """In each of the forms that there are."""
    assert reads_alike(text)


def reads_alike(text: str) -> bool:
    """Whether a sentence says the same of both sides."""
    found = ALIKE.findall(text)
    return any(was == now for values in found for was, now in (values[:2], values[2:]) if was)


@pytest.mark.integration
@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_new_was_not_there_and_what_is_gone_is_not(library: str) -> None:
    """What an application calls or is given now, and no longer, is on one side only."""
    differences = [d for point in find_changes(library)[1] for d in point.differences if d.example]
    wrong = [text for difference in differences for text in list_untrue(difference)]

    assert len(differences) > FEW.get(library, 50)
    assert wrong == []


SAYS = re.compile(
    r"(?:`(?P<name>\w+)`|the application) (?P<when>is now|now|is no longer|no longer) "
    r"(?P<verb>called|returns|raises|reaches its action|reaches)(?:,? with)? ?(?P<what>.*?)"
    r"(?:, before `.*`)?"
)
"""A sentence that says that something has come, or has gone; one with a count says neither."""
HOWS = {
    "called": "called",
    "returns": "returned",
    "raises": "raised",
    "reaches": "reached",
    "reaches its action": "acted",
}


def list_untrue(difference: Difference) -> Iterator[str]:
    """The sentences on a cell of which the other side shows the same; of a race, on one pair."""
    assert difference.example is not None
    old, new = difference.example
    for change in changes_between(old, new) if difference.races else difference.changes:
        found = SAYS.fullmatch(change.text)
        if found and " thread or task" not in change.text:
            other = old if found["when"].endswith("now") else new
            said = HOWS[found["verb"]], found["name"], found["what"]
            shown = (describe(event, other) for event in list_application_events(other))
            yield from [change.text] * (said in shown)


def describe(event: Event, trace: Trace) -> tuple[str, str | None, str]:
    """How an event came, and its name and what it calls, returns or reaches, as above."""
    names = ValueNames.of(trace)
    if event.how == "called":
        return event.how, event.name, format_args(event, names) if event.args else ""
    if event.how == "acted":
        return event.how, None, f"{event.name}({', '.join(map(show, event.args))})"
    if event.how == "reached":
        return event.how, None, event.name
    return event.how, event.name, format_result(event, names)


def test_a_code_that_the_library_chose_is_shown() -> None:
    """In websockets 17.2, a client whose task is cancelled closes with another code."""
    found = between(load("websockets"), "17.1", "17.2", [CHOSEN_BY_THE_LIBRARY])

    assert "`close_code` was 1000, now is 1011" in list_sentences([found])


@pytest.mark.integration
def test_every_difference_of_sets_is_told() -> None:
    """Every outcome of a race that a neighbour lacks is told, as a change or as rare."""
    history, points = find_changes("websocket-client")
    told = {
        (difference.cell, point.new.label) for point in points for difference in point.differences
    }
    sets = [(cell, new) for cell in history.cells for new in pairs_of_sets(history.table(cell))]

    assert len(sets) > 50
    assert [(cell, new) for cell, new in sets if (cell, new) not in told] == []


def pairs_of_sets(table: Mapping[str, Known]) -> Iterator[str]:
    """The releases whose set of outcomes differs from the one before."""
    for (_, was), (version, now) in pairwise(table.items()):
        if isinstance(was, tuple) and isinstance(now, tuple) and was != now:
            yield version
