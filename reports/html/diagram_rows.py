"""The rows of a sequence diagram: what each event says, and which glyph is drawn for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from fixtures.model.description import show
from fixtures.model.event import AT, DONE_BY_PEER, OTHER, RUN, WIRE, Event, describe_wire_event
from fixtures.model.run_order import LEAST
from fixtures.model.text import escape
from fixtures.model.wire_names import read_opcode_word, read_status

LONGEST = 600
"""Characters of a text that a row shows."""
SECOND = "2"
"""The end of the name of a glyph that begins at the second lane of the application."""
_BREAK = re.compile(r"(?<=[(=,])(?=[^\s)])|(?<=[a-z])(?=[A-Z])|(?<=_)(?=[a-z])")
"""Where a long call may go on in the next line."""
_CALLS = {
    "called": ("cb", "library calls"),
    "returned": ("rt", "returns"),
    "raised": ("ex", "library raises"),
    "acted": ("ac", "application calls"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the name of its glyph, its text as HTML and in plain words, and who does it."""

    glyph: str
    label: Markup
    plain: str
    actor: str
    state: str = ""


def clean(text: str) -> str:
    """The text with nothing in it that cannot be seen, and cut where it is very long."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return short if short.isprintable() else escape(short)


def soften(text: str) -> Markup:
    """The text as HTML that may be broken inside of long calls and names."""
    return Markup("<wbr>").join(_BREAK.split(clean(text)))


def list_rows(events: Iterable[Event]) -> Iterator[Row]:
    """A row for each event, and one wherever time passes."""
    now, state, ended = 0.0, "", set[str]()
    for event in events:
        at = event.details.get(AT, now)
        if at >= now + LEAST:
            text = f"{round(at - now, 1):g} s later"
            yield Row("w8", Markup("<em>{}</em>").format(text), text, "time passes", state)
            now = at
        state = _follow(event, state, ended)
        yield _make_row(event, state)


def _follow(event: Event, state: str, ended: set[str]) -> str:
    """What the connection is after an event: nothing yet, open, closing, or over."""
    if event.lane != WIRE:
        return state
    if event.name == "request":
        ended.clear()
        return ""
    if read_status(event.name) == "101":
        return "open"
    if event.name == "close frame" and event.how != "not sent" and state:
        return "closing"
    if event.kind == "end" and state:
        ended.update(("sent", "received") if event.name == "RST" else (event.how,))
        return "" if len(ended) > 1 else "closing"
    return state


def _make_row(event: Event, state: str) -> Row:
    if event.lane == WIRE:
        glyph, label = _draw_wire(event)
        actor = "peer" if event.how in DONE_BY_PEER else "library"
        return Row(glyph, label, clean(describe_wire_event(event)), actor, state)
    text = clean(str(event))
    if event.lane == RUN:
        return Row("rn", Markup("<em>{}</em>").format(text), text, "run", state)
    glyph, actor = _CALLS.get(event.how, ("pt", "application"))
    if event.how == "called" and event.kind == "failed":
        glyph = "cx"
    second = event.lane == OTHER
    who = f"second thread or task, {actor}" if second else actor
    return Row(f"{glyph}{SECOND if second else ''}", _draw_call(event), text, who, state)


def _draw_call(event: Event) -> Markup:
    shown = ", ".join(map(show, event.args))
    name = Markup("<b>{}</b>").format(soften(event.name))
    if event.how in ("called", "acted"):
        return name + soften(f"({shown})")
    if event.how == "returned":
        return name + " → " + soften(shown or "None")
    return name + f" {event.how} " + soften(shown)


def _draw_wire(event: Event) -> tuple[str, Markup]:
    """The glyph of a wire event and its label; the first letter says from which side it comes."""
    side = "p" if event.how in DONE_BY_PEER else "l"
    shown = soften(", ".join(map(show, event.args)))
    on = f" on {event.where}" if event.where else ""
    word = read_opcode_word(event.name)
    if event.how == "not sent":
        return "pz", Markup("<em>{} not sent{}</em>").format(event.name, on)
    if word == "close":
        code = show(event.args[0]) if event.args else "no code"
        reason = show(event.args[1]) if len(event.args) > 1 and event.args[1] else ""
        label = Markup("{} <b>{}</b> {}").format(_tag("close"), code, soften(reason))
        return f"{side}c", label + on
    if word:
        return f"{side}f", Markup("{} {}").format(_tag(word), shown) + on
    if event.kind == "peer":
        words = event.name if event.how == "begun" else f"{event.name} {event.how}"
        return "pz", Markup("<em>{}</em> {}").format(clean(words), shown) + on
    if event.kind == "end":
        return _draw_end(event, side, on)
    if event.kind == "handshake":
        return f"{side}h", _draw_handshake(event, shown) + on
    return f"{side}f", Markup("{} {}").format(soften(event.name), shown) + on


def _draw_end(event: Event, side: str, on: str) -> tuple[str, Markup]:
    if event.how == "left":
        return "lo", Markup("<em>{}: no FIN was sent</em>").format(event.name) + on
    if event.name == "RST":
        return f"{side}r", _tag("rst") + on
    if event.name == "end of TCP":
        return "le", _tag("fin") + on
    if event.how == "failed":
        return "lo", Markup("<em>{} failed</em>").format(event.name) + on
    rest = event.name.removeprefix("FIN")
    return f"{side}e", _tag("fin") + rest + on


def _draw_handshake(event: Event, shown: Markup) -> Markup:
    if event.name == "request":
        return soften(" ".join(arg if isinstance(arg, str) else show(arg) for arg in event.args))
    if event.how in ("left out", "failed"):
        return Markup("{} {} {}").format(soften(event.name), event.how, shown)
    status = read_status(event.name)
    if status:
        name = "101 Switching Protocols" if status == "101" else event.name
        return Markup("<b>{}</b> {}").format(name, shown)
    return Markup("{} {}").format(soften(event.name), shown)


def _tag(word: str) -> Markup:
    return Markup('<span class="tag">{}</span>').format(word.upper())
