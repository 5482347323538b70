"""What an application will notice between two behaviours of a cell, in the library's words.

Pure functions of traces: nothing is run here. A change is minor where it is only wording, only log
records, or an order that no rule or promise is about; it is new where an attribute only appears.
Nothing that the behaviour id covers is left out, but for the order of log records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from fixtures.model.description import show
from fixtures.model.event import APPLICATION, LANES, NO_BEHAVIOUR, OTHER, Event
from fixtures.model.trace import Trace
from suites.judging.finding import AT_THE_END, ON_THE_WIRE

from .alignment import align, count_events, find_places, list_keys
from .canonical_change import (
    Form,
    digest_form,
    form_of_fact,
    form_of_occurrences,
    form_of_order,
    form_of_wire,
)
from .endings import state_default, state_ending
from .facts import compare_facts, compare_wording
from .kinds import OTHER as OTHER_KIND
from .kinds import WIRE as WIRE_KIND
from .occurrences import count_occurrences
from .sentences import state_changes, state_order
from .statement import Reading, Shape
from .terms import (
    PAST,
    Traffic,
    format_traffic,
    library_events,
    strip_frame_wording,
    strip_wording,
)
from .value_names import ValueNames, format_both, list_application_events


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; `subject` is the library's name for what it is about.

    `minor`: nobody relies on it. `new`: there was no such thing before, so nobody can have relied
    on it. Changes with one `likeness` are alike: their texts differ in no more than numbers. One
    that says none is like itself alone. `shape`: see `Statement`. `kind` is one of `KINDS`.
    `forms` are its canonical forms, which are several where one sentence says two things; changes
    are equal whatever these are.
    """

    text: str
    subject: str = ""
    minor: bool = False
    new: bool = False
    wording: tuple[Hashable, ...] = ()
    shape: Shape | None = None
    kind: str = OTHER_KIND
    forms: tuple[Form, ...] = field(default=(), compare=False)

    @property
    def digests(self) -> frozenset[str]:
        """What an acceptance of this change names: a digest for each of its canonical forms."""
        return frozenset(map(digest_form, self.forms or [("text", self.text)]))

    @property
    def matters(self) -> bool:
        """Whether an application that does not know of it can break."""
        return not (self.minor or self.new)

    @property
    def likeness(self) -> tuple[Hashable, ...]:
        """What is equal for changes that are alike."""
        return self.wording or (self.text,)


def join_equal(changes: Iterable[Change]) -> Iterator[Change]:
    """Each change once, with the forms of all that are equal to it."""
    found: dict[Change, list[Form]] = {}
    for change in changes:
        found.setdefault(change, []).extend(change.forms)
    for change, forms in found.items():
        yield replace(change, forms=tuple(forms))


def find_default_change(reason: str, new: Trace) -> list[Change]:
    """What changes for everybody where the old release lacked an option that has a default."""
    found = state_default(reason, new)
    forms = (("default", reason, new.waited),)
    return [Change(one.text, function, kind=one.kind, forms=forms) for function, one in found]


def find_changes(old: Trace, new: Trace) -> list[Change]:
    """Everything that differs between two traces of a cell, what matters first."""
    found = _of_behaviour(old, new) if old.behaviour_id != new.behaviour_id else []
    found += [
        Change(text, minor=True, wording=like, forms=(("wording", *map(str, like)),))
        for text, like in compare_wording(old, new)
    ]
    return sorted(join_equal(found), key=lambda change: (change.minor, change.new))


def _of_behaviour(old: Trace, new: Trace) -> list[Change]:
    """What differs between two behaviours that are not the same."""
    before, after = Reading(old, ValueNames.of(old)), Reading(new, ValueNames.of(new))
    found = [
        *_endings(old, new),
        *_application_changes(before, after),
        *_wire_changes(before, after),
    ]
    facts = [] if old.hangs or new.hangs else list(_fact_changes(before, after))
    if not found and not any(change.matters for change in facts):
        found += [*_order(before, after)] or [*_other_changes(before, after)]
    return [*found, *facts]


def _endings(old: Trace, new: Trace) -> Iterator[Change]:
    counts = old.connection_count, new.connection_count
    form = "end", old.waited, new.waited, *(counts if counts[0] != counts[1] else ())
    for at, one in enumerate(state_ending(old, new)):
        yield Change(one.text, AT_THE_END, kind=one.kind, forms=((*form, at),))


