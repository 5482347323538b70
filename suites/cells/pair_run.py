"""A client and a server of two libraries against each other, as a pytest test."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import SITUATIONS, Situation
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace

from ..interop.agreement import find_disagreements
from ..judging.issues import Deviation
from ..judging.judge import BROKEN, NOT_TESTABLE, CellVerdict, Verdict, judge
from ..safe_text import defuse_lines, format_message
from .story import format_story, format_timeline


@dataclass
class PairRun:
    """A pair of surfaces in a situation; `settle` runs it and judges both ends."""

    client: Surface
    server: Surface
    situation: Situation
    deviations: tuple[Deviation, ...]
    far_end: FarEnd
    verdicts: tuple[CellVerdict, ...] = field(default=())

    def __repr__(self) -> str:
        """Its name."""
        return f"{self.client}-{self.server}-{self.situation}"

    def settle(self) -> None:
        """Run and judge the pair; pass, fail or skip accordingly.

        What is recorded of a known deviation is known here as well, whichever scenario lists it.
        That it does not show is no news: there, with the scripted peer, is where it has to.
        """
        __tracebackhide__ = True
        ends = ((self.client, self.situation.client), (self.server, self.situation.server))
        missing = [f"{one}: {why}" for one, half in ends if (why := one.not_applicable(half))]
        if missing:
            pytest.skip(f"not applicable: {format_message('; '.join(missing))}")
        traces = self.far_end.run(self.client, self.server, self.situation)
        self.verdicts = tuple(
            self._judge(surface, half, trace)
            for (surface, half), trace in zip(ends, traces, strict=True)
        )
        wrong = [format_story(one, again=False) for one in self.verdicts if self._is_wrong(one)]
        wrong += find_disagreements(self.situation, *traces)
        if wrong:
            again = f'again with  pytest "{self.node}" --trace'
            story = defuse_lines("\n".join([self.situation.doc, *wrong, again]))
            pytest.fail(story, pytrace=False)

    @property
    def node(self) -> str:
        """The pytest node id of the pair."""
        return f"suites/test_interop.py::test_interop[{self!r}]"

    @property
    def timeline(self) -> str:
        """Every event of both ends."""
        return "\n".join(map(format_timeline, self.verdicts))

    def _judge(self, surface: Surface, half: Scenario, trace: Trace) -> CellVerdict:
        found = judge(surface, half, [replace(trace, scenario=half.name)])
        return replace(found, scenario=replace(half, doc=self.situation.doc))

    def _is_wrong(self, end: CellVerdict) -> bool:
        """Whether something is wrong at an end that no known deviation explains."""
        return end.word == NOT_TESTABLE or any(
            not any(_explains(one, end, verdict) for one in self.deviations)
            for verdict in end.select(BROKEN)
        )


def _explains(deviation: Deviation, end: CellVerdict, verdict: Verdict) -> bool:
    """Whether what is recorded is what a known deviation of the surface is, in this release."""
    loaded = end.traces[0].loaded
    return (
        deviation.surface == end.surface.name
        and deviation.is_about(verdict.check, loaded.version, loaded.python)
        and all(map(deviation.recognises, verdict.failures))
    )


def list_pairs(chosen: list[Surface]) -> list[tuple[Surface, Surface, Situation]]:
    """Every client with every server in every situation, of which one end at least is chosen.

    A variant of a surface is left out: its library says the same to the far end.
    """
    plain = [one for one in SURFACES.values() if not one.variant_of]
    return [
        (client, server, situation)
        for client in plain
        for server in plain
        for situation in SITUATIONS.values()
        if (client.role, server.role) == ("client", "server")
        and (client in chosen or server in chosen)
    ]
