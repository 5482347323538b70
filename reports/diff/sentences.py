"""Sentences on what reaches an application now, and no longer: calls, returns, exceptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from fixtures.model.description import show
from fixtures.model.event import OTHER, Event
from fixtures.run.interrupting import SIGINT

from .error_sentences import state_other_error
from .statement import Key, Reading, Statement, list_names
from .terms import format_args, format_result, list_new_attributes, strip_wording
from .value_names import format_both, list_application_events


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event, how often it comes in a row, and which other callback is called next, if any."""

    event: Event
    times: int
    following: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a name comes on both sides, and each of its events, by its key.

    `moved` are the events that come as often as before, but in another thread or task.
    """

    before: Counter[Key]
    after: Counter[Key]
    moved: frozenset[Key] = frozenset()

    @property
    def was(self) -> int:
        """How many events of this name there were."""
        return self.before.total()

    @property
    def now(self) -> int:
        """How many there are now."""
        return self.after.total()

    def of(self, key: Key) -> tuple[int, int]:
        """How often one event came, and comes."""
        return self.before[key], self.after[key]


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
    old: Reading, gone: list[Occurrence], new: Reading, come: list[Occurrence], counts: Counts
) -> Iterator[Statement]:
    """What to say where the events `gone` have become the events `come`, all of one name."""
    if gone and come and sum(one.times for one in gone) == sum(one.times for one in come):
        gone, come = list(_repeat(gone)), list(_repeat(come))
    for before, after in zip_longest(gone, come):
        if before and after:
            yield from _state_replacement(old, before, new, after)
        elif after:
            yield from _state_arrival(new, after, counts)
        else:
            yield from _state_absence(old, before, counts)


def state_order(old: Reading, was: Event, new: Reading, now: Event) -> Statement:
    """What to say of equal events in another order: the first place where they differ."""
    texts = [
        _act(event) if event.how == "acted" else format_args(event, reading.names)
        for reading, event in ((old, was), (new, now))
    ]
    return Statement(f"`{now.name}` comes in another order: {texts[1]} where {texts[0]} was")


def _repeat(found: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Each occurrence as often as it comes, once at a time."""
    for one in found:
        yield from [replace(one, times=1)] * one.times


def _state_arrival(reading: Reading, found: Occurrence, counts: Counts) -> Iterator[Statement]:
    event, key = found.event, reading.key(found.event)
    was_there = counts.of(key)[0]
    if key in counts.moved:
        where = "a second" if event.lane == OTHER else "the first"
        what = f"`{event.name}` is now called" if event.how == "called" else _begin(event, "now ")
        what = what if event.how == "called" else f"{what}{_finish(reading, event)}"
        yield Statement(f"{what} in {where} thread or task")
    elif event.how == "called":
        yield Statement(_state_call(reading, found, counts))
    elif was_there:
        yield from _state_count(reading, event, counts)
    else:
        yield Statement(f"{_begin(event, 'now ')}{_finish(reading, event)}{_times(found.times)}")


def _state_absence(reading: Reading, found: Occurrence, counts: Counts) -> Iterator[Statement]:
    event, key = found.event, reading.key(found.event)
    is_there = counts.of(key)[1]
    if key in counts.moved:
        return  # said where it comes
    if event.how == "called":
        yield Statement(_state_no_call(reading, found, counts))
    elif is_there:
        yield from _state_count(reading, event, counts)
    else:
        often = "" if event.how in ("acted", "reached") else _times(found.times)
        yield Statement(f"{_begin(event, 'no longer ')}{_finish(reading, event)}{often}")


def _state_count(reading: Reading, event: Event, counts: Counts) -> Iterator[Statement]:
    """How often something happens that happens on both sides, where that differs."""
    of_this = counts.of(reading.key(event))
    if of_this[0] != of_this[1]:
        often = _compare_counts(of_this)
        yield Statement(f"{_begin(event, 'now ')}{_finish(reading, event)} {often}")


