"""The situations that every client surface and every server surface are in together."""

from __future__ import annotations

from dataclasses import replace

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.interop.relay import Network
from fixtures.interop.situation import declare
from fixtures.model.actions import OPENED, close, send, when
from fixtures.model.scenario import SCENARIOS, Scenario


def half(name: str, **changes: object) -> Scenario:
    """A scenario of one end, with what is another in the situation."""
    return replace(SCENARIOS[name], **changes)  # type: ignore[arg-type] # fields of a scenario


BYE = close(1000, "bye")

declare(
    "client_closes_when_opened",
    "The client closes with 1000 and a reason as soon as the connection is open.",
    half("application_closes_when_opened", application=(when(OPENED, BYE),)),
    half("peer_closes_first"),
)
declare(
    "server_closes_when_opened",
    "The server closes with 1000 and a reason as soon as the connection is open.",
    half("peer_closes_first"),
    half("application_closes_when_opened", application=(when(OPENED, BYE),)),
)
declare(
    "connection_is_reset",
    "The server sends a message; then the connection is reset at both ends.",
    half("peer_resets"),
    half("peer_resets", application=(when(OPENED, send("hello")),)),
    Network.RESETS,
)
