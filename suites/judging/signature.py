"""The canonical form of events: the text that the signatures of known deviations match.

A story shows it after *found* or, for an event of the wire, after *signature*. The lists of known
issues depend on it, so it does not change with the other texts for people.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.model.description import show
from fixtures.model.event import WIRE, Event


def format_signature(events: Iterable[Event]) -> str:
    """Events in their order, or "nothing": `on_open(); on_close(1000, 'bye')`."""
    return "; ".join(map(_format_event, events)) or "nothing"


def _format_event(event: Event) -> str:
    values = ", ".join(map(show, event.args))
    if event.lane == WIRE:  # as the peer saw it, which sent or received it
        place = f" on {event.where}" if event.where else ""
        return f"{event.name} {event.how}{place}" + (f": {values}" if values else "")
    if event.how == "called":
        return f"{event.name}({values})"
    if event.how == "acted":
        return f"the application: {event.name}({values})"
    if event.how == "returned":
        return f"{event.name} -> {values or 'None'}"
    return f"{event.name} {event.how} {values}".rstrip()
