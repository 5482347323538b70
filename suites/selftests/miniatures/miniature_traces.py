"""Traces made by hand, for events that sockets cannot show, and traces of miniatures."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.model.description import Value
from fixtures.model.event import APPLICATION, WIRE, Event
from fixtures.model.scenario import SCENARIOS, Scenario
from fixtures.model.trace import Loaded, Trace
from fixtures.net.certificates import Certificates
from fixtures.run.cell import run_cell

from .miniature_libraries import Good, surface

LOADED = Loaded("miniature", "1.0", "miniature.py", "CPython 3.11.0")


def play(
    miniature: type[Good], played: str | Scenario, certificates: Certificates | None = None
) -> Trace:
    """The trace of a miniature in a scenario, or in the one of this name."""
    found = SCENARIOS[played] if isinstance(played, str) else played
    return run_cell(surface(miniature), found, certificates)


def make_trace(
    *events: Event,
    facts: Mapping[str, Value] | None = None,
    waited: str = "at once",
    problems: tuple[str, ...] = (),
) -> Trace:
    """A trace of these events and facts, without a run."""
    return Trace("miniature", "by_hand", LOADED, events, facts or {}, 0.0, waited, problems)


def report(
    kind: str, name: str, *args: Value, how: str = "called", code: int | None = None
) -> Event:
    """An event that the library reports to the application."""
    return Event(APPLICATION, kind, name, how, args, code)


def peer_sends(name: str, *args: Value, kind: str = "frame") -> Event:
    """A wire event that the peer sends: a frame, or another `kind` of event."""
    return Event(WIRE, kind, name, "sent", args)


def peer_receives(name: str, *args: Value, kind: str = "frame") -> Event:
    """A wire event that the peer receives."""
    return Event(WIRE, kind, name, "received", args)


REQUEST = peer_receives("request", kind="handshake")
ANSWER = peer_sends("101 response", kind="handshake")