def _begin(event: Event, when: str) -> str:
    """Who does something now, or no longer: `recv` now raises."""
    if event.how == "acted":
        return f"the application {when}reaches its action "
    if event.name == SIGINT:
        return f"`{event.name}` {when}reaches the application"
    if event.how == "reached":
        return f"the application {when}reaches "
    return f"`{event.name}` {when}{'returns' if event.how == 'returned' else 'raises'} "


def _finish(reading: Reading, event: Event) -> str:
    """What is reached, returned or raised."""
    if event.how == "acted":
        return _act(event)
    if event.how == "reached":
        return "" if event.name == SIGINT else event.name
    return format_result(event, reading.names)


def _state_call(reading: Reading, found: Occurrence, counts: Counts) -> str:
    """A call that is new, or one more than before."""
    if counts.was and counts.was != counts.now:
        return _state_call_count(reading, found, counts, "also")
    name, times, given = _list_parts(reading, found)
    before = f", before `{found.following}`" if found.following else ""
    return f"{name} is now called{times}{', ' * bool(given)}{given}{before}"


def _state_no_call(reading: Reading, found: Occurrence, counts: Counts) -> str:
    """A call that is gone, or one less than before."""
    if counts.now and counts.was != counts.now:
        return _state_call_count(reading, found, counts, "no longer")
    name, times, given = _list_parts(reading, found)
    given = " " * bool(given) + given
    if counts.now:
        return f"{name} is no longer called{given}{times}"
    was = f" (it was{times}{given})" if given or times else ""
    return f"{name} is no longer called{was}"


def _state_call_count(reading: Reading, found: Occurrence, counts: Counts, so: str) -> str:
    """How often it is called, before and now; and how often so, if it is on both sides."""
    name, times, given = _list_parts(reading, found)
    often = f"{name} is now called {_compare_counts((counts.was, counts.now))}"
    of_this = counts.of(reading.key(found.event))
    if given and all(of_this):
        return f"{often}: {given} {_compare_counts(of_this)}"
    return f"{often}: {so} {given}{times}" if given else often


def _list_parts(reading: Reading, found: Occurrence) -> tuple[str, str, str]:
    """The name of a call, how many times it comes, and with what."""
    event = found.event
    given = f"with {format_args(event, reading.names)}" if event.args else ""
    return f"`{event.name}`", _times(found.times), given


def _state_replacement(
    old: Reading, was: Occurrence, new: Reading, now: Occurrence
) -> Iterator[Statement]:
    before, after, times, times_now = was.event, now.event, was.times, now.times
    name, hows = f"`{after.name}`", (before.how, after.how)
    if hows == ("raised", "raised") and times == times_now:
        yield from state_other_error(name, old, before.args[0], new, after.args[0])
        return
    grown = list_new_attributes(
        strip_wording(before.args, old.names), strip_wording(after.args, new.names)
    )
    if grown and hows[0] == hows[1] and times == times_now:
        what = "gets" if hows[1] == "called" else hows[1].replace("returned", "returns")
        yield Statement(f"what {name} {what} now has {list_names(grown)}", new=True)
        return
    form = format_args if hows == ("called", "called") else format_result
    texts = form(before, old.names), form(after, new.names)
    if hows[0] == hows[1] and times == times_now:
        texts = format_both(form, (before, old.names), (after, new.names))
    text, text_now = texts[0] + _times(times), texts[1] + _times(times_now)
    if hows == ("returned", "returned"):
        yield Statement(f"{name} returned {text}, now {text_now}")
        return
    past = {"returned": "returned ", "raised": "raised ", "called": "got "}
    present = {"returned": "returns ", "raised": "raises ", "called": "gets "}
    both = past.get(hows[0], "") + text, present.get(hows[1], "") + text_now
    yield Statement(f"{name} {both[0]}, now {both[1]}")


def _act(event: Event) -> str:
    return f"{event.name}({', '.join(map(show, event.args))})"


def _compare_counts(totals: tuple[int, int]) -> str:
    """How often now, and before."""
    was, now = ("once" if count == 1 else _times(count).strip() for count in totals)
    return f"{now}, before {was}"


def _times(count: int) -> str:
    return "" if count == 1 else " twice" if count == 2 else f" {count} times"
