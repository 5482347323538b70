"""A connection that has ended, and is used; messages that are read late."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    DATA,
    MESSAGE,
    OPENED,
    close,
    elsewhere,
    leave,
    library_call,
    pause,
    raise_error,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("websockets_[alt]*_client", "websockets_[alt]*_server")
"""Of the asyncio, legacy, threading and trio APIs."""
EVERYTHING = when(
    AFTER_THE_END,
    library_call("recv"),
    library_call("send", "late"),
    library_call("send", 1),
    library_call("ping"),
    library_call("pong"),
    close(4000, "late"),
)
NOT_TRIO = (
    "websockets_[al]*_client",
    "websockets_[al]*_server",
    "websockets_threading_client",
    "websockets_threading_server",
)
"""Of the asyncio, legacy and threading APIs: with trio, unread messages keep a block open."""
ONCE_MORE = Settings(idiom="iterates once more")
MORE_THAN_THE_QUEUE_HOLDS = [text(str(number)) for number in range(20)]
"""By default, a connection stops to read from the network at 16 frames that nobody asks for."""


@scenario(rfc="7.1.4", application=EVERYTHING, surfaces=SURFACES)
def connection_is_used_after_peer_closes(peer: Peer) -> None:
    """The peer closes with 1000; then the application uses the connection in every way."""
    peer.open()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="7.1.4", application=EVERYTHING, surfaces=SURFACES)
def connection_is_used_after_peer_ends(peer: Peer) -> None:
    """The peer sends FIN; then the application uses the connection in every way."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(
    rfc="7.1.4",
    application=[when(MESSAGE, close(4000, "enough")), EVERYTHING],
    surfaces=SURFACES,
)
def connection_is_used_after_application_closes(peer: Peer) -> None:
    """The application closes with 4000; then it uses the connection in every way."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.5", settings=ONCE_MORE, surfaces=SURFACES, tags="with_reason")
def peer_closes_and_application_iterates(peer: Peer) -> None:
    """The peer closes with 1001; once recv() has raised, the application iterates."""
    peer.open()
    peer.send_close(1001, "going away")
    peer.await_close()


@scenario(rfc="7.1.5", settings=ONCE_MORE, surfaces=SURFACES, tags=("with_reason", "other_code"))
def peer_closes_with_4000_and_application_iterates(peer: Peer) -> None:
    """The peer closes with 4000; once recv() has raised, the application iterates."""
    peer.open()
    peer.send_close(4000, "enough")
    peer.await_close()


# Messages that nobody has asked for


@scenario(rfc="7.1.5", application=when(OPENED, pause()), surfaces=SURFACES, tags="with_reason")
def peer_closes_behind_twenty_messages(peer: Peer) -> None:
    """The peer sends twenty messages and closes before the application begins to receive."""
    peer.open()
    peer.send(*MORE_THAN_THE_QUEUE_HOLDS, close_frame(1000, "bye"))
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()


@scenario(rfc="7.1.2", application=when(OPENED, pause(), close()), surfaces=NOT_TRIO)
def application_closes_before_twenty_messages(peer: Peer) -> None:
    """Twenty messages have come when the application closes; then it receives."""
    peer.open()
    peer.send(*MORE_THAN_THE_QUEUE_HOLDS)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, pause(), leave()), surfaces=NOT_TRIO)
def application_leaves_before_twenty_messages(peer: Peer) -> None:
    """Twenty messages have come when the application leaves its block or handler."""
    peer.open()
    peer.send(*MORE_THAN_THE_QUEUE_HOLDS)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(rfc="7.1.2", application=when(OPENED, pause(), raise_error()), surfaces=NOT_TRIO)
def application_raises_before_twenty_messages(peer: Peer) -> None:
    """Twenty messages have come when the application raises in its block or handler."""
    peer.open()
    peer.send(*MORE_THAN_THE_QUEUE_HOLDS)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.5",
    application=when(DATA, pause()),
    settings=Settings(idiom="recv(timeout=0)"),
    surfaces=("websockets_threading_client", "websockets_threading_server"),
    tags="with_reason",
)
def peer_closes_and_application_polls(peer: Peer) -> None:
    """Without waiting, the application receives before a message, after it, after the close."""
    peer.open()
    peer.wait_for("raised")
    peer.send_text("hello")
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.wait_for(MESSAGE)
    peer.send_close(1000, "bye")
    peer.await_close()


# Who waits for the end without receiving


@scenario(
    rfc="7.1.5",
    application=when(MESSAGE, elsewhere(library_call("wait_closed"))),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_and_somebody_awaits_it(peer: Peer) -> None:
    """A second thread or task waits in wait_closed() while the first one receives."""
    peer.open()
    peer.send_text("hello")
    peer.wait_for(MESSAGE)
    peer.wait_part_of_close_timeout(0.01)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(
    rfc="7.1.5",
    application=when(OPENED, library_call("wait_closed")),
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_and_nobody_receives_first(peer: Peer) -> None:
    """The application waits in wait_closed(), and receives what came before the close after it."""
    peer.open()
    peer.send(text("one"), text("two"), close_frame(1000, "bye"))
    peer.await_close()


@scenario(
    rfc="7.1.5",
    application=when(OPENED, library_call("wait_closed", timeout=1)),
    surfaces=("websockets_threading_client", "websockets_threading_server"),
    tags="with_reason",
)
def peer_closes_after_a_wait_in_vain(peer: Peer) -> None:
    """The application waits one second in wait_closed(); the peer closes after five."""
    peer.open()
    peer.wait_part_of_close_timeout(0.5)
    peer.send_close(1000, "bye")
    peer.await_close()
