"""What only simple-websocket has: `receive()` with a timeout, and pings by an interval alone."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, elsewhere, library_call, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("simple_ws_*client",)
KEEPALIVE = Settings(keepalive=True)
"""A ping is sent every 25 seconds, and has to be answered before the next one is due."""
SECOND, SECONDS_6 = 0.1, 0.6
"""Parts of the close timeout, which is 10 seconds."""


@scenario(
    rfc="5.6",
    application=when(OPENED, library_call("receive", timeout=5)),
    surfaces=SURFACES,
    tags="with_reason",
)
def application_receives_for_five_seconds(server: Peer) -> None:
    """The application receives with a timeout of 5 s; a message comes after 6 s."""
    server.open()
    server.wait_part_of_close_timeout(SECONDS_6)
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.6",
    application=when(OPENED, library_call("receive", timeout=0)),
    surfaces=SURFACES,
    tags="with_reason",
)
def application_receives_without_waiting(server: Peer) -> None:
    """The application receives with a timeout of 0; a message comes after 6 s."""
    server.open()
    server.wait_part_of_close_timeout(SECONDS_6)
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", surfaces=SURFACES, tags="with_reason")
def server_pings_and_has_a_pong(server: Peer) -> None:
    """The server pings, awaits the pong, and closes."""
    server.open()
    server.wait_for(OPENED)
    server.send_ping(b"still there")
    server.await_frame()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES, tags="with_reason")
def server_answers_both_pings(server: Peer) -> None:
    """The server answers two pings of the library, and closes."""
    server.open()
    server.answer_ping()
    server.answer_ping()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="7.1.2",
    settings=KEEPALIVE,
    application=when(MESSAGE, elsewhere(close(), once_released=True)),
    surfaces=SURFACES,
    tags="unanswered",
)
def application_closes_from_elsewhere_with_pings_on(server: Peer) -> None:
    """With pings on, a second thread or task closes; the server neither answers nor ends TCP."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.wait_part_of_close_timeout(SECOND)
    server.release_application()
    server.await_close()
    server.keep_tcp_open()
