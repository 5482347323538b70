"""Sequence diagrams: rows as list items over SVG glyphs; and two of them side by side.

How this works. A diagram is a list: text over a glyph whose coordinates are percentages. So it
wraps, is searched, is copied and is read out like any text, and one piece of code serves a wide
page, half a page and a telephone. Each behaviour is drawn once, whatever the cells that show it.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from fixtures.model.event import LANES, OTHER, Event
from fixtures.model.trace import Trace

from .diagram_rows import SECOND, Row, list_rows

_ITEM = Markup('<li class="e {css}">{glyph}<p><span class="vh">{actor}: </span>{label}</p></li>')
_GLYPH = Markup('<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>')
_UNDRAWN = frozenset({"w8", "rn"})
"""Rows that are text alone."""
BLANK = Markup('<li class="e blank {}" aria-hidden="true"></li>')


@functools.lru_cache(maxsize=200_000)
def draw_row(row: Row, more: str = "") -> Markup:
    """A row as a list item; `more` is further classes."""
    glyph = Markup("") if row.glyph in _UNDRAWN else _GLYPH.format(row.glyph)
    css = " ".join(filter(None, (row.glyph, row.state and f"s-{row.state}", more)))
    return _ITEM.format(css=css, glyph=glyph, actor=row.actor, label=row.label)


@dataclass(frozen=True)
class Drawing:
    """A behaviour as it is drawn: its rows, and whether the application has a second lane."""

    rows: tuple[Row, ...]
    two_lanes: bool

    @functools.cached_property
    def items(self) -> Markup:
        """The rows as list items."""
        return Markup("").join(map(draw_row, self.rows))

    @functools.cached_property
    def texts(self) -> list[str]:
        """What the application sees and does, in words."""
        seen = (row.plain for row in self.rows if row.glyph.rstrip(SECOND) in _SEEN)
        return list(dict.fromkeys(seen))


_SEEN = frozenset({"cb", "cx", "rt", "ex", "ac", "pt"})


def draw(trace: Trace) -> Drawing:
    """A run as it is drawn, in the order in which it happened."""
    return Drawing(tuple(list_rows(trace.events)), bool(trace.lanes[OTHER]))


def align(old: Trace, new: Trace) -> Iterator[tuple[Markup, Markup]]:
    """Both runs row by row, what is alike beside each other, what is not marked.

    The order between lanes is decided by a scheduler. So the old run is put into the order of the
    new one first, as far as its lanes allow.
    """
    was = list(list_rows(put_in_order(old.events, new.events)))
    now = list(list_rows(new.events))
    keys, others = ([(row.glyph, row.plain) for row in rows] for rows in (was, now))
    matcher = difflib.SequenceMatcher(None, keys, others, autojunk=False)
    for step, i1, i2, j1, j2 in matcher.get_opcodes():
        marks = ("", "") if step == "equal" else ("minus", "plus")
        for n in range(max(i2 - i1, j2 - j1)):
            left = draw_row(was[i1 + n], f"old {marks[0]}") if i1 + n < i2 else BLANK.format("old")
            right = draw_row(now[j1 + n], f"new {marks[1]}") if j1 + n < j2 else BLANK.format("new")
            yield left, right


def is_marked(row: Markup) -> bool:
    """Whether a row of a pair is in one of the two runs alone.

    The quote ends the classes: no text of a row has one, for that is escaped.
    """
    return 'old minus"' in row or 'new plus"' in row


def put_in_order(events: Sequence[Event], model: Sequence[Event]) -> list[Event]:
    """The events of one run in the order of another one; each lane keeps its own order.

    An event that the other one has not stays behind the one that it followed.
    """
    found: dict[int, int] = {}
    for lane in LANES:
        mine = [at for at, event in enumerate(events) if event.lane == lane]
        theirs = [at for at, event in enumerate(model) if event.lane == lane]
        pairs = _match([events[at] for at in mine], [model[at] for at in theirs])
        found |= {mine[a]: theirs[b] for a, b in pairs.items()}
    places: list[tuple[float, int]] = []
    last, reached = -1.0, dict.fromkeys(LANES, -1.0)
    for at, event in enumerate(events):
        wanted = float(found[at]) if at in found else last
        last = reached[event.lane] = max(wanted, reached[event.lane])
        places.append((last, at))
    return [events[at] for _, at in sorted(places)]


def _match(mine: Sequence[Event], theirs: Sequence[Event]) -> dict[int, int]:
    """Which event of one lane stands at the place of which of another."""
    keys, others = ([(event.name, event.how) for event in lane] for lane in (mine, theirs))
    matcher = difflib.SequenceMatcher(None, keys, others, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return {a + n: b + n for a, b, size in blocks for n in range(size)}
