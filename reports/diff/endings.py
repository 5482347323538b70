"""Sentences on how a run begins and ends: whether it opens, connects again, ends, and when."""

from __future__ import annotations

from collections.abc import Iterator

from fixtures.drivers.surfaces import SURFACES
from fixtures.model.default_options import decode_missing_default
from fixtures.model.event import WIRE
from fixtures.model.trace import Trace
from fixtures.model.wire_names import name_response, read_status
from fixtures.run.duration import describe_length

from .kinds import HANGS, OPENING, RECONNECTS, TIME
from .statement import Statement

OPENED = name_response(101)
"""The wire event with which a connection is open."""


def state_ending(old: Trace, new: Trace) -> Iterator[Statement]:
    """What to say of how two runs open and end, if they do so in different ways."""
    yield from _state_opening(old, new)
    yield from _state_connections(old, new)
    if old.waited != new.waited:
        again = old.duration_class.reconnects != new.duration_class.reconnects
        kind = HANGS if old.hangs != new.hangs else TIME
        yield Statement(
            f"the application now {_ending(new, 's')}; before, it {_ending(old, 'ed')}",
            kind=RECONNECTS if again else kind,
        )


def state_default(reason: str, new: Trace) -> Iterator[tuple[str, Statement]]:
    """The function that has a new option with a default, and what that does to everybody.

    `reason` is why the old release could not play the cell.
    """
    lacking = decode_missing_default(reason)
    if lacking is not None:
        function, option = lacking
        now = "never ends" if new.hangs else f"ends {_after(new)}"
        text = f"`{function}` now has `{option}`, with a default for every program: here it {now}"
        yield function, Statement(text, kind=HANGS)  # an end that there was not before


def _state_opening(old: Trace, new: Trace) -> Iterator[Statement]:
    """Whether a server of the library accepts what it refused, or the other way round."""
    was, now = find_answer(old), find_answer(new)
    if was and now and was != now and OPENED in (was, now):
        said = f"refused with the {now}; before, it was accepted"
        if now == OPENED:
            said = f"accepted; before, it was refused with the {was}"
        yield Statement(f"the opening is now {said}", kind=OPENING)


def find_answer(trace: Trace) -> str:
    """The first answer of a library's server to an opening request: "403 response", or none."""
    answers = (
        event.name
        for event in trace.events
        if (event.lane, event.kind, event.how) == (WIRE, "handshake", "received")
    )
    return next((name for name in answers if read_status(name)), "")


def _state_connections(old: Trace, new: Trace) -> Iterator[Statement]:
    """Whether the library connects again, and how often, if both runs end in the same way."""
    was, now = _count_again(old), _count_again(new)
    if was == now or old.duration_class.reconnects != new.duration_class.reconnects:
        return
    if not now:
        said = f"no longer connects again{_times(was)}"
    else:
        before = f"it connected again{_times(was, 'once')}" if was else "it did not"
        said = f"now connects again{_times(now, 'once' if was else '')}; before, {before}"
    yield Statement(f"the library {said}", kind=RECONNECTS)


def _count_again(trace: Trace) -> int:
    """How many times the library asks for a connection once one has been open."""
    wire = [event for event in trace.events if event.lane == WIRE]
    opened = next((at for at, one in enumerate(wire) if one.name == OPENED), len(wire))
    return sum((one.name, one.how) == ("request", "received") for one in wire[opened:])


def _times(count: int, once: str = "") -> str:
    return f" {once}".rstrip() if count == 1 else " twice" if count == 2 else f" {count} times"


def _ending(trace: Trace, tense: str) -> str:
    if trace.hangs:
        reconnects = trace.duration_class.reconnects
        return f"never end{tense}" + ": the library connects again" * reconnects
    return f"end{tense} {_after(trace)}"


def _after(trace: Trace) -> str:
    """When a run ends: at once, or after how long."""
    surface = SURFACES.get(trace.surface)
    return describe_length(trace.duration_class, surface.timeouts if surface else None)
