"""The verdict on one end of a pair: that of its scenario, with what is known of its surface.

What is recorded of a known deviation is known here as well, whichever scenario lists it: a pair has
its own situation, and the cause is the same. But that nothing is recorded can have any cause, so it
never counts as a known one. That a deviation does not show is no news: in the cell
with the scripted peer that lists it, it has to.

A scripted peer does not wait before it ends; a library may. So how long a run takes says nothing of
an end that is over as soon as the far end has ended, whether a rule or a promise looks at that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fixtures.drivers.surfaces import Surface
from fixtures.interop.situation import Situation
from fixtures.model.event import WIRE
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace

from ..judging.delivery_rules import nothing_waits_for_what_has_come
from ..judging.finding import NOTHING
from ..judging.issues import Deviation
from ..judging.judge import BROKEN, CellVerdict, Verdict, judge
from ..judging.promise import PROMISES
from ..judging.values import close_frames

ABOUT_WAITING = frozenset({nothing_waits_for_what_has_come.id})
ANSWERED = "answered"
"""The tag of a scenario in which the far end answers the close frame of this one."""
FAR_END = ("end", "sent")
"""The kind of a wire event, and how it came, if the far end has ended TCP."""
ROUNDING = 0.05
"""Seconds by which the duration of a trace, which is rounded, may differ from a time in it."""


def judge_end(
    surface: Surface,
    situation: Situation,
    traces: Sequence[Trace],
    deviations: Iterable[Deviation],
    *,
    in_real_time: bool = False,
) -> CellVerdict:
    """The verdict on the end that this surface is, from its traces in one or several runs.

    `in_real_time`: how long they took was for the machine to say.
    """
    half = situation.half_of(surface.role)
    if ANSWERED in half.tags and not all(map(_has_answered, traces)):
        half = replace(half, name=f"interop_{surface.role}", tags=half.tags - {ANSWERED})
    no_waiting = in_real_time or all(map(_is_over_with_the_far_end, traces))
    without = ABOUT_WAITING if no_waiting else frozenset[str]()
    found = judge(surface, half, traces, without=without)
    late = _find_late(found) if no_waiting else frozenset[str]()
    known = list(_find_known(found, half, deviations))
    if known or late:
        found = judge(surface, half, traces, known, without=without | late)
    named = replace(half, name=situation.name, group="interop", doc=situation.doc)
    return replace(found, scenario=named)


def _has_answered(trace: Trace) -> bool:
    """Whether a close frame of the far end has come, or none of this end has left."""
    return bool(close_frames(trace, "sent")) or not close_frames(trace, "received")


def _is_over_with_the_far_end(trace: Trace) -> bool:
    """Whether the far end has ended TCP late, and the run has ended then."""
    times = [one.details["at"] for one in trace.lanes[WIRE] if (one.kind, one.how) == FAR_END]
    return bool(times) and 0 < trace.seconds <= times[-1] + ROUNDING


def _find_late(end: CellVerdict) -> frozenset[str]:
    """The promises that nothing breaks but how long the run took."""
    took = {one.waited for one in end.traces}
    broken = [one for one in end.select(BROKEN) if one.check in PROMISES]
    return frozenset(one.check for one in broken if took.issuperset(one.failures))


def _find_known(
    end: CellVerdict, half: Scenario, deviations: Iterable[Deviation]
) -> Iterator[Deviation]:
    """The deviations that explain what is broken, as if they listed this scenario."""
    ours = [one for one in deviations if one.surface == end.surface.name]
    for verdict in end.select(BROKEN):
        for one in ours:
            if _explains(one, end, verdict):
                yield replace(one, scenarios=frozenset({half.name}), sometimes=True)
                break


def _explains(deviation: Deviation, end: CellVerdict, verdict: Verdict) -> bool:
    """Whether what is recorded is what a deviation of the surface is, in this release."""
    loaded = end.traces[0].loaded
    return (
        NOTHING not in verdict.failures
        and deviation.is_about(verdict.check, loaded.version, loaded.python)
        and all(map(deviation.recognises, verdict.failures))
    )
