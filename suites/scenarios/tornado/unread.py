"""A peer that does not read: what becomes of messages, pongs, pings and the close behind them."""

from __future__ import annotations

from fixtures.model.actions import OPENED, close, elsewhere, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import ping
from fixtures.peer.steps import Peer

GROUP = "close"
HANDLER = ("tornado_handler",)
CLIENTS = ("tornado_client", "tornado_client_callback")
LONG_MESSAGE = "writes a long message"
IN_OPEN = Settings(options={"open": LONG_MESSAGE})
BY_IDIOM = Settings(idiom=LONG_MESSAGE)
CLOSING = when(OPENED, elsewhere(close(4000, "enough"), once_released=True))


def reset(peer: Peer) -> None:
    """The peer does not read, and sends RST."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.1)
    peer.reset()


def read_late(peer: Peer) -> None:
    """The peer reads late, and closes."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.1)
    peer.receive_text()
    peer.send_close(1000, "bye")
    peer.await_close()


def ping_thrice(peer: Peer) -> None:
    """The peer sends three pings, and reads then."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.1)
    peer.send(ping(b"one"), ping(b"two"), ping(b"three"))
    peer.wait_part_of_close_timeout(0.1)
    peer.receive_text()
    peer.await_frame()
    peer.await_frame()
    peer.send_close(1000, "bye")
    peer.await_close()


def never_read(peer: Peer) -> None:
    """The peer never reads; the application acts once nothing more can be written."""
    peer.open()
    peer.wait_for(OPENED)
    peer.wait_part_of_close_timeout(0.1)
    peer.release_application()
    peer.stop_reading()


@scenario(rfc="7.1.5", settings=IN_OPEN, surfaces=HANDLER, tags="lost")
def client_resets_while_a_message_is_unread(client: Peer) -> None:
    """The handler awaits the future of a long message; the client does not read, and resets."""
    reset(client)


@scenario(rfc="7.1.5", settings=BY_IDIOM, surfaces=CLIENTS, tags="lost")
def server_resets_while_a_message_is_unread(server: Peer) -> None:
    """A client awaits the future of a long message; the server does not read, and resets."""
    reset(server)


@scenario(rfc="5.4", settings=IN_OPEN, surfaces=HANDLER, tags="with_reason")
def client_closes_after_it_has_read_late(client: Peer) -> None:
    """The handler awaits the future of a long message; the client reads it late, and closes."""
    read_late(client)


@scenario(rfc="5.4", settings=BY_IDIOM, surfaces=CLIENTS, tags="with_reason")
def server_closes_after_it_has_read_late(server: Peer) -> None:
    """A client awaits the future of a long message; the server reads it late, and closes."""
    read_late(server)


@scenario(rfc="5.5.3", settings=IN_OPEN, surfaces=HANDLER, tags="with_reason")
def client_closes_after_unread_pongs(client: Peer) -> None:
    """Behind a long message that the client does not read, it pings three times; it reads then."""
    ping_thrice(client)


@scenario(rfc="5.5.3", settings=BY_IDIOM, surfaces=CLIENTS, tags="with_reason")
def server_closes_after_unread_pongs(server: Peer) -> None:
    """Behind a long message that the server does not read, it pings three times; it reads then."""
    ping_thrice(server)


@scenario(rfc="7.1.1", application=CLOSING, settings=BY_IDIOM, surfaces=CLIENTS, tags="unanswered")
def application_closes_and_the_server_never_reads(server: Peer) -> None:
    """A client closes behind a long message; the server reads neither."""
    never_read(server)


@scenario(
    rfc="5.5.2",
    settings=Settings(idiom=LONG_MESSAGE, options={"ping_interval": 1}),
    surfaces=CLIENTS,
    tags="no_pong",
)
def pings_are_unread_and_the_client_closes(server: Peer) -> None:
    """A ping of a client is behind a long message; the server reads neither."""
    never_read(server)
