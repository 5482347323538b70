"""What is left of a connection that the application has closed and dropped."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
COROUTINES = ("websockets_[al]*_client",)


@scenario(rfc="7.1.1", settings=Settings(idiom="drops another connection"), surfaces=COROUTINES)
def application_drops_a_closed_connection(server: Peer) -> None:
    """The application opens, closes and drops a second connection; the server ends the first."""
    server.open()
    another = server.concurrent_connection()
    another.open()
    another.await_close()
    another.echo_close()
    another.end()
    server.send_close(1000, "bye")
    server.await_close()
