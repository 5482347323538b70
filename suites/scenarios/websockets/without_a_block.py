"""A client of the threading API without a block, which `connect()` returns only if it is asked to.

Since 17.1 it warns if it is not.
"""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENT = ("websockets_threading_client_unmanaged",)


@scenario(
    rfc="7.1.1", settings=Settings(options={"legacy": True}), surfaces=CLIENT, tags="with_reason"
)
def connection_without_a_block_is_asked_for(server: Peer) -> None:
    """The client connects with legacy=True; the server closes with 1000 and a reason."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
