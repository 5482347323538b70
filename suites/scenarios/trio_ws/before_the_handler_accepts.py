"""A handler of trio-websocket decides on a client: it returns, or takes its time."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
SERVER = ("trio_ws_server",)


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="returns before it accepts"),
    surfaces=SERVER,
    tags="not_opened",
)
def handler_returns_before_it_accepts(client: Peer) -> None:
    """The handler returns, and has neither accepted nor rejected."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="accepts once it is released"),
    surfaces=SERVER,
    tags="with_reason",
)
def handler_takes_its_time_to_accept(client: Peer) -> None:
    """The handler accepts late; the client has waited, and closes."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()
