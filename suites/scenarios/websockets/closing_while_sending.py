"""The application closes while something of its own is on the way."""

from __future__ import annotations

from fixtures.model.actions import (
    DATA,
    MESSAGE,
    OPENED,
    close,
    elsewhere,
    library_call,
    pause,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("websockets_[alt]*_client", "websockets_[alt]*_server")
"""Of the asyncio, legacy, threading and trio APIs."""
ON_ASYNCIO = ("websockets_[al]*_client", "websockets_[al]*_server")
"""Of those on asyncio."""
CLIENTS = ("websockets_[alt]*_client",)
STUCK = Settings(idiom="sends a long message")

# Nothing else is on the way


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(close(4000, "enough")), pause(), close(4001, "once more")),
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_during_its_close(peer: Peer) -> None:
    """A second thread or task has closed with 4000; the first one closes with 4001."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.release_application()
    peer.wait_part_of_close_timeout(0.01)
    peer.echo_close()


@scenario(
    rfc="5.5.1",
    application=when(MESSAGE, elsewhere(send("too late"), once_released=True), close()),
    surfaces=SURFACES,
    tags="answered",
)
def application_sends_during_its_close(peer: Peer) -> None:
    """The application sends a message after its close, before the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.release_application()
    peer.wait_part_of_close_timeout(0.01)
    peer.echo_close()


# A message in fragments is


@scenario(
    rfc="5.4",
    application=[when(DATA, pause()), when(MESSAGE, close(4000, "enough"))],
    settings=Settings(idiom="sends fragments"),
    surfaces=SURFACES,
)
def application_closes_between_its_fragments(peer: Peer) -> None:
    """The application has sent half a message in fragments when it closes."""
    peer.open()
    peer.receive_text()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()


@scenario(
    rfc="5.4",
    application=when(MESSAGE, elsewhere(library_call("send", ["one", b"two"]))),
    surfaces=SURFACES,
)
def application_mixes_fragments_of_two_types(peer: Peer) -> None:
    """The application sends a list of a text and of bytes as one message; the peer answers."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


# A message that does not fit into the buffers is


@scenario(
    rfc="7.1.2",
    application=when(OPENED, elsewhere(close(), once_released=True)),
    settings=STUCK,
    surfaces=CLIENTS,
)
def application_closes_while_its_message_is_stuck(server: Peer) -> None:
    """The server does not read, so a long message is stuck; the application closes."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(0.01)
    server.release_application()
    server.stop_reading()


@scenario(rfc="5.5.2", settings=STUCK, surfaces=CLIENTS)
def keepalive_is_stuck_behind_a_message(server: Peer) -> None:
    """The server does not read, so a long message is stuck, and a ping of the library behind it."""
    server.open()
    server.wait_for(OPENED)
    server.stop_reading()


def reset(peer: Peer) -> None:
    """The peer does not read, and sends RST."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.01)
    peer.reset()


@scenario(rfc="7.1.5", settings=STUCK, surfaces=ON_ASYNCIO, tags="lost")
def peer_resets_while_a_message_is_stuck(peer: Peer) -> None:
    """The peer does not read, so a long message is stuck; then it sends RST."""
    reset(peer)


@scenario(
    rfc="7.1.5",
    settings=STUCK,
    surfaces=("websockets_threading_client",),
    races=True,
    tags="lost",
)
def server_resets_while_a_thread_is_stuck(server: Peer) -> None:
    """The server does not read, so a thread is stuck with a long message; then it sends RST."""
    reset(server)


@scenario(
    rfc="7.1.5",
    settings=STUCK,
    surfaces=("websockets_trio_client", "websockets_trio_server"),
    races=True,
    tags="lost",
)
def peer_resets_while_two_tasks_wait(peer: Peer) -> None:
    """The peer sends RST; trio draws lots which of the reading and the sending task sees it."""
    reset(peer)


@scenario(
    rfc="7.1.2",
    application=when(OPENED, elsewhere(close(), once_released=True)),
    settings=STUCK,
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_before_its_message_is_read(peer: Peer) -> None:
    """A long message is stuck while the application closes; the peer reads on, and answers."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.wait_part_of_close_timeout(0.5)
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="5.4",
    settings=Settings(idiom="sends two long messages"),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_after_two_stuck_messages(peer: Peer) -> None:
    """Two threads or tasks send a long message each; the peer reads both, and closes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.01)
    peer.receive_text()
    peer.receive_text()
    peer.send_close(1000, "bye")
    peer.await_close()
