"""Handlers that let everything pass, or are busy, or end while the client does not answer."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, close, leave, raise_error, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
SERVERS = ("websockets_[alt]*_server",)
PLAIN = ("websockets_[al]*_server", "websockets_threading_server")
"""The asyncio, the legacy and the threading server."""
CATCHES_NOTHING = Settings(idiom="receives and catches nothing")


@scenario(rfc="7.1.5", settings=CATCHES_NOTHING, surfaces=PLAIN)
def client_closes_and_nobody_catches(client: Peer) -> None:
    """The client closes with 1000; the handler lets pass what `recv()` raises."""
    client.open()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.1",
    settings=Settings(idiom="receives and catches nothing", serving="leaves its block"),
    surfaces=PLAIN,
)
def server_ends_and_nobody_catches(client: Peer) -> None:
    """The server ends; the handler lets pass what `recv()` raises."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close_else_close(answer=True)


@scenario(rfc="7.1.2", application=when(MESSAGE, leave()), surfaces=SERVERS)
def handler_returns_and_no_answer_comes(client: Peer) -> None:
    """The handler returns; the client neither answers the close frame nor ends TCP."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.keep_tcp_open()


@scenario(rfc="7.1.2", application=when(MESSAGE, raise_error()), surfaces=SERVERS)
def handler_raises_and_no_answer_comes(client: Peer) -> None:
    """The handler raises; the client neither answers the close frame nor ends TCP."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.keep_tcp_open()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, close(4000, "enough"), leave()),
    surfaces=SERVERS,
)
def handler_closes_with_code_and_returns(client: Peer) -> None:
    """The handler closes with 4000 and a reason, and returns."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(rfc="7.1.5", settings=Settings(idiom="sleeps"), surfaces=PLAIN, tags="with_reason")
def client_closes_while_a_handler_sleeps(client: Peer) -> None:
    """The client closes while the handler sleeps; then the handler iterates."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.1.5", settings=Settings(idiom="sleeps"), surfaces=PLAIN, tags="lost")
def client_ends_while_a_handler_sleeps(client: Peer) -> None:
    """The client sends FIN while the handler sleeps; then the handler iterates."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.half_close()
    client.await_end()
