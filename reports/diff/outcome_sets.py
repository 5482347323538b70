"""Which outcomes of a cell to compare, where it was run several times.

A cell that races has a set of outcomes. An outcome is *gone* if none of the new runs shows it, and
*new* if none of the old ones does. There is one rule, for what was run and for what is stored:

- Two sets that have nothing in common differ in every run: that is a change.
- Otherwise an outcome that is gone, or new, is a change unless chance explains it, because it is
  rare and may just have been missed. Such a cell is run more often before it is judged; what is
  rare then is told as rare, and is minor.
- How often an outcome comes may not be known of both sides under like conditions: a history may
  not hold it (`reports.history.race_counts`), and a baseline has it of another machine. Chance
  cannot be ruled out then; the outcome is told as one of some runs, and is minor.

Any other cell shows one behaviour; if it does not, what it shows most often is compared, and a
change in it is confirmed by more runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from fixtures.model.trace import Trace

from ..results.release import CellResult
from .events import Change, find_changes, join_equal

DOUBT = 1e-5
"""A cell is run again if chance explains a difference of its sets with more than this."""
CHANCE = 1e-3
"""A difference of sets counts if chance explains it with less than this."""
COMMON = 1 / 6
"""The share of all runs from which an outcome of both sides may stand for them."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a cell that are compared.

    `pairs` holds each outcome that is new or gone beside the one it is most like, and `rare` those
    of which chance may be the reason, with how often they came, in words. `old` and `new` hold one
    trace for each outcome that counts.
    """

    pairs: tuple[tuple[Trace, Trace], ...]
    old: tuple[Trace, ...]
    new: tuple[Trace, ...]
    rare: tuple[tuple[str, tuple[Trace, Trace]], ...] = ()

    @property
    def changes(self) -> list[Change]:
        """What differs, each change once, what matters first."""
        found = [change for pair in self.pairs for change in find_changes(*pair)]
        for how, pair in self.rare:
            texts = [change.text for change in find_changes(*pair) if not change.minor]
            found += [Change(f"{how}: {t}", minor=True, wording=("rare", t)) for t in texts]
        return sorted(join_equal(found), key=lambda change: (change.minor, change.new))


def choose_outcomes(old: CellResult, new: CellResult, *, race: bool = True) -> Outcomes:
    """What to compare of two sets of runs, none of them empty."""
    if not race or len(old.traces) == len(new.traces) == 1:
        was, now = _usual(old, new), _usual(new, old)
        return Outcomes(((was[0], now[0]),), was, now)
    gone, come = _certain(old, new), _certain(new, old)
    was, now = _complete_outcomes(old, new, gone), _complete_outcomes(new, old, come)
    pairs = [(_nearest(trace, gone or was, is_old=False), trace) for trace in come]
    for trace in gone:
        if not any(trace is before for before, _ in pairs):
            pairs.append((trace, _nearest(trace, come or now, is_old=True)))
    if not pairs and len(was) == len(now) == 1 and was[0].behaviour_id == now[0].behaviour_id:
        pairs.append((was[0], now[0]))  # for the wording, which is not in the behaviour
    rare = [*_rare(old, new, gone, is_old=True), *_rare(new, old, come, is_old=False)]
    return Outcomes(tuple(pairs), was, now, tuple(rare))


def _rare(
    here: CellResult, there: CellResult, certain: tuple[Trace, ...], *, is_old: bool
) -> Iterator[tuple[str, tuple[Trace, Trace]]]:
    """The outcomes that only this side has, perhaps by chance, each beside the one it is like."""
    when, known = "before" if is_old else "now", here.counted and there.counted
    for trace, count in _distinct(here):
        if trace.behaviour_id not in there.behaviours and trace not in certain:
            other = _nearest(trace, tuple(one for one, _ in _distinct(there)), is_old=is_old)
            often = f"{count} of {len(here.traces)} runs, " if here.counted else ""
            how = f"{'rare' if known else 'in some runs'} ({often}{when})"
            yield how, (trace, other) if is_old else (other, trace)


def is_unanimous(*results: CellResult) -> bool:
    """Whether each of them shows one behaviour only."""
    return all(len(result.behaviours) == 1 for result in results)


def _usual(here: CellResult, there: CellResult) -> tuple[Trace, ...]:
    """What a side shows most often; of several, what the other side shows as well."""

    def place(counted: tuple[Trace, int]) -> tuple[int, bool, str]:
        behaviour = counted[0].behaviour_id
        return -counted[1], behaviour not in there.behaviours, behaviour

    return (min(_distinct(here), key=place)[0],)


def is_doubtful(old: CellResult, new: CellResult) -> bool:
    """Whether more runs are needed to tell the two sets apart.

    Runs of one batch are alike, so a set that has something in common with the other is doubted
    however clear it looks.
    """
    if not (old.traces and new.traces) or len(old.traces) == len(new.traces) == 1:
        return False
    one_sided = [
        (count, len(here.traces), len(there.traces))
        for here, there in ((old, new), (new, old))
        for behaviour, count in here.behaviours.items()
        if behaviour not in there.behaviours
    ]
    in_common = old.behaviours.keys() & new.behaviours.keys()
    return bool(one_sided) and (bool(in_common) or any(chance(*one) > DOUBT for one in one_sided))


def chance(count: int, here: int, there: int) -> float:
    """How likely `count` outcomes among all runs fall into those of one side by chance."""
    return comb(here, count) / comb(here + there, count)


def _certain(here: CellResult, there: CellResult) -> tuple[Trace, ...]:
    """The outcomes that only this side has, and not by chance."""
    distinct = _distinct(here)
    often = tuple(
        trace
        for trace, count in distinct
        if trace.behaviour_id not in there.behaviours
        and chance(count, len(here.traces), len(there.traces)) < CHANCE
    )
    if here.behaviours.keys().isdisjoint(there.behaviours):
        return often or tuple(trace for trace, _ in distinct)
    return often if here.counted and there.counted else ()


def _complete_outcomes(
    here: CellResult, there: CellResult, certain: tuple[Trace, ...]
) -> tuple[Trace, ...]:
    """The outcomes that stand for a side: its own, and what the two together have often.

    If there is nothing of the kind, it is what the two together have most often.
    """
    runs = len(here.traces) + len(there.traces)
    common = [
        (count + there.behaviours[trace.behaviour_id], trace)
        for trace, count in _distinct(here)
        if trace.behaviour_id in there.behaviours
    ]
    often = [trace for count, trace in common if count >= COMMON * runs]
    most = sorted(common, key=lambda one: (-one[0], one[1].behaviour_id))[:1]
    return (*certain, *often) or tuple(trace for _, trace in most)


def _distinct(side: CellResult) -> list[tuple[Trace, int]]:
    """One trace for each outcome with its count, the most frequent first."""
    traces = {trace.behaviour_id: trace for trace in side.traces}
    counted = Counter(side.behaviours).items()
    return [(traces[b], count) for b, count in sorted(counted, key=lambda i: (-i[1], i[0]))]


def _nearest(trace: Trace, others: tuple[Trace, ...], *, is_old: bool) -> Trace:
    """The trace from which this one differs least."""

    def distance(other: Trace) -> tuple[int, int, str]:
        found = find_changes(trace, other) if is_old else find_changes(other, trace)
        return sum(change.matters for change in found), len(found), other.behaviour_id

    return min(others, key=distance)
