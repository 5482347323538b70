"""Since when a cell has shown what it shows, event by event; and when one came, or went."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fixtures.model.event import WIRE, Event

from ..results.release import Cell
from .file_format import NoBehaviour
from .stored_history import History, Known


@dataclass(frozen=True, slots=True)
class Span:
    """Releases in a row that show something alike: the first, the last, and what they show."""

    first: str
    last: str
    shows: tuple[str, ...]


def find_spans(
    history: History, cell: Cell, select: Callable[[Event], bool], until: str
) -> list[Span]:
    """What the selected events of a cell are up to a release, oldest first.

    A release in which no outcome has such an event, or that has no outcome, shows nothing.
    """
    found: list[Span] = []
    texts: dict[Known, tuple[str, ...]] = {}
    for release, known in history.table(cell).items():
        if known not in texts:
            texts[known] = _list_texts(history, cell, release, known, select)
        shows = texts[known]
        if found and found[-1].shows == shows:
            found[-1] = Span(found[-1].first, release, shows)
        else:
            found.append(Span(release, release, shows))
        if release == until:
            break
    return found


def select_named(name: str) -> Callable[[Event], bool]:
    """Selects the events that have this name, of a callback, a call or an exception, in them."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return lambda event: bool(whole.search(str(event)))


def list_events(history: History, cell: Cell, release: str) -> list[str]:
    """What the application sees in a release, each once, in the order in which it comes."""
    known = history.table(cell)[release]
    if isinstance(known, NoBehaviour):
        return []
    found = history.traces(cell, release, known)
    return list(dict.fromkeys(str(e) for one in found for e in one.events if e.lane != WIRE))


def date_events(history: History, cell: Cell, release: str) -> Iterator[tuple[str, list[Span]]]:
    """Each of these, with the releases in which it is there as it is now, oldest first."""
    for text in list_events(history, cell, release):
        spans = find_spans(history, cell, functools.partial(_is_shown_as, text), release)
        yield text, [span for span in spans if span.shows]


def _is_shown_as(text: str, event: Event) -> bool:
    return str(event) == text


def list_names(history: History, cell: Cell) -> list[str]:
    """The names of the events that a cell has shown in any release."""
    names: dict[str, None] = {}
    for release, known in history.cells.get(cell, {}).items():
        if not isinstance(known, NoBehaviour):
            for trace in history.traces(cell, release, known):
                names.update(dict.fromkeys(event.name for event in trace.events))
    return list(names)


def _list_texts(
    history: History, cell: Cell, release: str, known: Known, select: Callable[[Event], bool]
) -> tuple[str, ...]:
    if isinstance(known, NoBehaviour):
        return ()
    seen: Sequence[str] = [
        str(event)
        for trace in history.traces(cell, release, known)
        for event in trace.events
        if select(event)
    ]
    return tuple(dict.fromkeys(seen))
