"""Idioms from tutorials, in programs whose connections close."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, MESSAGE, close, elsewhere, pause, send, when, whenever
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

GROUP = "close"
APP = ("websocket_client_app",)
BOTH = ("websocket_client_app", "websocket_client_app_tls")


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(1001, "queue is full"), nth=3),
    surfaces=BOTH,
    tags="answered",
)
def application_closes_on_message_with_a_full_queue(server: Peer) -> None:
    """The peer sends five messages in one write; the application closes on the third one."""
    server.open()
    server.send(text("one"), text("two"), text("three"), text("four"), text("five"))
    server.await_close()
    server.echo_close()


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, elsewhere(send("beat")), pause()),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_as_a_heartbeat_is_sent(server: Peer) -> None:
    """A second thread sends while a message is handled and the peer's close frame is unread."""
    server.open()
    server.send(text("hello"), close_frame(1000, "bye"))
    server.await_frame()
    server.release_application()
    server.await_close()


@scenario(
    rfc="5.5.1",
    application=when(CLOSED, elsewhere(send("beat")), pause()),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_and_a_heartbeat_follows(server: Peer) -> None:
    """A second thread sends while the application is being notified that the peer closed."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
    server.wait_for("acted")
    server.wait_part_of_close_timeout(0.1)
    server.release_application()


# A pool of apps


@scenario(rfc="7.1.5", settings=Settings(applications=3), surfaces=BOTH)
def server_closes_a_pool_at_once(server: Peer) -> None:
    """Three apps run in threads; the peer closes all at once, each with its own code."""
    server.open()
    second = server.concurrent_connection()
    second.open()
    third = server.concurrent_connection()
    third.open()
    server.send_close(4001, "one")
    second.send_close(4002, "two")
    third.send_close(4003, "three")
    server.await_close()
    second.await_close()
    third.await_close()


@scenario(
    rfc="7.1.2",
    settings=Settings(applications=3),
    application=whenever(MESSAGE, close(4000, "all")),
    surfaces=BOTH,
)
def applications_close_their_pool_at_once(server: Peer) -> None:
    """Three apps run in threads and close at once; the peer answers each with its own code."""
    server.open()
    second = server.concurrent_connection()
    second.open()
    third = server.concurrent_connection()
    third.open()
    server.send_text("hello")
    second.send_text("hello")
    third.send_text("hello")
    server.await_close()
    second.await_close()
    third.await_close()
    server.send_close(4001, "one")
    second.send_close(4002, "two")
    third.send_close(4003, "three")
