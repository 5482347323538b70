"""What a change is, apart from the words for it: its canonical form, and the digest of that.

A form is JSON data: what is compared, what it was before, what it is now. A code or a reason that a
script gave stands there as whose it is, so that the change has the same form in every cell; texts
that a library words itself are left out. No text that a report shows is part of a form, so wording
a report anew leaves every digest as it is. An acceptance in `lifecycle.toml` names these digests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from fixtures.model.description import ATOMS, Value
from fixtures.model.event import Event

from .occurrences import Counts, Occurrence
from .statement import Reading
from .terms import OWN_WORDS, library_events, strip_frame_wording, strip_wording
from .value_names import CodeAndReason, ValueNames

VERSION = 1
"""The version of the forms: another one makes every digest another."""
DIGITS = 12
"""Hexadecimal digits of a digest."""

Form = Sequence[Value]
"""JSON data: the kind of the change, what it is about, before, now."""


def digest_form(form: Form) -> str:
    """Twelve hexadecimal digits, equal for changes of one canonical form."""
    text = json.dumps([VERSION, *form], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def form_of_occurrences(
    old: Reading, gone: Sequence[Occurrence], new: Reading, come: Sequence[Occurrence], of: Counts
) -> Form:
    """Events of the application of one name, in one lane, that have become others."""
    first = (*gone, *come)[0].event
    named = _list(old, gone, of, named=True), _list(new, come, of, named=True)
    if named[0] == named[1]:  # what has another value has the same name
        named = _list(old, gone, of, named=False), _list(new, come, of, named=False)
    return ["application", first.name, first.lane, *named]


def form_of_order(was: Event, now: Event) -> Form:
    """Equal events in another order: the first place where they differ."""
    return ["order", was.lane, was.name, [was.how], now.name, [now.how]]


def form_of_wire(old: Reading, gone: Sequence[int], new: Reading, come: Sequence[int]) -> Form:
    """What the library put on the wire, by its places among all of that."""
    sides = (old, library_events(old.trace), gone), (new, library_events(new.trace), come)
    before, after = (
        [_name_frame(events[at], reading.names) for at in places]
        for reading, events, places in sides
    )
    if before == after:
        before, after = (
            [_strip_frame(events[at], reading.names) for at in places]
            for reading, events, places in sides
        )
    return ["wire", before, after]


def form_of_fact(name: str, old: Reading, new: Reading) -> Form:
    """An end fact that differs."""
    sides = [(reading.trace.facts.get(name), reading.names) for reading in (old, new)]
    before, after = (_name(strip_wording(value, names), names) for value, names in sides)
    if before == after:
        before, after = (strip_wording(value, names) for value, names in sides)
    return ["fact", name, before, after]


def _list(reading: Reading, found: Sequence[Occurrence], of: Counts, *, named: bool) -> Value:
    """How each event comes, with what, how often, before what; and how often before and now.

    The last is there where the event or, of a call, the name comes on both sides.
    """
    listed = []
    for one in found:
        event, both = one.event, of.of(reading.key(one.event))
        args = strip_wording(event.args, reading.names)
        called = event.how == "called"
        total = [of.was, of.now] if called and of.was and of.now and of.was != of.now else []
        listed.append(
            [
                event.how,
                _name(args, reading.names) if named else args,
                one.times,
                one.following if called else "",
                total,
                list(both) if all(both) else [],
            ]
        )
    return listed


def _name_frame(event: Event, names: ValueNames) -> Value:
    kind, name, how, args = _strip_frame(event, names)
    return [kind, name, how, _name(args, names, own=True)]


def _strip_frame(event: Event, names: ValueNames) -> Value:
    return [event.kind, event.name, event.how, strip_frame_wording(event, names)]


def _name(value: Value, names: ValueNames, *, own: bool = False) -> Value:
    """The value, with what a script gave replaced by whose it is."""
    if isinstance(value, Mapping):
        return {key: _name(item, names, own=own) for key, item in value.items()}
    if not isinstance(value, ATOMS):
        named = [_name(item, names, own=own) for item in value]
        for at in range(len(named) - 1):
            named[at : at + 2] = (
                _name_pair(value[at : at + 2], names, own=own) or named[at : at + 2]
            )
        return named
    if value == OWN_WORDS:
        return {"reason of": "library"}
    for whose, pair in _order(names, own=own):
        if type(value) is type(pair.code) is int and value == pair.code:
            return {"code of": whose}
        if isinstance(value, str) and value and value == pair.reason:
            return {"reason of": whose}
    return value


def _name_pair(values: Sequence[Value], names: ValueNames, *, own: bool) -> list[Value] | None:
    """A code and the reason after it, if they belong together; the reason may be empty."""
    code, reason = values
    for whose, pair in _order(names, own=own):
        is_code = type(code) is type(pair.code) is int and code == pair.code
        if is_code and isinstance(reason, str) and reason == (pair.reason or ""):
            return [{"code of": whose}, {"reason of": whose}]
    return None


def _order(names: ValueNames, *, own: bool) -> Sequence[tuple[str, CodeAndReason]]:
    pairs = [("peer", names.peer), ("application", names.application)]
    return pairs[::-1] if own else pairs
