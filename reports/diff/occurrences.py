"""What comes on one side of a comparison, how often, and what is called next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fixtures.model.event import Event

from .statement import Key, Reading
from .value_names import list_application_events


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
