"""A server ends: what its connections and its handlers are told, and what clients see."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, elsewhere, library_call, when
from fixtures.model.scenario import scenario
from fixtures.peer.steps import Peer

GROUP = "close"
THREADING = ("websockets_threading_server",)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.shutdown"), once_released=True)),
    surfaces=THREADING,
)
def server_shuts_down_when_idle(client: Peer) -> None:
    """Another thread calls `shutdown()` while a handler iterates over an idle connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()
