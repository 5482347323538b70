"""`run_forever()`: called again, with pings, or stopped by an attribute; it ends with a close."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    BEFORE_CONNECTING,
    CLOSED,
    MESSAGE,
    PONG,
    close,
    library_call,
    run_again,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
APP = ("websocket_client_app",)
BOTH = ("websocket_client_app", "websocket_client_app_tls")


# Run again


@scenario(rfc="7.1.5", application=when(AFTER_THE_END, run_again()), surfaces=BOTH)
def runs_again_after_a_close(server: Peer) -> None:
    """The peer closes with 1000; the app runs once more, and the peer closes with 1001."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_close(1001, "again")
    server.await_close()


@scenario(
    rfc="7.1.5",
    application=[when(MESSAGE, close(4000, "first")), when(AFTER_THE_END, run_again())],
    surfaces=BOTH,
)
def runs_again_after_its_own_close(server: Peer) -> None:
    """The application closes with 4000; it runs once more, and the peer closes with 1001."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.send_close(4000, "answer")
    server.next_connection()
    server.open()
    server.send_close(1001, "again")
    server.await_close()


@scenario(
    rfc="7.1.5",
    application=[when(MESSAGE, close(4000, "first")), when(AFTER_THE_END, run_again())],
    surfaces=APP,
)
def runs_again_after_its_own_close_and_peer_ends(server: Peer) -> None:
    """The application closes with 4000; it runs once more, and the peer sends FIN."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.send_close(4000, "answer")
    server.next_connection()
    server.open()
    server.half_close()


@scenario(rfc="7.1.5", application=when(CLOSED, run_again()), surfaces=APP)
def runs_again_when_told_of_the_close(server: Peer) -> None:
    """The application runs once more in on_close, inside the first run."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_close(1001, "again")
    server.await_close()


# keep_running


@scenario(
    rfc="7.1.2", application=when(MESSAGE, library_call("keep_running", False)), surfaces=BOTH
)
def stops_running_on_message_to_close(server: Peer) -> None:
    """The application sets keep_running to False while it handles the first message."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(object_options={"keep_running": False}),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_and_keep_running_is_false(server: Peer) -> None:
    """The constructor is given keep_running=False; the peer sends a message and closes."""
    server.open()
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


# Pings


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 30, "ping_payload": "are you there"}),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_after_an_answered_ping(server: Peer) -> None:
    """The first ping is answered with its payload; then the peer closes."""
    server.open()
    server.answer_ping()
    server.wait_for(PONG)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 30, "ping_timeout": 10}),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_after_answered_pings(server: Peer) -> None:
    """Two pings in a row are answered in time; then the peer closes."""
    server.open()
    server.answer_ping()
    server.answer_ping()
    server.wait_for(PONG, 2)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 0, "ping_timeout": 10}),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_and_pings_are_off(server: Peer) -> None:
    """The app has a ping timeout, but no ping interval; after a while the peer closes."""
    server.open()
    server.wait_part_of_close_timeout(4.0)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.2", settings=Settings(options={"ping_interval": 60}), surfaces=BOTH, tags="with_reason"
)
def peer_closes_before_the_first_ping(server: Peer) -> None:
    """The peer closes long before the first ping is due."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 60}),
    application=when(MESSAGE, close()),
    surfaces=APP,
    tags="answered",
)
def application_closes_on_message_before_a_ping(server: Peer) -> None:
    """The application closes on a message, long before the first ping is due."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


# A socket that is prepared; messages at the wrong time


@scenario(
    rfc="4.1",
    settings=Settings(object_options={"socket": "{socket}"}),
    surfaces=APP,
    tags="with_reason",
)
def peer_closes_a_prepared_socket(server: Peer) -> None:
    """The constructor is given a connected socket, on which the library does the handshake."""
    server.open()
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.1",
    application=when(BEFORE_CONNECTING, send("too early")),
    surfaces=BOTH,
    tags="with_reason",
)
def peer_closes_after_an_early_send(server: Peer) -> None:
    """The application sends before run_forever() is called; later the peer closes."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(
    rfc="5.5.1",
    application=when(AFTER_THE_END, send("too late")),
    surfaces=BOTH,
    tags="with_reason",
)
def peer_closes_before_a_late_send(server: Peer) -> None:
    """The peer closes; the application sends after run_forever() has returned."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
