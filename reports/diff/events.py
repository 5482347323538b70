"""What an application will notice between two behaviours of a cell, in the library's words.

Pure functions of traces: nothing is run here. A change is minor where it is only wording, only log
records, or an order that no rule or promise is about; it is new where an attribute only appears.
Nothing that the behaviour id covers is left out, but for the order of log records.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.default_options import decode_missing_default
from fixtures.model.description import show
from fixtures.model.duration_class import AT_ONCE, TIMEOUT, DurationClass
from fixtures.model.event import APPLICATION, LANES, NO_BEHAVIOUR, OTHER, Event
from fixtures.model.trace import Trace
from fixtures.run.duration import measure_class
from suites.judging.finding import AT_THE_END, ON_THE_WIRE

from .facts import compare_facts, compare_wording
from .sentences import count_occurrences, state_changes
from .statement import Reading
from .terms import format_frames, library_events, strip_frame_wording, strip_wording
from .value_names import ValueNames, format_both, is_action, list_application_events


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; `subject` is the library's name for what it is about.

    `minor`: nobody relies on it. `new`: there was no such thing before, so nobody can have relied
    on it. Changes with one `likeness` are alike: their texts differ in no more than numbers. One
    that says none is like itself alone.
    """

    text: str
    subject: str = ""
    minor: bool = False
    new: bool = False
    wording: tuple[Hashable, ...] = ()

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
    lacking = decode_missing_default(reason)
    if lacking is None:
        return []
    function, option = lacking
    now = "never ends" if new.hangs else f"ends {_after(new)}"
    text = f"`{function}` now has `{option}`, with a default for every program: here it {now}"
    return [Change(text, function)]


def find_changes(old: Trace, new: Trace) -> list[Change]:
    """Everything that differs between two traces of a cell, what matters first."""
    found = _of_behaviour(old, new) if old.behaviour_id != new.behaviour_id else []
    found += [Change(t, minor=True, wording=like) for t, like in compare_wording(old, new)]
    return sorted(dict.fromkeys(found), key=lambda change: (change.minor, change.new))


def _of_behaviour(old: Trace, new: Trace) -> list[Change]:
    """What differs between two behaviours that are not the same."""
    before, after = Reading(old, ValueNames.of(old)), Reading(new, ValueNames.of(new))
    found = [
        *_duration(old, new),
        *_application_changes(before, after),
        *_wire_changes(before, after),
    ]
    facts = [] if old.hangs or new.hangs else list(_fact_changes(before, after))
    if not found and not any(change.matters for change in facts):
        found += [*_order(before, after)] or [*_other_changes(before, after)]
    return [*found, *facts]


def _fact_changes(old: Reading, new: Reading) -> Iterator[Change]:
    for name, one in compare_facts(old.trace, new.trace, old.names, new.names):
        yield Change(one.text, name, new=one.new)


def _duration(old: Trace, new: Trace) -> Iterator[Change]:
    if old.waited != new.waited:
        yield Change(
            f"the application now {_ending(new, 's')}; before, it {_ending(old, 'ed')}", AT_THE_END
        )


def _ending(trace: Trace, tense: str) -> str:
    if trace.hangs:
        reconnects = trace.duration_class.reconnects
        return f"never end{tense}" + ": the library connects again" * reconnects
    return f"end{tense} {_after(trace)}"


def _after(trace: Trace) -> str:
    """When a run ends: which timeouts have passed, and how long that is on this surface."""
    found = trace.duration_class
    if found == DurationClass():
        return AT_ONCE
    names = found.timeouts
    if set(names) == {TIMEOUT}:
        return "after the timeout" if len(names) == 1 else f"after {len(names)} times the timeout"
    if found.seconds is not None:
        return f"after {found.seconds:g} s"
    surface = SURFACES.get(trace.surface)
    much = f" ({measure_class(found, surface.timeouts):g} s)" if surface else ""
    return f"after {names[0] if len(names) == 1 else trace.waited}{much}"


def _application_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """By name and lane, in the order in which they first come."""
    places = _places(old), _places(new)
    for name in dict.fromkeys([*places[1], *places[0]]):
        before, after = (found.get(name, []) for found in places)
        keys = _keys(old, before), _keys(new, after)
        for word, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            if word != "equal":
                gone, come = count_occurrences(old, before[a:b]), count_occurrences(new, after[c:d])
                totals = len(before), len(after)
                for statement in state_changes(old, gone, new, come, totals):
                    subject = "" if name[2] else name[0]
                    yield Change(statement.text, subject, new=statement.new)


def _places(reading: Reading) -> dict[tuple[str, str, bool], list[int]]:
    """Where the events of each name and lane stand among those of the application."""
    found: dict[tuple[str, str, bool], list[int]] = {}
    for at, event in enumerate(list_application_events(reading.trace)):
        found.setdefault((event.name, event.lane, is_action(event)), []).append(at)
    return found


def _keys(reading: Reading, places: list[int]) -> list[tuple[str, str]]:
    events = list_application_events(reading.trace)
    return [reading.key(events[at]) for at in places]


def _wire_changes(old: Reading, new: Reading) -> Iterator[Change]:
    before, after = library_events(old.trace), library_events(new.trace)
    keys = (
        [(e.name, e.how, repr(strip_frame_wording(e, old.names))) for e in before],
        [(e.name, e.how, repr(strip_frame_wording(e, new.names))) for e in after],
    )
    for word, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        sides = (before[a:b], old.names), (after[c:d], new.names)
        was, now = format_both(format_frames, *sides)
        if word == "insert":
            yield Change(f"on the wire the library now also sends {now}", ON_THE_WIRE)
        elif word == "delete":
            yield Change(f"on the wire the library no longer sends {was}", ON_THE_WIRE)
        elif word == "replace":
            yield Change(f"on the wire the library sent {was}, now sends {now}", ON_THE_WIRE)


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
