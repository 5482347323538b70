"""The situations that every client surface and every server surface are in together."""

from __future__ import annotations

from dataclasses import replace

import suites.scenarios  # noqa: F401 -- declares the scenarios
from fixtures.drivers.surface_lacks import PONGS, REASONS
from fixtures.interop.relay import Network
from fixtures.interop.situation import declare
from fixtures.model.actions import CLOSED, MESSAGE, OPENED, When, close, leave, send, when
from fixtures.model.scenario import SCENARIOS, USUAL, Scenario, Settings


def half(name: str, **changes: object) -> Scenario:
    """A scenario of one end, with what is another in the situation."""
    return replace(SCENARIOS[name], **changes)  # type: ignore[arg-type] # fields of a scenario


def other(
    role: str,
    *application: When,
    settings: Settings = USUAL,
    surfaces: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
) -> Scenario:
    """A scenario of one end that nothing but the rules speaks of."""
    return replace(
        SCENARIOS["peer_ends"],
        name=f"interop_{role}",
        group="interop",
        application=application,
        settings=settings,
        surfaces=surfaces,
        extra_needs=needs,
        tags=frozenset(),
    )


HELLO, BYE = send("hello"), close(1000, "bye")
ENOUGH = close(4000, "enough")
SAYS_HELLO, SAYS_BYE, SAYS_ENOUGH = when(OPENED, HELLO), when(OPENED, BYE), when(MESSAGE, ENOUGH)
KEEPALIVE = Settings(keepalive=True)

declare(
    "client_says_bye_when_opened",
    "The client closes with 1000 and a reason as soon as the connection is open.",
    other("client", SAYS_BYE),
    half("peer_closes_first"),
)
declare(
    "server_says_bye_when_opened",
    "The server closes with 1000 and a reason as soon as the connection is open.",
    half("peer_closes_first"),
    other("server", SAYS_BYE, needs=(REASONS,)),
)
declare(
    "both_say_bye_when_opened",
    "Both ends close with 1000 and a reason as soon as the connection is open.",
    other("client", SAYS_BYE),
    other("server", SAYS_BYE),
)
declare(
    "client_says_bye_after_an_echo",
    "The server sends a message back; the client closes with 4000 and a reason.",
    half("application_closes_with_code_on_message", application=(SAYS_HELLO, SAYS_ENOUGH)),
    other("server", when(MESSAGE, HELLO)),
)
declare(
    "server_says_bye_after_an_echo",
    "The server sends a message back, and closes with 4000 and a reason.",
    other("client", SAYS_HELLO),
    half("application_closes_with_code_on_message", application=(when(MESSAGE, HELLO, ENOUGH),)),
)
declare(
    "server_raises",
    "The server's application raises when it has a message of the client's.",
    other("client", SAYS_HELLO),
    half("application_raises_on_message"),
)
declare(
    "server_ends",
    "The server is stopped while the client waits for a message.",
    other("client", SAYS_HELLO),
    other("server", settings=Settings(serving="leaves its block")),
    releases_server=True,
)
declare(
    "connection_is_reset",
    "The server sends a message; once the client has it, the connection is reset at both ends.",
    half("peer_resets"),
    half("peer_resets", application=(SAYS_HELLO,)),
    Network.RESETS,
)
declare(
    "client_misses_pongs",
    "The server's pongs are lost; the client, which has a keepalive, gives up, and says so.",
    other("client", settings=KEEPALIVE, needs=(PONGS,)),
    other("server"),
    Network.LOSES_PONGS_TO_CLIENT,
)
declare(
    "server_misses_pongs",
    "The client's pongs are lost; the server, which has a keepalive, gives up, and says so.",
    other("client"),
    other("server", settings=KEEPALIVE, needs=(PONGS,)),
    Network.LOSES_PONGS_TO_SERVER,
)
declare(
    "client_vanishes",
    "Nothing comes through any more; the server, which has a keepalive, finds out.",
    other("client"),
    other("server", settings=KEEPALIVE),
    Network.FALLS_SILENT,
)
declare(
    "server_vanishes",
    "Nothing comes through any more; the client, which has a keepalive, finds out.",
    other("client", settings=KEEPALIVE),
    other("server"),
    Network.FALLS_SILENT,
)
declare(
    "subprotocol_is_unknown",
    "The client proposes a subprotocol that the server does not know; then it closes.",
    other("client", SAYS_BYE, settings=Settings(options={"subprotocols": ["chat"]})),
    other("server"),
)

FIVE_CLOSES = (
    close(1000, "bye"),
    close(1001, "going away"),
    close(3000, "mine"),
    close(4000, "enough"),
    close(1000, "the last"),
)
declare(
    "client_connects_five_times",
    "The client's main program connects five times in a row, and closes each time; the server's "
    "loop runs in a thread.",
    other(
        "client",
        *(when(OPENED, one, nth=nth) for nth, one in enumerate(FIVE_CLOSES, 1)),
        when(CLOSED, leave(), nth=len(FIVE_CLOSES)),
        settings=Settings(connections=len(FIVE_CLOSES), in_main_thread=True),
        surfaces=("websockets_*_reconnecting",),
    ),
    half(
        "five_clients_leave_and_on_close_has_a_task_of_spawn_callback",
        settings=Settings(connections=len(FIVE_CLOSES)),
    ),
)
