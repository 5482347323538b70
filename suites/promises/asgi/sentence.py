"""A sentence of the ASGI specification, and how a server is held to it.

A server says in the scope which version of the specification it understands. Its package holds each
of its surfaces to the sentences of that version, and of those before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fixtures.drivers.surfaces import Surface
from fixtures.model.scenario import SCENARIOS, Family, Scenario
from fixtures.model.situations import flat

from ...judging.expectations import Expectation
from ...judging.promise import Source, doc, list_playable, promise

SPECIFICATION = "https://asgi.readthedocs.io/en/latest/specs/www.html"
FIRST = "2.0"
"""The first version of the specification, and that of a server which names none."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a section of a page says of some situations, and since which version."""

    name: str
    scenarios: Scenario | Family | Iterable[Scenario | Family]
    expectation: Expectation
    section: str
    says: str
    since: str = FIRST
    page: str = SPECIFICATION

    @property
    def source(self) -> Source:
        """The section of the page, with the version if that is not the first."""
        added = f" (since version {self.since})" if self.since != FIRST else ""
        return doc(self.page, f"{self.section}{added}", self.says)


def hold_to(
    sentences: Iterable[Sentence],
    surface: Surface,
    *added: str,
    versions: str = "",
    but: Iterable[Surface] = (),
) -> None:
    """Promise the sentences that some versions of the specification have added.

    `added` are these versions: `hold_to(SENT, asgi_server, "2.0", "2.3")` for a server that
    announces 2.3. Variants of the surface are held to them as well, `but` for some; `versions` are
    the releases of the server. A sentence is left out if the surface plays none of its situations.
    """
    playable = list_playable(surface, len(SCENARIOS))
    for one in sentences:
        if one.since in added and playable.intersection(s.name for s in flat(one.scenarios)):
            promise(
                one.name,
                surface,
                one.scenarios,
                one.expectation,
                source=one.source,
                versions=versions,
                but=but,
            )
