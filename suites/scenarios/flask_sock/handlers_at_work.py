"""A handler of Flask-Sock works, waits, sends or returns while its client closes, or waits."""

from __future__ import annotations

from fixtures.model.actions import (
    MESSAGE,
    OPENED,
    leave,
    library_call,
    pause,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("flask_sock_handler",)
KEEPALIVE = Settings(keepalive=True)
"""A ping is sent every 25 seconds, and has to be answered before the next one is due."""
SECOND, SECONDS_6 = 0.1, 0.6
"""Parts of the close timeout, which is 10 seconds."""


@scenario(rfc="7.1.1", application=when(MESSAGE, leave()), surfaces=SURFACES)
def handler_returns_and_the_client_stays(client: Peer) -> None:
    """The handler returns; the client neither answers the close frame nor ends TCP."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.keep_tcp_open()


@scenario(rfc="7.1.5", application=when(MESSAGE, pause()), surfaces=SURFACES, tags="with_reason")
def client_closes_while_the_handler_works(client: Peer) -> None:
    """The client closes while the handler is busy; a second later the handler receives again."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_part_of_close_timeout(SECOND)
    client.release_application()


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, pause(), send("too late")),
    surfaces=SURFACES,
    tags="with_reason",
)
def handler_sends_when_the_client_has_closed(client: Peer) -> None:
    """The client closes while the handler is busy, which then sends, and does not receive."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()
    client.wait_part_of_close_timeout(SECOND)
    client.release_application()


@scenario(
    rfc="5.6",
    application=when(OPENED, library_call("receive", timeout=5)),
    surfaces=SURFACES,
    tags="with_reason",
)
def handler_receives_for_five_seconds(client: Peer) -> None:
    """The handler receives with a timeout of 5 s; a message comes after 6 s."""
    client.open()
    client.wait_part_of_close_timeout(SECONDS_6)
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="5.5.2", surfaces=SURFACES, tags="with_reason")
def client_pings_and_has_a_pong(client: Peer) -> None:
    """The client pings, awaits the pong, and closes."""
    client.open()
    client.wait_for(OPENED)
    client.send_ping(b"still there")
    client.await_frame()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES, tags="with_reason")
def client_answers_both_pings(client: Peer) -> None:
    """The client answers two pings of the library, and closes."""
    client.open()
    client.answer_ping()
    client.answer_ping()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.4.1", settings=Settings(serving="stops"), surfaces=SURFACES, tags="with_reason")
def server_stops_and_a_handler_goes_on(client: Peer) -> None:
    """The server stops; a second later a client that is connected sends, and then closes."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.wait_part_of_close_timeout(SECOND)
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.send_close(1000, "bye")
    client.await_close()
