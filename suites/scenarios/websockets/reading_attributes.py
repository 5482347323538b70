"""What a program reads of a connection, and of the exception that tells it of the end."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, OPENED, close, elsewhere, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("websockets_[alt]*_client", "websockets_[alt]*_server")
"""Of the asyncio, legacy, threading and trio APIs."""
ATTRIBUTES = Settings(idiom="attributes")
END = Settings(idiom="code, reason and text")


@scenario(rfc="7.1.5", settings=ATTRIBUTES, surfaces=SURFACES, tags=("with_reason", "other_code"))
def peer_closes_between_two_readings(peer: Peer) -> None:
    """The application reads every attribute; the peer closes; it reads every attribute again."""
    peer.open()
    peer.wait_for("read")
    peer.send_close(4001, "why")
    peer.await_close()


@scenario(rfc="7.1.5", settings=ATTRIBUTES, surfaces=SURFACES, tags="lost")
def peer_ends_between_two_readings(peer: Peer) -> None:
    """The application reads every attribute; the peer sends FIN; it reads every one again."""
    peer.open()
    peer.wait_for("read")
    peer.half_close()


@scenario(
    rfc="7.1.3",
    application=when(OPENED, elsewhere(close(4000, "enough")), pause()),
    settings=ATTRIBUTES,
    surfaces=SURFACES,
    tags="answered",
)
def attributes_are_read_during_the_close(peer: Peer) -> None:
    """The application reads every attribute before the peer answers its close, and after it."""
    peer.open()
    peer.await_close()
    peer.release_application()
    peer.wait_part_of_close_timeout(0.01)
    peer.send_close(4001, "yours")


@scenario(rfc="7.1.5", settings=END, surfaces=SURFACES, tags=("with_reason", "other_code"))
def peer_closes_and_the_exception_is_read(peer: Peer) -> None:
    """The peer closes; the application reads code, reason and text of what is raised."""
    peer.open()
    peer.send_close(4001, "why")
    peer.await_close()


@scenario(
    rfc="7.1.5",
    application=when(MESSAGE, close(4000, "enough")),
    settings=END,
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_and_the_exception_is_read(peer: Peer) -> None:
    """The application closes; it reads code, reason and text of what is raised."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.send_close(4001, "yours")


@scenario(
    rfc="7.1.5",
    application=when(MESSAGE, close()),
    settings=END,
    surfaces=SURFACES,
    tags="unanswered",
)
def peer_never_answers_and_the_exception_is_read(peer: Peer) -> None:
    """Nobody answers the application's close; it reads code, reason and text of what is raised."""
    peer.open()
    peer.send_text("hello")
    peer.await_close()
    peer.keep_tcp_open()


@scenario(rfc="7.1.5", settings=END, surfaces=SURFACES, tags="lost")
def peer_ends_and_the_exception_is_read(peer: Peer) -> None:
    """The peer sends FIN; the application reads code, reason and text of what is raised."""
    peer.open()
    peer.wait_for(OPENED)
    peer.half_close()


@scenario(rfc="7.1.7", settings=END, surfaces=SURFACES, tags="bad_frame")
def peer_breaks_the_protocol_and_the_exception_is_read(peer: Peer) -> None:
    """The peer sets a reserved bit; the application reads code, reason and text of the end."""
    peer.open()
    peer.send(text("odd").replace(rsv=2))
    peer.await_close_else_close()