def _fact_changes(old: Reading, new: Reading) -> Iterator[Change]:
    seen = Counter[str]()
    for name, one in compare_facts(old.trace, new.trace, old.names, new.names):
        form = (*form_of_fact(name, old, new), seen[name])
        seen[name] += 1
        yield Change(one.text, name, new=one.new, kind=one.kind, forms=(form,))


def _application_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """By name and lane, in the order in which they first come."""
    places = find_places(old), find_places(new)
    for name in dict.fromkeys([*places[1], *places[0]]):
        before, after = (found.get(name, []) for found in places)
        keys = list_keys(old, before), list_keys(new, after)
        if keys[0] == keys[1]:
            continue
        subject = "" if name[2] else name[0]
        if Counter(keys[0]) == Counter(keys[1]):
            at = next(i for i, (one, other) in enumerate(zip(*keys, strict=True)) if one != other)
            was, now = (
                list_application_events(reading.trace)[found[at]]
                for reading, found in ((old, before), (new, after))
            )
            text, form = state_order(old, was, new, now).text, form_of_order(was, now)
            yield Change(text, subject, kind=OTHER_KIND, forms=(form,))
            continue
        counts = count_events(old, new, places, name)
        for a, b, c, d in align(*keys):
            gone, come = count_occurrences(old, before[a:b]), count_occurrences(new, after[c:d])
            form = form_of_occurrences(old, gone, new, come, counts)
            for at, one in enumerate(state_changes(old, gone, new, come, counts)):
                yield Change(
                    one.text,
                    subject,
                    new=one.new,
                    shape=one.shape,
                    kind=one.kind,
                    forms=((*form, at),),
                )


def _wire_changes(old: Reading, new: Reading) -> Iterator[Change]:
    before, after = library_events(old.trace), library_events(new.trace)
    keys = (
        [(e.name, e.how, repr(strip_frame_wording(e, old.names))) for e in before],
        [(e.name, e.how, repr(strip_frame_wording(e, new.names))) for e in after],
    )
    for word, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        gone, come = before[a:b], after[c:d]
        if word == "replace":
            sides = (Traffic(gone, PAST), old.names), (Traffic(come), new.names)
            text = ", now ".join(format_both(format_traffic, *sides))
        elif word == "insert":
            also = "now also" if Traffic(come).frames else "now"
            text = f"{also} {format_traffic(Traffic(come), new.names)}"
        elif word == "delete":
            text = f"no longer {format_traffic(Traffic(gone), old.names)}"
        else:
            continue
        form = form_of_wire(old, range(a, b), new, range(c, d))
        text = f"on the wire the library {text}"
        yield Change(text, ON_THE_WIRE, kind=WIRE_KIND, forms=(form,))


def _order(old: Reading, new: Reading) -> Iterator[Change]:
    for lane in (APPLICATION, OTHER):
        was, now = (
            [(e.name, *reading.key(e)) for e in reading.trace.lanes[lane]] for reading in (old, new)
        )
        if was != now:
            at = next(i for i, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1])
            first, then = now[at][0], was[at][0]
            text, form = f"`{first}` now comes before `{then}`", ("order", lane, then, first)
            yield Change(text, first, minor=True, forms=(form,))


def _other_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """What the behaviour id sees and nothing above tells: other kinds, or what the peer did."""
    for lane in LANES:
        was, now = (
            [
                _bare(reading, event)
                for event in reading.trace.events
                if event.lane == lane and event.kind not in NO_BEHAVIOUR
            ]
            for reading in (old, new)
        )
        for before, after in zip_longest(was, now, fillvalue=("nothing",)):
            if before != after:
                texts = " ".join(map(str, before)), " ".join(map(str, after))
                text, form = f"{lane}: {texts[0]} before, now {texts[1]}", ("other", lane, *texts)
                yield Change(text, AT_THE_END, forms=(form,))
                return


def _bare(reading: Reading, event: Event) -> tuple[str, ...]:
    args = strip_frame_wording(event, reading.names) if event.kind == "frame" else event.args
    shown = show(strip_wording(args, reading.names))
    how = [event.how, *([f"on {event.where}"] if event.where else [])]
    return event.kind, event.name, *how, shown, show(event.code)
