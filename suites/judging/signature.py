"""The canonical form of events: what the signatures of known deviations match.

A story shows it after *found*, so that it can be copied from there. It does not follow how other
texts for people put an event: the lists of known issues hold it.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.model.description import show
from fixtures.model.event import WIRE, Event


def signature(events: Iterable[Event]) -> str:
    """Events in their order, or "nothing": `on_open(); on_close(1000, 'bye')`."""
    return "; ".join(map(_signature, events)) or "nothing"


def _signature(event: Event) -> str:
    values = ", ".join(map(show, event.args))
    if event.lane == WIRE:  # in the words of the peer, which sent or received it
        place = f" on {event.where}" if event.where else ""
        return f"{event.name} {event.how}{place}" + (f": {values}" if values else "")
    if event.how == "called":
        return f"{event.name}({values})"
    if event.how == "acted":
        return f"the application: {event.name}({values})"
    if event.how == "returned":
        return f"{event.name} -> {values or 'None'}"
    return f"{event.name} {event.how} {values}".rstrip()
