"""Sentences on what an application is told, and no longer told: calls, returns, exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fixtures.model.description import Value, show
from fixtures.model.event import Event
from fixtures.model.trace import Trace
from fixtures.run.interrupting import SIGINT

from .terms import (
    Names,
    application_events,
    attribute_names,
    attributes,
    say_args,
    say_value,
    worded,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two traces, and what its values are called."""

    trace: Trace
    names: Names

    def key(self, event: Event) -> tuple[str, str]:
        """What is compared of an event whose name and lane are known."""
        return event.how, repr(worded(event.args, self.names))

    @property
    def hangs(self) -> bool:
        """Whether the run never ended."""
        return self.trace.waited == "hang"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event, how often it comes in a row, and which other callback is called next, if any."""

    event: Event
    times: int
    following: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and whether it matters to nobody."""

    text: str
    minor: bool = False


def occurrences(reading: Side, positions: Sequence[int]) -> list[Occurrence]:
    """The events at these positions of what the application was told; equal ones in a row once."""
    events, found = application_events(reading.trace), list[Occurrence]()
    for at in positions:
        event, times = events[at], 1
        if found and reading.key(found[-1].event) == reading.key(event):
            times += found.pop().times
        found.append(Occurrence(event, times, _following(events, at)))
    return found


def _following(events: Sequence[Event], at: int) -> str:
    """The first other callback that is called after the event at this place, in its lane."""
    event = events[at]
    called = (e.name for e in events[at + 1 :] if e.lane == event.lane and e.how == "called")
    return next((name for name in called if name != event.name), "")


def sentences(
    old: Side, gone: list[Occurrence], new: Side, come: list[Occurrence], *, alone: bool
) -> Iterator[Told]:
    """What to say where the events `gone` have become the events `come`, all of one name.

    `alone`: there are no other events of this name on the new side.
    """
    for before, after in zip_longest(gone, come):
        if before and after:
            yield from _instead(old, before, new, after)
        elif after:
            yield Told(_now(new, after))
        else:
            yield Told(_no_longer(old, before, alone=alone and not come))


def _now(side: Side, found: Occurrence) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f", with {say_args(event, side.names)}" if event.args else ""
        before = f", before `{found.following}`" if found.following else ""
        return f"{name} is now called{times}{given}{before}"
    if event.how == "acted":
        return f"the application now comes to the point where it does: {_act(event)}"
    if event.name == SIGINT:
        return f"{name} now reaches the application{times}"
    if event.how == "reached":
        return f"the application now comes to: {event.name}{times}"
    verb = "returns" if event.how == "returned" else "raises"
    return f"{name} now {verb} {say_value(event, side.names)}{times}"


def _no_longer(side: Side, found: Occurrence, *, alone: bool) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f" with {say_args(event, side.names)}" if event.args else ""
        if alone and (given or times):
            return f"{name} is no longer called (it was{times}{given})"
        return f"{name} is no longer called{given}{times}{'' if alone else ' as well'}"
    if event.how == "acted":
        return f"the application no longer comes to the point where it does: {_act(event)}"
    if event.name == SIGINT:
        return f"{name} no longer reaches the application{'' if alone else ' as well'}"
    if event.how == "reached":
        return f"the application no longer comes to: {event.name}"
    verb = "returns" if event.how == "returned" else "raises"
    return f"{name} no longer {verb} {say_value(event, side.names)}{times}"


def _instead(old: Side, was: Occurrence, new: Side, now: Occurrence) -> Iterator[Told]:
    before, after, times, times_now = was.event, now.event, was.times, now.times
    name, hows = f"`{after.name}`", (before.how, after.how)
    if hows == ("raised", "raised") and times == times_now:
        yield from _another_error(name, old, before.args[0], new, after.args[0])
        return
    say = say_args if hows == ("called", "called") else say_value
    told, told_now = say(before, old.names), say(after, new.names)
    if told == told_now and hows[0] == hows[1] and times == times_now:
        told, told_now = show(before.args), show(after.args)
    told, told_now = told + _times(times), told_now + _times(times_now)
    if hows == ("returned", "returned"):
        yield Told(f"{name} returned {told}, now {told_now}")
        return
    past = {"returned": "returned ", "raised": "raised ", "called": "got "}
    present = {"returned": "returns ", "raised": "raises ", "called": "gets "}
    said = past.get(hows[0], "") + told, present.get(hows[1], "") + told_now
    yield Told(f"{name} {said[0]}, now {said[1]}")


def _another_error(name: str, old: Side, was: Value, new: Side, now: Value) -> Iterator[Told]:
    """What differs between two exceptions; the cause is told apart."""
    said = attributes(was, old.names), attributes(now, new.names)
    both = [key for key in attribute_names(now) if key in attribute_names(was)]
    texts = [
        f"its `{key}` was {said[0].get(key, 'None')}, now is {said[1].get(key, 'None')}"
        for key in both
        if worded({key: was[key]}, old.names) != worded({key: now[key]}, new.names)
    ]
    only = [{k: v for k, v in one.items() if k not in both} for one in said]
    heads = [_error(error, own) for error, own in zip((was, now), only, strict=True)]
    if heads[0] != heads[1]:
        yield Told("; ".join([f"{name} raised {heads[0]}, now raises {heads[1]}", *texts]))
        return
    if texts:
        yield Told("; ".join([f"{name} still raises {heads[0]}, but {texts[0]}", *texts[1:]]))
    causes = [error.get("cause", {}).get("exception", "nothing") for error in (was, now)]
    if causes[0] != causes[1]:
        text = f"the __cause__ of what {name} raises was {causes[0]}, now is {causes[1]}"
        yield Told(text, minor=True)
    elif not texts:
        yield Told(f"{name} raised {show(was)}, now raises {show(now)}")


def _error(error: Value, attributes_said: Mapping[str, str]) -> str:
    shown = ", ".join(f"{key}={text}" for key, text in attributes_said.items())
    return f"{error['exception']}({shown})" if shown else str(error["exception"])


def _act(event: Event) -> str:
    return f"{event.name}({', '.join(map(show, event.args))})"


def _times(count: int) -> str:
    return "" if count == 1 else " twice" if count == 2 else f" {count} times"
