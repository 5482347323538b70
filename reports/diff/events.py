"""What an application will notice between two behaviours of a cell, in the library's words.

Pure functions of traces: nothing is run here. A change is minor where it is only wording, only log
records, or an order that no rule or promise is about; it is new where an attribute only appears.
Nothing that the behaviour id covers is left out, but for the order of log records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from fixtures.model.description import show
from fixtures.model.event import APPLICATION, LANES, NO_BEHAVIOUR, OTHER, Event
from fixtures.model.trace import Trace
from suites.judging.finding import AT_THE_END, ON_THE_WIRE

from .endings import state_default, state_ending
from .facts import compare_facts, compare_wording
from .kinds import OTHER as OTHER_KIND
from .kinds import WIRE as WIRE_KIND
from .occurrences import Counts, count_occurrences
from .sentences import state_changes, state_order
from .statement import Key, Reading, Shape
from .terms import (
    PAST,
    Traffic,
    format_traffic,
    library_events,
    strip_frame_wording,
    strip_wording,
)
from .value_names import ValueNames, format_both, is_action, list_application_events


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; `subject` is the library's name for what it is about.

    `minor`: nobody relies on it. `new`: there was no such thing before, so nobody can have relied
    on it. Changes with one `likeness` are alike: their texts differ in no more than numbers. One
    that says none is like itself alone. `shape`: see `Statement`. `kind` is one of `KINDS`.
    """

    text: str
    subject: str = ""
    minor: bool = False
    new: bool = False
    wording: tuple[Hashable, ...] = ()
    shape: Shape | None = None
    kind: str = OTHER_KIND

    @property
    def matters(self) -> bool:
        """Whether an application that does not know of it can break."""
        return not (self.minor or self.new)

    @property
    def likeness(self) -> tuple[Hashable, ...]:
        """What is equal for changes that are alike."""
        return self.wording or (self.text,)


def find_default_change(reason: str, new: Trace) -> list[Change]:
    """What changes for everybody where the old release lacked an option that has a default."""
    found = state_default(reason, new)
    return [Change(one.text, function, kind=one.kind) for function, one in found]


def find_changes(old: Trace, new: Trace) -> list[Change]:
    """Everything that differs between two traces of a cell, what matters first."""
    found = _of_behaviour(old, new) if old.behaviour_id != new.behaviour_id else []
    found += [Change(t, minor=True, wording=like) for t, like in compare_wording(old, new)]
    return sorted(dict.fromkeys(found), key=lambda change: (change.minor, change.new))


def _of_behaviour(old: Trace, new: Trace) -> list[Change]:
    """What differs between two behaviours that are not the same."""
    before, after = Reading(old, ValueNames.of(old)), Reading(new, ValueNames.of(new))
    found = [
        *(Change(one.text, AT_THE_END, kind=one.kind) for one in state_ending(old, new)),
        *_application_changes(before, after),
        *_wire_changes(before, after),
    ]
    facts = [] if old.hangs or new.hangs else list(_fact_changes(before, after))
    if not found and not any(change.matters for change in facts):
        found += [*_order(before, after)] or [*_other_changes(before, after)]
    return [*found, *facts]


def _fact_changes(old: Reading, new: Reading) -> Iterator[Change]:
    for name, one in compare_facts(old.trace, new.trace, old.names, new.names):
        yield Change(one.text, name, new=one.new, kind=one.kind)


def _application_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """By name and lane, in the order in which they first come."""
    places = _places(old), _places(new)
    for name in dict.fromkeys([*places[1], *places[0]]):
        before, after = (found.get(name, []) for found in places)
        keys = _keys(old, before), _keys(new, after)
        if keys[0] == keys[1]:
            continue
        subject = "" if name[2] else name[0]
        if Counter(keys[0]) == Counter(keys[1]):
            at = next(i for i, (one, other) in enumerate(zip(*keys, strict=True)) if one != other)
            was, now = (
                list_application_events(reading.trace)[found[at]]
                for reading, found in ((old, before), (new, after))
            )
            yield Change(state_order(old, was, new, now).text, subject, kind=OTHER_KIND)
            continue
        counts = _count(old, new, places, name)
        for a, b, c, d in _align(*keys):
            gone, come = count_occurrences(old, before[a:b]), count_occurrences(new, after[c:d])
            for statement in state_changes(old, gone, new, come, counts):
                yield Change(
                    statement.text,
                    subject,
                    new=statement.new,
                    shape=statement.shape,
                    kind=statement.kind,
                )


def _count(old: Reading, new: Reading, places: Sequence[Places], name: Name) -> Counts:
    """How often the events of a name come, in both lanes; and which are in another lane now."""
    lanes = [
        {lane: Counter(_keys(reading, found.get((name[0], lane, name[2]), ()))) for lane in LANES}
        for reading, found in zip((old, new), places, strict=True)
    ]
    before, after = (sum(side.values(), Counter[Key]()) for side in lanes)
    here = [side[name[1]] for side in lanes]
    moved = {key for key in before if before[key] == after[key] and here[0][key] != here[1][key]}
    return Counts(before, after, frozenset(moved))


def _align(was: Sequence[Hashable], now: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """The parts of two sequences that differ; of equally long ones, one by one.

    So nothing counts as gone, and as come elsewhere, that is one value in place of another.
    """
    if len(was) == len(now):
        pairs = enumerate(zip(was, now, strict=True))
        yield from ((at, at + 1, at, at + 1) for at, (one, other) in pairs if one != other)
        return
    for word, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if word != "equal":
            yield a, b, c, d


Name = tuple[str, str, bool]
"""The name of events of the application, their lane, and whether they are its actions."""
Places = Mapping[Name, Sequence[int]]


def _places(reading: Reading) -> dict[Name, list[int]]:
    """Where the events of each name and lane stand among those of the application."""
    found: dict[Name, list[int]] = {}
    for at, event in enumerate(list_application_events(reading.trace)):
        found.setdefault((event.name, event.lane, is_action(event)), []).append(at)
    return found


def _keys(reading: Reading, places: Sequence[int]) -> list[Key]:
    events = list_application_events(reading.trace)
    return [reading.key(events[at]) for at in places]


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
        yield Change(f"on the wire the library {text}", ON_THE_WIRE, kind=WIRE_KIND)


def _order(old: Reading, new: Reading) -> Iterator[Change]:
    for lane in (APPLICATION, OTHER):
        was, now = (
            [(e.name, *reading.key(e)) for e in reading.trace.lanes[lane]] for reading in (old, new)
        )
        if was != now:
            at = next(i for i, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1])
            first, then = now[at][0], was[at][0]
            yield Change(f"`{first}` now comes before `{then}`", first, minor=True)


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
                yield Change(f"{lane}: {texts[0]} before, now {texts[1]}", AT_THE_END)
                return


def _bare(reading: Reading, event: Event) -> tuple[str, ...]:
    args = strip_frame_wording(event, reading.names) if event.kind == "frame" else event.args
    shown = show(strip_wording(args, reading.names))
    how = [event.how, *([f"on {event.where}"] if event.where else [])]
    return event.kind, event.name, *how, shown, show(event.code)
