"""Hypercorn and anycorn are told to exit, and wait for clients, applications and the lifespan."""

from __future__ import annotations

from dataclasses import replace

from fixtures.model.actions import MESSAGE, OPENED, close, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("asgi_hypercorn", "asgi_anycorn")
EXITS = Settings(serving="exits")
PATIENT = replace(EXITS, options={"graceful_timeout": 9})
UNENDING = replace(EXITS, callbacks={"lifespan.shutdown": "never completes"})


@scenario(rfc="7.4.1", settings=EXITS, surfaces=SURFACES)
def client_closes_within_the_graceful_timeout(client: Peer) -> None:
    """The server is told to exit; the client closes after half of the time that it has."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.wait_part_of_close_timeout(0.5)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.4.1", settings=PATIENT, surfaces=SURFACES)
def server_exits_with_a_longer_graceful_timeout(client: Peer) -> None:
    """A connection is idle when the server is told to exit, whose `graceful_timeout` is 9 s."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.4.1",
    application=when(MESSAGE, pause(), close(4000, "enough")),
    settings=EXITS,
    surfaces=SURFACES,
)
def application_closes_within_the_graceful_timeout(client: Peer) -> None:
    """The application closes when the server has been told to exit; the client answers."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", settings=UNENDING, surfaces=SURFACES)
def server_exits_and_the_lifespan_does_not(client: Peer) -> None:
    """The server exits; the application never completes the shutdown of its lifespan."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.keep_tcp_open()
