"""Pings of a session and of the server, pongs, and an application that is busy meanwhile."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, library_call, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("httpx_ws_*",)
KEPT = Settings(keepalive=True)
"""A ping every 20 seconds, which has 20 seconds to be answered: these are the defaults."""
NO_PINGS = Settings(options={"keepalive_ping_interval_seconds": None})
NO_LIMIT = Settings(options={"keepalive_ping_timeout_seconds": None})
QUEUE_OF_ONE = Settings(options={"queue_size": 1})
SECONDS_50 = 5.0
"""A part of the close timeout, which is 10 seconds: two pings are due, and one pong is late."""


@scenario(rfc="5.5.3", settings=KEPT, surfaces=SURFACES, tags="with_reason")
def server_answers_two_pings(server: Peer) -> None:
    """The server answers two pings of the session, and closes."""
    server.open()
    server.answer_ping(shown=False)
    server.answer_ping(shown=False)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", settings=NO_PINGS, surfaces=SURFACES, tags="with_reason")
def server_is_silent_and_pings_are_off(server: Peer) -> None:
    """The session sends no pings; after 50 seconds of silence the server closes."""
    server.open()
    server.wait_part_of_close_timeout(SECONDS_50)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", settings=NO_LIMIT, surfaces=SURFACES, tags="with_reason")
def server_answers_no_ping_and_none_is_awaited(server: Peer) -> None:
    """Pings have no time to be answered in; after 50 seconds without pongs the server closes."""
    server.open()
    server.wait_part_of_close_timeout(SECONDS_50)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.3", surfaces=SURFACES, tags="with_reason")
def server_sends_a_pong_that_nobody_has_asked_for(server: Peer) -> None:
    """The server sends an unsolicited pong, a message, and closes."""
    server.open()
    server.wait_for(OPENED)
    server.send_pong(b"here I am")
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", surfaces=SURFACES, tags="with_reason")
def server_pings_and_waits_for_the_pong(server: Peer) -> None:
    """The server sends a ping, and closes when the pong has come."""
    server.open()
    server.send_ping(b"are you there")
    server.await_pong_then_close()
    server.await_close()


@scenario(
    rfc="5.5.2",
    application=when(OPENED, library_call("ping", b"mine")),
    surfaces=SURFACES,
    tags="with_reason",
)
def application_pings(server: Peer) -> None:
    """The application sends a ping; the server answers, and closes."""
    server.open()
    server.answer_ping()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.3",
    application=when(MESSAGE, pause()),
    settings=KEPT,
    surfaces=SURFACES,
    tags="with_reason",
)
def server_answers_the_pings_of_a_busy_application(server: Peer) -> None:
    """The application works for a minute on a message, and two wait; each ping is answered."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send(text("one"), text("two"))
    server.answer_ping(shown=False)
    server.answer_ping(shown=False)
    server.answer_ping(shown=False)
    server.release_application()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.2",
    application=when(MESSAGE, pause()),
    surfaces=SURFACES,
    tags="with_reason",
)
def server_pings_a_busy_application(server: Peer) -> None:
    """The application works on a message, and two wait; then a ping comes, and a close frame."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send(text("one"), text("two"))
    server.send_ping(b"are you there")
    server.wait_part_of_close_timeout(0.5)
    server.release_application()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.4",
    application=when(MESSAGE, pause()),
    settings=QUEUE_OF_ONE,
    surfaces=SURFACES,
    tags="with_reason",
)
def queue_of_one_message_is_full(server: Peer) -> None:
    """The queue has room for one message; three wait while the application works on another."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.send(text("one"), text("two"), text("three"))
    server.wait_part_of_close_timeout(0.5)
    server.release_application()
    server.send_close(1000, "bye")
    server.await_close()
