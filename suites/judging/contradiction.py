"""Whether two documents contradict each other: no run can meet both expectations."""

from __future__ import annotations

from fixtures.model.event import APPLICATION, OTHER
from fixtures.model.trace import Trace

from .expectations import Both, Expectation, Happened, Waited

ENDS = frozenset({"returned", "raised"})
"""The two ways in which a call ends."""


def contradict(one: Expectation, other: Expectation, trace: Trace) -> bool:
    """Whether the run behind a trace cannot meet both, whatever the library does.

    One says that an event happens, and the other that it never does; or one says that a call
    which was made once returns, and the other that it raises; or they have no duration in common.
    """
    return _have_other_durations(one, other) or any(
        _is_opposite(a, b)
        or _is_opposite(b, a)
        or (_is_one_call(a, b) and _ends(trace, a.name) == 1)
        for a in _parts(one)
        for b in _parts(other)
        if a.name == b.name
    )


def _have_other_durations(one: Expectation, other: Expectation) -> bool:
    return (
        isinstance(one, Waited)
        and isinstance(other, Waited)
        and not {*one.classes} & {*other.classes}
    )


def _parts(expectation: Expectation) -> list[Happened]:
    if isinstance(expectation, Both):
        return [found for part in expectation.parts for found in _parts(part)]
    return [expectation] if isinstance(expectation, Happened) else []


def _is_opposite(never: Happened, happens: Happened) -> bool:
    return (
        never.most == 0
        and happens.least > 0
        and never.how == happens.how
        and never.args in (None, happens.args)
    )


def _is_one_call(one: Happened, other: Happened) -> bool:
    return {one.how, other.how} == ENDS and one.least > 0 and other.least > 0


def _ends(trace: Trace, name: str) -> int:
    events = [*trace.lanes[APPLICATION], *trace.lanes[OTHER]]
    return sum(event.name == name and event.how in ENDS for event in events)
