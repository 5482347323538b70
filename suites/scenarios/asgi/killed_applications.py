"""An application goes on when the connection, or the server, is over; daphne ends it."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, OPENED, pause, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
DAPHNE = ("asgi_daphne",)


@scenario_for_each(
    {
        "by_default": {},
        "for_application_close_timeout": {"application_close_timeout": 3},
    },
    rfc="7.1.5",
    application=lambda _: when(CLOSED, pause()),
    settings=lambda options: Settings(options=options),
    surfaces=DAPHNE,
    tags="with_reason",
)
def application_works_after_the_close(client: Peer, _: dict[str, int]) -> None:
    """The application, which knows that the client closed, works on for long: {value}."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_part_of_close_timeout(15.0)


@scenario(rfc="7.4.1", settings=Settings(serving="exits"), surfaces=DAPHNE)
def server_exits_after_a_while(client: Peer) -> None:
    """A connection has been idle for two seconds when the server is told to exit."""
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(2.0)
    client.release_application()
    client.await_close()
    client.echo_close()
