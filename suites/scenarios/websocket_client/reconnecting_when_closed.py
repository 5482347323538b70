"""`run_forever(reconnect=...)`: a closing handshake ends the connection."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
APP = ("websocket_client_app",)
RECONNECT = Settings(options={"reconnect": 5})
CLOSES = when(MESSAGE, close())


@scenario_for_each((1000, 1011), rfc="7.4.1", settings=RECONNECT, application=CLOSES, surfaces=APP)
def server_closes_despite_reconnect_with(server: Peer, code: int) -> None:
    """The server closes with {value}; if the client reconnects, the application closes."""
    server.open()
    server.wait_for(OPENED)
    server.send_close(code, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.5", settings=RECONNECT, application=CLOSES, surfaces=APP)
def server_closes_after_reconnecting(server: Peer) -> None:
    """The server sends FIN, then closes the next connection; the application closes a third."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.wait_for(OPENED, 2)
    server.send_close(1000, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.2", settings=RECONNECT, application=CLOSES, surfaces=APP, tags="answered")
def application_closes_on_message_despite_reconnect(server: Peer) -> None:
    """The application closes on a message; if the client reconnects, it gets no message."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()
    server.next_connection()
    server.open()
    server.send_close(1000)
    server.await_close()


@scenario(
    rfc="7.1.2",
    settings=RECONNECT,
    application=when(OPENED, close()),
    surfaces=APP,
    tags="answered",
)
def application_closes_when_opened_despite_reconnect(server: Peer) -> None:
    """The application closes as soon as the first connection is open."""
    server.open()
    server.await_close()
    server.echo_close()
    server.next_connection()
    server.open()
    server.send_close(1000)
    server.await_close()
