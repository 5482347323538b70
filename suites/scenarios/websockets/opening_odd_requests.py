"""A client opens with a complete request that is odd: what it is answered, and what is logged."""

from __future__ import annotations

from fixtures.model.scenario import scenario
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
SERVERS = ("websockets_[alt]*_server",)


@scenario(rfc="4.2.1", surfaces=SERVERS, tags="not_opened")
def client_asks_with_head(client: Peer) -> None:
    """The client's opening request is complete, and its method is HEAD."""
    client.request_with("HEAD / HTTP/1.1")
    client.await_response()
    client.await_end()
