"""The behaviours of a history's file, each put together, and checked, when it is looked at.

How this works. A file has thousands of behaviours, and most questions are about a few. So reading
it leaves the tables as they are. Whoever looks at a behaviour gets it whole, or an error if it
names what is not there, or is not what its id is the digest of: a file that was edited by hand is
found out as far as it is looked at. `check_all` looks at everything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fixtures.model.behaviour import event_of
from fixtures.model.event import AT, LANES, Event
from fixtures.model.run_order import decode_order
from fixtures.model.trace import Loaded, Trace

from .file_format import Behaviour, Stored, unfold_one
from .validation import behaviour_problems

_NOWHERE = Loaded("", "", "", "")
Report = Callable[[str], Exception]
"""Makes the error of what is wrong."""


class UnfoldedBehaviours(Mapping[str, Behaviour]):
    """The behaviours of a file, each put together of what it names.

    One that names what is not there raises what `report` makes of that; `check` finds the rest.
    """

    def __init__(self, stored: Stored, report: Report) -> None:
        """None of them is looked at yet."""
        self._stored, self._report = stored, report
        self._found: dict[str, Behaviour] = {}

    def __getitem__(self, name: str) -> Behaviour:
        """The behaviour of this id, whole."""
        if name not in self._found:
            try:
                self._found[name] = unfold_one(self._stored, self._stored.behaviours[name])
            except KeyError:
                self.check(name)
                raise
        return self._found[name]

    def check(self, name: str) -> None:
        """Raise what `report` makes of the first problem of a behaviour, if it has one."""
        for problem in behaviour_problems(self._stored, name):
            raise self._report(problem)

    def __iter__(self) -> Iterator[str]:
        """The ids, in the order of the file."""
        return iter(self._stored.behaviours)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._stored.behaviours)


class Shapes(Mapping[str, Trace]):
    """Each behaviour as a trace of no cell in particular; equal rows are one event.

    Looking at one raises what `report` makes of it if its id is not its digest.
    """

    def __init__(self, behaviours: Mapping[str, Behaviour], report: Report) -> None:
        """None of them is looked at yet."""
        self._behaviours, self._report = behaviours, report
        self._shared: dict[tuple[str, int, float | None], Event] = {}
        self._found: dict[str, Trace] = {}

    def __getitem__(self, name: str) -> Trace:
        """The behaviour of this id as a trace."""
        if name not in self._found:
            if isinstance(self._behaviours, UnfoldedBehaviours):
                self._behaviours.check(name)
            found = self._make(self._behaviours[name])
            digest = _find_digest(found)
            if digest != name:
                problem = f"the behaviour {name} was changed by hand: what stands there is {digest}"
                raise self._report(problem)
            self._found[name] = found
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self._behaviours)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._behaviours)

    def _make(self, behaviour: Behaviour) -> Trace:
        facts = {name: _with_text(fact) for name, fact in behaviour.facts.items()}
        events = tuple(_events(behaviour, self._shared))
        return Trace("", "", _NOWHERE, events, facts, 0.0, behaviour.waited)


def check_all(shapes: Mapping[str, Trace]) -> None:
    """Look at every behaviour; raises what looking at the first wrong one raises."""
    for name in shapes:
        shapes[name]


def _find_digest(shape: Trace) -> str:
    try:
        return shape.behaviour_id
    except (AttributeError, TypeError):  # facts of another kind than a run has
        return "none"


def _with_text(fact: Any) -> Any:
    """A fact that is a list of records, with the (empty) texts that a trace's records have."""
    if not isinstance(fact, list):
        return fact
    return [{"text": ""} | item if isinstance(item, dict) else item for item in fact]


def _events(
    behaviour: Behaviour, shared: dict[tuple[str, int, float | None], Event]
) -> Iterator[Event]:
    """The events of a behaviour, in the stored order, or lane by lane where there is none.

    They are one event for all the places in a lane where the very row stands at the same time.
    """
    rows = {lane: iter(rows) for lane, rows in behaviour.lanes.items()}
    unordered = ((lane, None) for lane in LANES for _ in behaviour.lanes.get(lane, ()))
    for lane, at in decode_order(behaviour.order) if behaviour.order else unordered:
        row = next(rows[lane])
        if (lane, id(row), at) not in shared:
            event = event_of(lane, row)
            details = {} if at is None else {AT: at}
            shared[lane, id(row), at] = dataclasses.replace(event, details=details)
        yield shared[lane, id(row), at]
