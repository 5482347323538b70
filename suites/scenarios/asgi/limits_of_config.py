"""What hypercorn and anycorn limit, and what they do not: silence and long messages."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import binary, continuation
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("asgi_hypercorn", "asgi_anycorn")
PINGING = Settings(options={"websocket_ping_interval": 20})
READING = Settings(options={"read_timeout": 60})


@scenario(rfc="5.5.2", settings=PINGING, surfaces=SURFACES)
def client_ignores_three_pings(client: Peer) -> None:
    """The client answers no ping; when the third one has come, it says that it goes."""
    client.open()
    client.await_frame()
    client.await_frame()
    client.await_frame()
    client.close_if_open()


@scenario(rfc="7.1.4", surfaces=SURFACES)
def client_is_idle_for_a_while(client: Peer) -> None:
    """The client is silent for longer than it may be before it sends its request."""
    client.open()
    client.wait_part_of_close_timeout(4)
    client.close_if_open()


@scenario(rfc="7.1.4", settings=READING, surfaces=SURFACES)
def client_is_silent_until_reading_times_out(client: Peer) -> None:
    """The client sends nothing within the `read_timeout` of a minute."""
    client.open()
    client.await_end()


@scenario(rfc="7.4.1", settings=Settings(max_size=1000), surfaces=SURFACES)
def client_sends_too_big_fragments(client: Peer) -> None:
    """The client sends a message of two fragments of 600 bytes; the limit is 1000."""
    client.open()
    client.send(binary(b"x" * 600, fin=False), continuation(b"x" * 600))
    client.await_close_else_close()
