"""A runner is cleaned up while a connection is open."""

from __future__ import annotations

from fixtures.model.actions import OPENED
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("aiohttp_server*",)
WAYS = {
    "is_cleaned_up": "leaves its block",
    "closes_all_on_shutdown": "closes all on shutdown",
}
"""What happens, by the way in which the server is stopped."""


def stopped_by(way: str) -> Settings:
    """The server is stopped in this way once the peer's script says so."""
    return Settings(serving=way)


@scenario_for_each(WAYS, rfc="7.1.1", settings=stopped_by, surfaces=SURFACES)
def client_is_idle_and_the_server(client: Peer, _: str) -> None:
    """A connection is idle when the server {value}; the client answers what it is sent."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.1.1", settings=stopped_by(WAYS["is_cleaned_up"]), surfaces=SURFACES)
def client_closes_while_the_server_is_cleaned_up(client: Peer) -> None:
    """A server that is stopped waits for its handlers; meanwhile the client closes."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.wait_part_of_close_timeout(0.5)
    client.send_close(1000, "bye")
    client.await_close()
