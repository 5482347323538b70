"""An ASGI server is told to exit while connections are open, opening or closing."""

from __future__ import annotations

from dataclasses import replace

from fixtures.model.actions import MESSAGE, OPENED, close, stop_reading, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
ASGI = ("asgi_*",)
EXITS = Settings(serving="exits")


@scenario(rfc="7.4.1", settings=EXITS, surfaces=ASGI)
def server_exits_when_idle(client: Peer) -> None:
    """A connection is idle when the server is told to exit; the client answers its close frame."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.4.1", settings=EXITS, surfaces=ASGI)
def server_exits_and_no_answer_comes(client: Peer) -> None:
    """A connection is idle when the server is told to exit; the client does not answer."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.await_close()
    client.keep_tcp_open()


@scenario(rfc="7.4.1", application=when(MESSAGE, stop_reading()), settings=EXITS, surfaces=ASGI)
def server_exits_and_nobody_receives(client: Peer) -> None:
    """The application has stopped receiving when the server is told to exit."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.4.1", application=when(MESSAGE, close(4000, "enough")), settings=EXITS, surfaces=ASGI
)
def server_exits_once_the_application_has_closed(client: Peer) -> None:
    """The application has closed when the server is told to exit; then the client answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.echo_close()


@scenario(
    rfc="4.2.2",
    settings=replace(EXITS, idiom="never accepts"),
    surfaces=ASGI,
    tags="not_opened",
)
def server_exits_before_the_accept(client: Peer) -> None:
    """The application has not decided on a client when the server is told to exit."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.close_if_open()
