"""What only simple-websocket has: options of `connect()`."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.frames import continuation, text
from fixtures.peer.steps import Peer

GROUP = "error"
SURFACES = ("simple_ws_*client",)
LIMITED = Settings(max_size=1000)
SIX_HUNDRED = "ä" * 600
"""Of 1200 bytes."""


@scenario(
    rfc="4.2.2", settings=Settings(options={"subprotocols": ["chat", "log"]}), surfaces=SURFACES
)
def server_chooses_the_second_subprotocol(server: Peer) -> None:
    """The client proposes two subprotocols, and the server chooses the second; then FIN."""
    server.read_request()
    server.accept(headers={"Sec-WebSocket-Protocol": "log"})
    server.half_close()


@scenario(
    rfc="4.1", settings=Settings(options={"headers": {"X-Token": "secret"}}), surfaces=SURFACES
)
def server_reads_a_header_of_the_application(server: Peer) -> None:
    """The application gives the opening request a header of its own; the server refuses it."""
    server.read_request()
    server.note_headers("X-Token")
    server.refuse(401, "No")


@scenario(rfc="7.4.1", settings=LIMITED, surfaces=SURFACES)
def fragments_are_too_big(server: Peer) -> None:
    """A message comes in two fragments of 800 bytes each; the limit is 1000."""
    server.open()
    server.send(text("x" * 800, fin=False), continuation(b"x" * 800))
    server.await_close_else_close()


@scenario(rfc="7.4.1", settings=LIMITED, surfaces=SURFACES)
def text_has_more_bytes_than_the_limit(server: Peer) -> None:
    """A text of 600 characters, which are 1200 bytes, comes; the limit is 1000."""
    server.open()
    server.send_text(SIX_HUNDRED)
    server.await_close_else_close()
