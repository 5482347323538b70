"""Cancellation, deadlines, nurseries and events of trio, and what they do to a connection."""

from __future__ import annotations

from fixtures.model.actions import (
    MESSAGE,
    OPENED,
    cancel,
    elsewhere,
    leave,
    library_call,
    pause,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

from .server_ends import end_when_idle

GROUP = "close"
CLIENT, SERVER = ("websockets_trio_client",), ("websockets_trio_server",)
TRIO = CLIENT + SERVER
TOO_MANY = tuple(text(f"message {number}") for number in range(1, 21))
"""More than the 16 frames that the library reads ahead."""

# A block or a handler is left


@scenario(
    rfc="7.1.2",
    settings=Settings(idiom="recv() with a deadline that ends the block"),
    surfaces=CLIENT,
)
def deadline_ends_the_block(server: Peer) -> None:
    """Nothing is sent until a deadline of 5 s inside the client's block passes."""
    server.open()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.2",
    application=(
        when(OPENED, elsewhere(library_call("wait_closed"))),
        when(MESSAGE, cancel()),
    ),
    surfaces=CLIENT,
)
def block_is_cancelled_while_a_task_waits_for_the_end(server: Peer) -> None:
    """On the first message the block is cancelled; a task outside it is in `wait_closed()`."""
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(rfc="7.1.2", application=when(OPENED, pause(), leave()), surfaces=TRIO)
def application_leaves_twenty_unread_messages(peer: Peer) -> None:
    """The application leaves its block, or its handler, when 20 messages have come, unread."""
    peer.open()
    peer.wait_for(OPENED)
    peer.send(*TOO_MANY)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.7", settings=Settings(idiom="recv() in a nursery"), surfaces=CLIENT)
def peer_closes_on_a_task_in_a_nursery(server: Peer) -> None:
    """The server closes with 1011 while a task of a nursery in the client's block receives."""
    server.open()
    server.send_close(1011, "trouble")
    server.await_close()


# The handshake is just over


@scenario(rfc="7.1.5", settings=Settings(peer_is_instant=True), races=True, surfaces=SERVER)
def client_closes_before_the_server_goes_on(client: Peer) -> None:
    """The client has closed before the task that sent the 101 response takes its next step."""
    client.open()
    client.send_close(1000)
    client.await_close()


# A server ends


@scenario(
    rfc="7.1.1",
    settings=Settings(idiom="the server's nursery is cancelled on a message"),
    surfaces=SERVER,
)
def nursery_of_the_server_is_cancelled(client: Peer) -> None:
    """On the first message the nursery in which `serve` runs is cancelled."""
    client.open()
    client.send_text("hello")
    client.await_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.aclose"), once_released=True)),
    surfaces=SERVER,
)
def server_acloses_when_idle(client: Peer) -> None:
    """A second task calls `aclose()` of the server while a handler iterates."""
    end_when_idle(client)


@scenario(
    rfc="7.1.1",
    application=when(OPENED, elsewhere(library_call("server.aclose", close_connections=False))),
    surfaces=SERVER,
)
def server_acloses_and_keeps_connections(client: Peer) -> None:
    """A second task calls `aclose(close_connections=False)`; then the client sends and closes."""
    client.open()
    client.wait_for("acted")
    client.send_text("still there")
    client.send_close(1000)
    client.await_close()
