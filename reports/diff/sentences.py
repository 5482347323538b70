"""Sentences on what reaches an application now, and no longer: calls, returns, exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fixtures.model.description import Value, show
from fixtures.model.event import Event
from fixtures.model.trace import Trace
from fixtures.run.interrupting import SIGINT

from .terms import (
    ValueNames,
    find_attributes,
    format_args,
    format_attributes,
    format_result,
    list_application_events,
    strip_wording,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the two traces, and what its values are called."""

    trace: Trace
    names: ValueNames

    def key(self, event: Event) -> tuple[str, str]:
        """What is compared of an event whose name and lane are known."""
        return event.how, repr(strip_wording(event.args, self.names))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event, how often it comes in a row, and which other callback is called next, if any."""

    event: Event
    times: int
    following: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, and whether it matters to nobody."""

    text: str
    minor: bool = False


def count_occurrences(reading: Reading, positions: Sequence[int]) -> list[Occurrence]:
    """The events at these positions of the application; equal ones in a row once."""
    events, found = list_application_events(reading.trace), list[Occurrence]()
    for at in positions:
        event, times = events[at], 1
        if found and reading.key(found[-1].event) == reading.key(event):
            times += found.pop().times
        found.append(Occurrence(event, times, _find_next_callback(events, at)))
    return found


def _find_next_callback(events: Sequence[Event], at: int) -> str:
    """The first other callback that is called after the event at this place, in its lane."""
    event = events[at]
    called = (e.name for e in events[at + 1 :] if e.lane == event.lane and e.how == "called")
    return next((name for name in called if name != event.name), "")


def state_changes(
    old: Reading, gone: list[Occurrence], new: Reading, come: list[Occurrence], *, alone: bool
) -> Iterator[Statement]:
    """What to say where the events `gone` have become the events `come`, all of one name.

    `alone`: there are no other events of this name on the new side.
    """
    for before, after in zip_longest(gone, come):
        if before and after:
            yield from _state_replacement(old, before, new, after)
        elif after:
            yield Statement(_state_arrival(new, after))
        else:
            yield Statement(_state_absence(old, before, alone=alone and not come))


def _state_arrival(reading: Reading, found: Occurrence) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f", with {format_args(event, reading.names)}" if event.args else ""
        before = f", before `{found.following}`" if found.following else ""
        return f"{name} is now called{times}{given}{before}"
    if event.how == "acted":
        return f"the application now reaches its action {_act(event)}"
    if event.name == SIGINT:
        return f"{name} now reaches the application{times}"
    if event.how == "reached":
        return f"the application now reaches {event.name}{times}"
    verb = "returns" if event.how == "returned" else "raises"
    return f"{name} now {verb} {format_result(event, reading.names)}{times}"


def _state_absence(reading: Reading, found: Occurrence, *, alone: bool) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f" with {format_args(event, reading.names)}" if event.args else ""
        if alone and (given or times):
            return f"{name} is no longer called (it was{times}{given})"
        return f"{name} is no longer called{given}{times}{'' if alone else ' as well'}"
    if event.how == "acted":
        return f"the application no longer reaches its action {_act(event)}"
    if event.name == SIGINT:
        return f"{name} no longer reaches the application{'' if alone else ' as well'}"
    if event.how == "reached":
        return f"the application no longer reaches {event.name}"
    verb = "returns" if event.how == "returned" else "raises"
    return f"{name} no longer {verb} {format_result(event, reading.names)}{times}"


def _state_replacement(
    old: Reading, was: Occurrence, new: Reading, now: Occurrence
) -> Iterator[Statement]:
    before, after, times, times_now = was.event, now.event, was.times, now.times
    name, hows = f"`{after.name}`", (before.how, after.how)
    if hows == ("raised", "raised") and times == times_now:
        yield from _state_other_error(name, old, before.args[0], new, after.args[0])
        return
    wording = format_args if hows == ("called", "called") else format_result
    text, text_now = wording(before, old.names), wording(after, new.names)
    if text == text_now and hows[0] == hows[1] and times == times_now:
        text, text_now = show(before.args), show(after.args)
    text, text_now = text + _times(times), text_now + _times(times_now)
    if hows == ("returned", "returned"):
        yield Statement(f"{name} returned {text}, now {text_now}")
        return
    past = {"returned": "returned ", "raised": "raised ", "called": "got "}
    present = {"returned": "returns ", "raised": "raises ", "called": "gets "}
    both = past.get(hows[0], "") + text, present.get(hows[1], "") + text_now
    yield Statement(f"{name} {both[0]}, now {both[1]}")


def _state_other_error(
    name: str, old: Reading, was: Value, new: Reading, now: Value
) -> Iterator[Statement]:
    """What differs between two exceptions; the cause is apart."""
    texts_of = format_attributes(was, old.names), format_attributes(now, new.names)
    both = [key for key in find_attributes(now) if key in find_attributes(was)]
    texts = [
        f"its `{key}` was {texts_of[0].get(key, 'None')}, now is {texts_of[1].get(key, 'None')}"
        for key in both
        if strip_wording({key: was[key]}, old.names) != strip_wording({key: now[key]}, new.names)
    ]
    only = [{k: v for k, v in one.items() if k not in both} for one in texts_of]
    heads = [_error(error, own) for error, own in zip((was, now), only, strict=True)]
    if heads[0] != heads[1]:
        yield Statement("; ".join([f"{name} raised {heads[0]}, now raises {heads[1]}", *texts]))
        return
    if texts:
        yield Statement("; ".join([f"{name} still raises {heads[0]}, but {texts[0]}", *texts[1:]]))
    causes = [error.get("cause", {}).get("exception", "nothing") for error in (was, now)]
    if causes[0] != causes[1]:
        text = f"the __cause__ of what {name} raises was {causes[0]}, now is {causes[1]}"
        yield Statement(text, minor=True)
    elif not texts:
        yield Statement(f"{name} raised {show(was)}, now raises {show(now)}")


def _error(error: Value, attributes: Mapping[str, str]) -> str:
    shown = ", ".join(f"{key}={text}" for key, text in attributes.items())
    return f"{error['exception']}({shown})" if shown else str(error["exception"])


def _act(event: Event) -> str:
    return f"{event.name}({', '.join(map(show, event.args))})"


def _times(count: int) -> str:
    return "" if count == 1 else " twice" if count == 2 else f" {count} times"
