"""Pings of the application and of the library: pongs that come, come late, or never come."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("websockets_[!ds]*_client",)
WITH_EVENTS = ("websockets_t*_client",)
AWAITING = Settings(idiom="waits for a pong")


@scenario(rfc="5.5.3", settings=AWAITING, surfaces=CLIENTS)
def pong_comes_after_a_second(server: Peer) -> None:
    """The server answers the application's ping after a second, and closes."""
    server.open()
    server.wait_for("pinged")
    server.wait_part_of_close_timeout(0.1)
    server.answer_ping()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.3", settings=AWAITING, surfaces=CLIENTS)
def server_closes_instead_of_a_pong(server: Peer) -> None:
    """The server closes while the application waits for a pong."""
    server.open()
    server.wait_for("pinged")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.3", settings=AWAITING, surfaces=CLIENTS, tags="lost")
def server_ends_instead_of_a_pong(server: Peer) -> None:
    """The server sends FIN while the application waits for a pong."""
    server.open()
    server.wait_for("pinged")
    server.half_close()


@scenario(rfc="5.5.3", settings=Settings(idiom="waits for a pong or the end"), surfaces=WITH_EVENTS)
def server_closes_a_wait_for_a_pong(server: Peer) -> None:
    """The application waits for a pong or the end; the server closes."""
    server.open()
    server.wait_for("pinged")
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", settings=Settings(keepalive=True), surfaces=CLIENTS)
def pongs_come_in_time(server: Peer) -> None:
    """The server answers each of three pings of the library at once, then closes."""
    server.open()
    server.answer_ping(shown=False)
    server.answer_ping(shown=False)
    server.answer_ping(shown=False)
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="5.5.2", settings=Settings(keepalive=True), surfaces=CLIENTS)
def pongs_come_late(server: Peer) -> None:
    """The server answers each of two pings of the library after 15 seconds, then closes."""
    server.open()
    server.answer_ping_late(1.5)
    server.answer_ping_late(1.5)
    server.send_close(1000, "bye")
    server.await_close()
