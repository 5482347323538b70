"""What only Flask-Sock has: its options, and requests that a route is not for."""

from __future__ import annotations

from typing import Any

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import continuation, text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("flask_sock_handler",)
LIMITED = Settings(max_size=1000)
WITHOUT_UPGRADE = {
    "Upgrade": None,
    "Connection": None,
    "Sec-WebSocket-Key": None,
    "Sec-WebSocket-Version": None,
}
SIX_HUNDRED = "ä" * 600
"""Of 1200 bytes."""


@scenario(rfc="7.4.1", settings=LIMITED, surfaces=SURFACES)
def client_sends_fragments_that_are_too_big(client: Peer) -> None:
    """A message comes in two fragments of 800 bytes each; the limit is 1000."""
    client.open()
    client.send(text("x" * 800, fin=False), continuation(b"x" * 800))
    client.await_close_else_close()


@scenario(rfc="7.4.1", settings=LIMITED, surfaces=SURFACES)
def client_sends_a_text_of_too_many_bytes(client: Peer) -> None:
    """A text of 600 characters, which are 1200 bytes, comes; the limit is 1000."""
    client.open()
    client.send_text(SIX_HUNDRED)
    client.await_close_else_close()


@scenario(
    rfc="4.2.2", settings=Settings(options={"subprotocols": ["log", "chat"]}), surfaces=SURFACES
)
def client_proposes_two_subprotocols(client: Peer) -> None:
    """The client proposes two subprotocols, of which the server has the second; then FIN."""
    client.request(headers={"Sec-WebSocket-Protocol": "voice, chat"})
    client.read_response()
    client.note_headers("Sec-WebSocket-Protocol")
    client.half_close()


@scenario_for_each(
    {
        "for_a_page": WITHOUT_UPGRADE,
        "without_a_key": {"Sec-WebSocket-Key": None},
        "by_version_8": {"Sec-WebSocket-Version": "8"},
    },
    rfc="4.2.1",
    surfaces=SURFACES,
    tags="not_opened",
)
def client_asks(client: Peer, headers: dict[str, Any]) -> None:
    """The client asks {value}, on the path of the handler."""
    client.request(headers=headers)
    client.await_response()
    client.await_end()
