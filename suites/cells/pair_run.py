"""A client and a server of two libraries against each other, as a pytest test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.interop.pair import FarEnd
from fixtures.interop.situation import SITUATIONS, Situation
from fixtures.model.trace import Trace

from ..interop.agreement import find_disagreements
from ..interop.pair_judging import judge_end
from ..judging.issues import Deviation
from ..judging.judge import KNOWN, CellVerdict
from ..judging.rules import reported_code_is_the_peers
from ..safe_text import defuse_lines, format_message
from .story import format_known, format_story, format_timeline
from .summary import FoundIn, encode_verdict

ROLES = ("client", "server")
MEET_EACH_OTHER = frozenset({"websocket-client", "websockets", "tornado", "uvicorn", "aiohttp"})
"""Libraries whose clients meet the servers of all of them."""
MEET_EVERYBODY = frozenset(
    {"websocket_client_core", "websockets_asyncio_client", "aiohttp_client"}
    | {"websockets_asyncio_server", "tornado_handler", "asgi_uvicorn_sansio"}
)
"""Surfaces that meet every surface of any other library as well."""
MEET_NOBODY = frozenset({"flask_sock_handler"})
"""Surfaces of which two threads may each wait for the other to be at rest: no time passes then."""
CODE_RULE = reported_code_is_the_peers.id
"""Where this rule is known to be broken, what one end is told says nothing of the other."""


@dataclass
class PairRun:
    """A pair of surfaces in a situation; `settle` runs it and judges both ends."""

    client: Surface
    server: Surface
    situation: Situation
    deviations: tuple[Deviation, ...]
    far_end: FarEnd
    repeat: int = 1
    real_time: bool = False
    verdicts: tuple[CellVerdict, ...] = field(default=())

    def __repr__(self) -> str:
        """Its name."""
        return f"{self.client}-{self.server}-{self.situation}"

    def settle(self) -> None:
        """Run and judge the pair; pass, fail, xfail or skip accordingly."""
        __tracebackhide__ = True
        ends = (self.client, self.server)
        missing = [f"{one}: {why}" for one in ends if (why := self._explain_lack(one))]
        if missing:
            pytest.skip(f"not applicable: {format_message('; '.join(missing))}")
        runs = [self._run() for _ in range(self.repeat)]
        self.verdicts = tuple(
            judge_end(surface, self.situation, traces, self.deviations)
            for surface, traces in zip(ends, zip(*runs, strict=True), strict=True)
        )
        wrong = [format_story(one, again=False) for one in self.verdicts if one.is_red]
        misled = {one.surface.name for one in self.verdicts if is_misled(one)}
        told = (one for run in runs for one in find_disagreements(self.situation, *run, misled))
        wrong += dict.fromkeys(told)
        if wrong:
            again = f'again with  pytest "{self.node}" --trace'
            story = defuse_lines("\n".join([self.situation.doc, *wrong, again]))
            pytest.fail(story, pytrace=False)
        known = format_message(
            "; ".join(format_known(one) for one in self.verdicts if one.word == KNOWN)
        )
        if known:
            pytest.xfail(known)
            # Reached with --runxfail only, as in a cell.
            pytest.fail(known, pytrace=False)

    @property
    def node(self) -> str:
        """The pytest node id of the pair."""
        return f"suites/test_interop.py::test_interop[{self!r}]"

    @property
    def timeline(self) -> str:
        """Every event of both ends."""
        return "\n".join(map(format_timeline, self.verdicts))

    def list_findings(self) -> Iterator[FoundIn]:
        """The known causes that either end shows."""
        for one in map(encode_verdict, self.verdicts):
            yield from ((one["surface"], one["scenario"], cause) for cause in one["findings"])

    def _explain_lack(self, surface: Surface) -> str:
        return surface.not_applicable(self.situation.half_of(surface.role))

    def _run(self) -> tuple[Trace, Trace]:
        return self.far_end.run(self.client, self.server, self.situation, real_time=self.real_time)


def is_misled(verdict: CellVerdict) -> bool:
    """Whether it is known that an end is told another code than has come."""
    return any(one.check == CODE_RULE for one in verdict.select(KNOWN))


def list_pairs(chosen: list[Surface]) -> list[tuple[Surface, Surface, Situation]]:
    """Every client with every server in every situation, of which one end at least is chosen.

    A variant of a surface is left out where the situation does not ask for it: its library says the
    same to the far end. The neighbours meet those that many programs use, and not each other; some
    meet nobody.
    """
    clients, servers = ([one for one in SURFACES.values() if one.role == role] for role in ROLES)
    return [
        (client, server, situation)
        for client in clients
        for server in servers
        for situation in SITUATIONS.values()
        if _do_meet(client, server)
        and situation.includes(client)
        and situation.includes(server)
        and (client in chosen or server in chosen)
    ]


def _do_meet(client: Surface, server: Surface) -> bool:
    """Whether there is such a pair."""
    if server.name in MEET_NOBODY:
        return False
    libraries = {client.library.name, server.library.name}
    return libraries <= MEET_EACH_OTHER or not MEET_EVERYBODY.isdisjoint({client.name, server.name})
