"""Sentences on what reaches an application now, and no longer: calls, returns, exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fixtures.model.description import show
from fixtures.model.event import Event
from fixtures.run.interrupting import SIGINT

from .error_sentences import state_other_error
from .statement import Reading, Statement, list_names
from .terms import format_args, format_result, list_new_attributes, strip_wording
from .value_names import format_both, list_application_events


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event, how often it comes in a row, and which other callback is called next, if any."""

    event: Event
    times: int
    following: str


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
    old: Reading,
    gone: list[Occurrence],
    new: Reading,
    come: list[Occurrence],
    totals: tuple[int, int],
) -> Iterator[Statement]:
    """What to say where the events `gone` have become the events `come`, all of one name.

    `totals`: how many events of this name there are on each side.
    """
    for before, after in zip_longest(gone, come):
        if before and after:
            yield from _state_replacement(old, before, new, after)
        elif after:
            yield Statement(_state_arrival(new, after, totals))
        else:
            yield Statement(_state_absence(old, before, totals))


def _state_arrival(reading: Reading, found: Occurrence, totals: tuple[int, int]) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f", with {format_args(event, reading.names)}" if event.args else ""
        before = f", before `{found.following}`" if found.following else ""
        if totals[0] and totals[0] != totals[1]:
            also = f": also with {format_args(event, reading.names)}" if event.args else ""
            return f"{name} is now called {_compare_counts(totals)}{also}{times if also else ''}"
        return f"{name} is now called{times}{given}{before}"
    if event.how == "acted":
        return f"the application now reaches its action {_act(event)}"
    if event.name == SIGINT:
        often = f" {_compare_counts(totals)}" if totals[0] else times
        return f"{name} now reaches the application{often}"
    if event.how == "reached":
        return f"the application now reaches {event.name}{times}"
    verb = "returns" if event.how == "returned" else "raises"
    return f"{name} now {verb} {format_result(event, reading.names)}{times}"


def _state_absence(reading: Reading, found: Occurrence, totals: tuple[int, int]) -> str:
    event, times = found.event, _times(found.times)
    name = f"`{event.name}`"
    if event.how == "called":
        given = f" with {format_args(event, reading.names)}" if event.args else ""
        if totals[1] and totals[0] != totals[1]:
            which = f": no longer{given}{times}" if given else ""
            return f"{name} is now called {_compare_counts(totals)}{which}"
        if totals[1]:
            return f"{name} is no longer called{given}{times}"
        was = f" (it was{times}{given})" if given or times else ""
        return f"{name} is no longer called{was}"
    if event.how == "acted":
        return f"the application no longer reaches its action {_act(event)}"
    if event.name == SIGINT:
        if totals[1]:
            return f"{name} now reaches the application {_compare_counts(totals)}"
        return f"{name} no longer reaches the application"
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
