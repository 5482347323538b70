"""`run_forever(reconnect=...)`: the connection is lost, or never comes, and comes again."""

from __future__ import annotations

from fixtures.application import FAILED, MESSAGE, library_call, when
from fixtures.peer import Peer
from fixtures.scenario import Settings, scenario

GROUP = "error"
APP = ("websocket_client_app", "websocket_client_app_tls")
RECONNECT = Settings(options={"reconnect": 0.05})


@scenario(
    rfc="7.1.5",
    settings=RECONNECT,
    application=when(MESSAGE, library_call("close", timeout=0.3)),
    surfaces=APP,
)
def reconnects_when_peer_ends(server: Peer) -> None:
    """FIN ends the first connection; the application ends the second one itself."""
    server.open()
    server.half_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="4.1",
    settings=Settings(options={"reconnect": 0.05}, address="refused"),
    application=when(MESSAGE, library_call("close", timeout=0.3)),
    surfaces=APP,
)
def reconnects_when_refused(server: Peer) -> None:
    """Connections are refused until the application has been told of it."""
    server.wait_for(FAILED, connected=False)
    server.start_listening()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()
