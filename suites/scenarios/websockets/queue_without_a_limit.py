"""Messages that nobody has asked for yet, in a queue that may hold any number, and the close."""

from __future__ import annotations

from fixtures.model.actions import OPENED, close, leave, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

GROUP = "close"
SURFACES = ("websockets_[alt]*_client", "websockets_[alt]*_server")
"""Of the asyncio, legacy, threading and trio APIs."""
NO_LIMIT = Settings(options={"max_queue": None})
MORE_THAN_IT_HOLDS_BY_DEFAULT = [text(str(number)) for number in range(40)]


@scenario(
    rfc="7.1.2",
    application=when(OPENED, pause(), close()),
    settings=NO_LIMIT,
    surfaces=SURFACES,
    tags="answered",
)
def application_closes_before_forty_messages(peer: Peer) -> None:
    """Forty messages have come when the application closes; the queue holds any number."""
    peer.open()
    peer.send(*MORE_THAN_IT_HOLDS_BY_DEFAULT)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.2", application=when(OPENED, pause(), leave()), settings=NO_LIMIT, surfaces=SURFACES
)
def application_leaves_before_forty_messages(peer: Peer) -> None:
    """Forty messages have come when the application leaves; the queue holds any number."""
    peer.open()
    peer.send(*MORE_THAN_IT_HOLDS_BY_DEFAULT)
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
    peer.echo_close()


@scenario(
    rfc="7.1.5",
    application=when(OPENED, pause()),
    settings=NO_LIMIT,
    surfaces=SURFACES,
    tags="with_reason",
)
def peer_closes_behind_forty_messages(peer: Peer) -> None:
    """Forty messages and a close have come when the application begins to receive them."""
    peer.open()
    peer.send(*MORE_THAN_IT_HOLDS_BY_DEFAULT, close_frame(1000, "bye"))
    peer.wait_part_of_close_timeout(0.01)
    peer.release_application()
    peer.await_close()
