"""The search over what is known of cells: what is declared, and what the newest release shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fixtures.model.behaviour import event_of
from fixtures.model.description import show
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace
from suites.judging.issues import Deviation

from ..results.release import Cell
from ..search.declared_texts import add_issues, add_promises, make_index
from ..search.search_index import SHOWN, SearchIndex
from ..search.search_index import WIRE as ON_THE_WIRE
from .file_format import Behaviour
from .stored_history import History


class ShownText(NamedTuple):
    """What cells show in a release: to the application, and on the wire."""

    application: str
    wire: str
    cells: Sequence[Cell]


def build_index(
    histories: Iterable[History], cells: Sequence[Cell], listed: Iterable[Deviation]
) -> SearchIndex:
    """An index of these cells: what is declared of them, and what the newest releases show."""
    index = make_index(cells)
    add_promises(index, cells)
    add_issues(index, cells, listed)
    wanted = set(cells)
    for history in histories:
        for shown in list_shown(history, wanted):
            index.add(SHOWN, shown.application, shown.cells)
            index.add(ON_THE_WIRE, shown.wire, shown.cells)
    return index


def list_shown(history: History, wanted: set[Cell]) -> Iterator[ShownText]:
    """What each of the wanted cells shows in the newest release, behaviour by behaviour."""
    places = defaultdict[str, list[Cell]](list)
    for cell, changes in history.cells.items():
        newest = changes[[*changes][-1]]
        if cell in wanted and isinstance(newest, tuple):
            for outcome in newest:
                places[outcome].append(cell)
    texts: dict[tuple[str, int], str] = {}
    for outcome, cells in places.items():
        behaviour = history.behaviours[outcome]
        lanes = dict(_lane_texts(behaviour, texts))
        wire = lanes.pop(WIRE, "")
        seen = [*lanes.values(), *_other_texts(behaviour)]
        yield ShownText(", ".join(filter(None, seen)), wire, cells)


def list_seen(trace: Trace) -> list[str]:
    """What the application sees, event by event; and that it waits for ever, if so."""
    texts = [str(event) for event in trace.events if event.lane != WIRE]
    texts += [f"warning: {item.get('category')}" for item in trace.facts.get("warnings", ())]
    return [*texts, *(["hangs"] if trace.hangs else [])] or ["nothing"]


def _lane_texts(
    behaviour: Behaviour, texts: dict[tuple[str, int], str]
) -> Iterator[tuple[str, str]]:
    """The events of each lane, in words; equal rows are put into words once."""
    for lane, rows in behaviour.lanes.items():
        for row in rows:
            if (lane, id(row)) not in texts:
                texts[lane, id(row)] = str(event_of(lane, row))
        yield lane, ", ".join(texts[lane, id(row)] for row in rows)


def _other_texts(behaviour: Behaviour) -> Iterator[str]:
    """How long it took, and what was there at the end."""
    yield behaviour.waited
    for name, fact in behaviour.facts.items():
        yield f"{name} {show(fact)}"
