"""Where the events of the application stand on two sides of a comparison, and what is aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from fixtures.model.event import LANES

from .occurrences import Counts
from .statement import Key, Reading
from .value_names import is_action, list_application_events

Name = tuple[str, str, bool]
"""The name of events of the application, their lane, and whether they are its actions."""
Places = Mapping[Name, Sequence[int]]


def count_events(old: Reading, new: Reading, places: Sequence[Places], name: Name) -> Counts:
    """How often the events of a name come, in both lanes; and which are in another lane now."""
    lanes = [
        {
            lane: Counter(list_keys(reading, found.get((name[0], lane, name[2]), ())))
            for lane in LANES
        }
        for reading, found in zip((old, new), places, strict=True)
    ]
    before, after = (sum(side.values(), Counter[Key]()) for side in lanes)
    here = [side[name[1]] for side in lanes]
    moved = {key for key in before if before[key] == after[key] and here[0][key] != here[1][key]}
    return Counts(before, after, frozenset(moved))


def align(was: Sequence[Hashable], now: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
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


def find_places(reading: Reading) -> dict[Name, list[int]]:
    """Where the events of each name and lane stand among those of the application."""
    found: dict[Name, list[int]] = {}
    for at, event in enumerate(list_application_events(reading.trace)):
        found.setdefault((event.name, event.lane, is_action(event)), []).append(at)
    return found


def list_keys(reading: Reading, places: Sequence[int]) -> list[Key]:
    """What is compared of the events at these places."""
    events = list_application_events(reading.trace)
    return [reading.key(events[at]) for at in places]
