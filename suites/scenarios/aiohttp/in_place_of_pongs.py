"""Pings of the library: pongs, and what comes in their place."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, close, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import continuation, text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("aiohttp_client", "aiohttp_server")
KEEPALIVE = Settings(keepalive=True)
"""A ping is sent after 20 seconds of silence, and has 10 seconds to be answered."""
SECONDS_25, SECONDS_6 = 2.5, 0.6
"""Parts of the close timeout, which is 10 seconds."""


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES, tags="with_reason")
def two_pongs_come(peer: Peer) -> None:
    """The peer answers two pings, and closes."""
    peer.open()
    peer.answer_ping()
    peer.answer_ping()
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES, tags="no_pong")
def a_message_comes_in_place_of_a_pong(peer: Peer) -> None:
    """Five seconds after the first ping, the peer sends a message; it answers no ping."""
    peer.open()
    peer.wait_part_of_close_timeout(SECONDS_25)
    peer.send_text("hello")
    peer.await_end()


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES, tags="with_reason")
def a_ping_comes_in_place_of_a_pong(peer: Peer) -> None:
    """Five seconds after the first ping, the peer sends a ping, and then closes."""
    peer.open()
    peer.wait_part_of_close_timeout(SECONDS_25)
    peer.send_ping(b"still here")
    peer.wait_part_of_close_timeout(SECONDS_6)
    peer.send_close(1000, "bye")
    peer.await_close()


@scenario(rfc="5.5.3", settings=KEEPALIVE, surfaces=SURFACES)
def half_a_message_comes_in_place_of_a_pong(peer: Peer) -> None:
    """Five seconds after the first ping, a fragment comes, after six more the last one."""
    peer.open()
    peer.wait_part_of_close_timeout(SECONDS_25)
    peer.send(text("hel", fin=False))
    peer.wait_part_of_close_timeout(SECONDS_6)
    peer.send(continuation(b"lo"))
    peer.close_if_open()


@scenario(
    rfc="5.5.3",
    application=when(MESSAGE, close(4000, "enough")),
    settings=KEEPALIVE,
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_after_a_pong(peer: Peer) -> None:
    """The peer answers a ping and sends a message; the application closes."""
    peer.open()
    peer.answer_ping()
    peer.send_text("hello")
    peer.await_close()
    peer.echo_close()
