"""Servers that many clients use at the same time: they join, leave, and are sent to all at once."""

from __future__ import annotations

from fixtures.model.actions import CLEANED_UP, OPENED
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
ASYNCIO = ("websockets_[al]*_server",)
SERVERS = (*ASYNCIO, "websockets_threading_server")


@scenario(rfc="7.1.1", settings=Settings(idiom="shares its state"), surfaces=SERVERS)
def users_leave_one_by_one(client: Peer) -> None:
    """Four clients join; one closes, one sends FIN, one sends RST, and the last one closes."""
    closing, ending, resetting = (client.concurrent_connection() for _ in range(3))
    client.open()
    client.receive_text()
    closing.open()
    client.receive_text()
    closing.receive_text()
    ending.open()
    client.receive_text()
    closing.receive_text()
    ending.receive_text()
    resetting.open()
    client.receive_text()
    closing.receive_text()
    ending.receive_text()
    resetting.receive_text()
    closing.send_close(1000, "bye")
    closing.await_close()
    closing.half_close()
    client.receive_text()
    ending.receive_text()
    resetting.receive_text()
    client.wait_for(CLEANED_UP)
    ending.half_close()
    client.receive_text()
    resetting.receive_text()
    client.wait_for(CLEANED_UP, 2)
    resetting.reset()
    client.receive_text()
    client.wait_for(CLEANED_UP, 3)
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.1.1", settings=Settings(idiom="counts its users"), surfaces=ASYNCIO)
def users_leave_at_the_same_time(client: Peer) -> None:
    """Four clients join; one closes, one sends FIN, one sends RST, and the last one stays."""
    closing, ending, resetting = (client.concurrent_connection() for _ in range(3))
    client.open()
    closing.open()
    ending.open()
    resetting.open()
    client.wait_for(OPENED, 4)
    closing.send_close(1000, "bye")
    closing.half_close()
    ending.half_close()
    resetting.reset()
    client.wait_for(CLEANED_UP, 3)
    closing.reset()
    ending.reset()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="7.1.1", settings=Settings(idiom="broadcasts"), surfaces=SERVERS)
def server_broadcasts_to_one_that_has_closed(client: Peer) -> None:
    """A client closes; another one comes, and its message is broadcast to both connections."""
    gone = client.concurrent_connection()
    gone.open()
    gone.send_close(1000, "bye")
    gone.await_close()
    gone.half_close()
    client.wait_for(CLEANED_UP)
    client.open()
    client.send_text("hello")
    client.receive_text()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(idiom="broadcasts, and ignores failures"),
    surfaces=SERVERS,
)
def server_broadcasts_to_one_that_has_reset(client: Peer) -> None:
    """A client sends RST; another one comes, and its message is broadcast to both connections."""
    gone = client.concurrent_connection()
    gone.open()
    client.wait_for(OPENED)
    gone.reset()
    client.wait_for(CLEANED_UP)
    client.open()
    client.send_text("hello")
    client.receive_text()
    client.send_close(1000, "bye")
    client.await_close()


@scenario_for_each(
    {
        "and_raises": "broadcasts between fragments",
        "and_goes_on": "broadcasts between fragments, and ignores failures",
    },
    rfc="5.4",
    settings=lambda idiom: Settings(idiom=idiom),
    surfaces=SERVERS,
    tags="with_reason",
)
def server_broadcasts_between_fragments(client: Peer, _: str) -> None:
    """A handler broadcasts to a client while it sends it a message in fragments, {value}."""
    client.open()
    client.receive_text()
    client.wait_for("sent")
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="5.5.2", settings=Settings(idiom="broadcasts much"), surfaces=SERVERS)
def server_broadcasts_to_one_that_does_not_read(client: Peer) -> None:
    """A client reads no more once it is open; what is broadcast to it fills every buffer."""
    client.open()
    client.stop_reading()
