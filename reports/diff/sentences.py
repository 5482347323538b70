"""Sentences on what reaches an application now, and no longer: calls, returns, exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from fixtures.model.description import show
from fixtures.model.event import OTHER, Event
from fixtures.run.interrupting import SIGINT

from .error_sentences import state_other_error
from .kinds import of_events
from .occurrences import Counts, Occurrence
from .statement import Reading, Shape, Statement, list_names
from .terms import format_args, format_result, list_new_attributes, strip_wording
from .value_names import format_both


def state_changes(
    old: Reading, gone: list[Occurrence], new: Reading, come: list[Occurrence], counts: Counts
) -> Iterator[Statement]:
    """What to say where the events `gone` have become the events `come`, all of one name."""
    if gone and come and sum(one.times for one in gone) == sum(one.times for one in come):
        gone, come = list(_repeat(gone)), list(_repeat(come))
    for before, after in zip_longest(gone, come):
        if before and after:
            found = _state_replacement(old, before, new, after)
        elif after:
            found = _state_arrival(new, after, counts)
        else:
            found = _state_absence(old, before, counts)
        kind = of_events(*(one.event.how if one else None for one in (before, after)))
        yield from (replace(one, kind=kind) for one in found)


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
    if key in counts.moved:
        where = "a second" if event.lane == OTHER else "the first"
        what = f"`{event.name}` is now called"
        if event.how != "called":
            what = f"{_begin(event, 'now ')}{_finish(reading, event)}"
        yield Statement(f"{what} in {where} thread or task")
    elif event.how == "called":
        yield _state_call(reading, found, counts)
    elif counts.of(key)[0]:
        yield from _state_count(reading, event, counts)
    else:
        yield _state_act(reading, found, "now ")


def _state_absence(reading: Reading, found: Occurrence, counts: Counts) -> Iterator[Statement]:
    event, key = found.event, reading.key(found.event)
    if key in counts.moved:
        return  # said where it comes
    if event.how == "called":
        yield _state_no_call(reading, found, counts)
    elif counts.of(key)[1]:
        yield from _state_count(reading, event, counts)
    else:
        yield _state_act(reading, found, "no longer ")


def _state_act(reading: Reading, found: Occurrence, when: str) -> Statement:
    """What an event does now, or no longer; many may return or raise something, each once."""
    begin, finish = _begin(found.event, when), _finish(reading, found.event)
    is_result = found.event.how in ("returned", "raised")
    if is_result and found.times == 1:
        return Statement.of(Shape(begin, finish))
    often = "" if when != "now " and not is_result else _times(found.times)
    return Statement(f"{begin}{finish}{often}")


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


def _state_call(reading: Reading, found: Occurrence, counts: Counts) -> Statement:
    """A call that is new, or one more than before."""
    if counts.was and counts.was != counts.now:
        return _state_call_count(reading, found, counts, "also")
    name, times, given = _list_parts(reading, found)
    before = f", before `{found.following}`" if found.following else ""
    if not given:
        return Statement(f"{name} is now called{times}{before}")
    return _state_given(Shape(f"{name} is now called{times}, with ", given, before), times)


def _state_no_call(reading: Reading, found: Occurrence, counts: Counts) -> Statement:
    """A call that is gone, or one less than before."""
    if counts.now and counts.was != counts.now:
        return _state_call_count(reading, found, counts, "no longer")
    name, times, given = _list_parts(reading, found)
    head = f"{name} is no longer called"
    if not given:
        return Statement(f"{head} (it was{times})" if times and not counts.now else head + times)
    around = (" with ", times) if counts.now else (f" (it was{times} with ", ")")
    return _state_given(Shape(f"{head}{around[0]}", given, around[1]), times)


def _state_call_count(reading: Reading, found: Occurrence, counts: Counts, so: str) -> Statement:
    """How often it is called, before and now; and how often so, if it is on both sides."""
    name, times, given = _list_parts(reading, found)
    often = f"{name} is now called {_compare_counts((counts.was, counts.now))}"
    if not given:
        return Statement(often)
    of_this = counts.of(reading.key(found.event))
    if all(of_this):
        return Statement(f"{often}: with {given} {_compare_counts(of_this)}")
    return _state_given(Shape(f"{often}: {so} with ", given, times), times)


def _list_parts(reading: Reading, found: Occurrence) -> tuple[str, str, str]:
    """The name of a call, how many times it comes, and what it is given, if anything."""
    given = format_args(found.event, reading.names) if found.event.args else ""
    return f"`{found.event.name}`", _times(found.times), given


def _state_given(shape: Shape, times: str) -> Statement:
    """A call; others may be like one that comes once."""
    return Statement(str(shape)) if times else Statement.of(shape)


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
