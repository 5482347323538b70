"""`run_forever(reconnect=...)`: the connection is lost or does not open; the application closes."""

from __future__ import annotations

from fixtures.model.actions import (
    CONNECTING,
    FAILED,
    OPENED,
    close,
    elsewhere,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

from .reconnecting_when_lost import APP, APPS, DELAY, NO_ON_RECONNECT, RECONNECT

GROUP = "error"


def _end_the_first(server: Peer) -> None:
    """Serve a connection and end it with FIN; answer the close on the next one."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.5", settings=RECONNECT, application=when(FAILED, close()), surfaces=APPS)
def gives_up_when_peer_ends(server: Peer) -> None:
    """The server ends the connection with FIN; the application closes in on_error."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.await_end()


@scenario(
    rfc="4.1",
    settings=Settings(options=DELAY, address="refused"),
    application=when(FAILED, close()),
    surfaces=APP,
)
def gives_up_when_refused(server: Peer) -> None:
    """Connections are refused; the application closes in on_error."""


@scenario(
    rfc="7.1.5",
    settings=RECONNECT,
    application=when(OPENED, close(), nth=2),
    surfaces=APP,
    tags="opens_again",
)
def gives_up_on_reconnecting(server: Peer) -> None:
    """The server ends the first connection with FIN; the application closes in on_reconnect."""
    _end_the_first(server)


@scenario(
    rfc="7.1.5",
    settings=NO_ON_RECONNECT,
    application=when(OPENED, close(), nth=2),
    surfaces=APP,
    tags="opens_again",
)
def gives_up_when_opened_again(server: Peer) -> None:
    """The server ends the first connection with FIN; the application closes in the next on_open."""
    _end_the_first(server)


@scenario(
    rfc="7.1.5",
    settings=RECONNECT,
    application=when(FAILED, elsewhere(close(), once_released=True)),
    surfaces=APP,
)
def gives_up_during_the_delay(server: Peer) -> None:
    """A second thread closes in the delay before the next attempt, which the server accepts."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.wait_for(FAILED)
    server.wait_part_of_close_timeout(0.3)
    server.release_application()
    server.next_connection()
    server.open()
    server.await_close()
    server.echo_close()


@scenario(rfc="4.1", settings=RECONNECT, application=when(CONNECTING, close()), surfaces=APP)
def gives_up_after_three_refusals(server: Peer) -> None:
    """The server answers requests with 500; a second thread closes before the third one."""
    server.read_request()
    server.refuse(500, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.refuse(500, "No")
    server.end()
    server.next_connection()
    server.read_request()
    server.application_acts(CONNECTING)
    server.refuse(500, "No")
