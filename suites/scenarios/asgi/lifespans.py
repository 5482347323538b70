"""An ASGI application is told of the server's own life: it starts, and is told to exit."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, stop_reading, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
COMMANDS = ("asgi_granian",)
"""The surfaces that are started by a command of their own, so that SIGTERM can end them."""


@scenario(
    rfc="7.4.1",
    application=when(MESSAGE, stop_reading()),
    settings=Settings(serving="tells of its life"),
    surfaces=COMMANDS,
)
def server_is_terminated_and_nobody_receives(client: Peer) -> None:
    """The application has stopped receiving when SIGTERM comes, and knows of the lifespan."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", settings=Settings(serving="tells of its life"), surfaces=COMMANDS)
def server_is_terminated_after_the_last_client(client: Peer) -> None:
    """The only connection has ended when SIGTERM comes; the application knows of the lifespan."""
    client.open()
    client.wait_for(OPENED)
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()


@scenario(rfc="7.1.1", settings=Settings(serving="raises at its start"), surfaces=COMMANDS)
def application_raises_when_the_server_starts(client: Peer) -> None:
    """The application raises when it is told that the server starts; then a client connects."""
    client.open()
    client.wait_for(OPENED)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="4.1",
    settings=Settings(serving="fails to start", may_be_refused=True),
    surfaces=COMMANDS,
    tags="not_opened",
)
def application_fails_when_the_server_starts(client: Peer) -> None:
    """The application says that it cannot start when it is told that the server does."""
    client.request()
    client.await_response()
