"""An ASGI server is started by its command, and ended by SIGTERM: what its application is told."""

from __future__ import annotations

from dataclasses import replace

from fixtures.model.actions import MESSAGE, OPENED, stop_reading, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
COMMANDS = ("*_command",)
"""The surfaces that are started by a command of their own, and driven in no other way."""
TOLD = Settings(serving="tells of its life")


@scenario(rfc="7.4.1", settings=TOLD, surfaces=COMMANDS)
def sigterm_comes_when_idle(client: Peer) -> None:
    """A connection is idle when SIGTERM comes; the client answers the close frame."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", application=when(MESSAGE, stop_reading()), settings=TOLD, surfaces=COMMANDS)
def sigterm_comes_and_nobody_receives(client: Peer) -> None:
    """The application has stopped receiving when SIGTERM comes; the client answers."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", settings=TOLD, surfaces=COMMANDS)
def sigterm_comes_after_the_last_client(client: Peer) -> None:
    """The only connection has ended when SIGTERM comes."""
    client.open()
    client.wait_for(OPENED)
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()


@scenario(
    rfc="4.2.2",
    settings=replace(TOLD, idiom="never accepts"),
    surfaces=COMMANDS,
    tags="not_opened",
)
def sigterm_comes_before_the_accept(client: Peer) -> None:
    """The application has not decided on a client when SIGTERM comes."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.close_if_open()


@scenario(rfc="7.1.1", settings=replace(TOLD, serving="raises at its start"), surfaces=COMMANDS)
def application_raises_when_the_command_starts(client: Peer) -> None:
    """The application raises when it is told of the start; then a client connects."""
    client.open()
    client.wait_for(OPENED)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="4.1",
    settings=replace(TOLD, serving="fails to start", may_be_refused=True),
    surfaces=COMMANDS,
    tags="not_opened",
)
def application_fails_when_the_command_starts(client: Peer) -> None:
    """The application says that it cannot start when it is told of the start."""
    client.request()
    client.await_response()
