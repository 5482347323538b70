"""Defaults that take seconds."""

from __future__ import annotations

import socket

from fixtures.model.actions import FAILED, MESSAGE, OPENED, elsewhere, library_call, send, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "close"
APP = ("websocket_client_app",)
SMALL_BUFFER = ((socket.SOL_SOCKET, socket.SO_SNDBUF, 4096),)
BOTH = ("websocket_client_app", "websocket_client_core")


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("close")),
    surfaces=BOTH,
    tags="unanswered",
)
def peer_never_answers_the_default_close(server: Peer) -> None:
    """The application closes without a timeout of its own; the peer neither answers nor ends."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.await_end()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(library_call("keep_running", False), once_released=True)),
    surfaces=("websocket_client_app", "websocket_client_app_tls"),
)
def application_closes_the_loop_when_idle(server: Peer) -> None:
    """A second thread tells the loop to stop while no data comes that would wake it."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.wait_part_of_close_timeout(0.1)
    server.release_application()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="5.5.2",
    application=when(OPENED, elsewhere(send("x" * 400_000))),
    settings=Settings(options={"sockopt": SMALL_BUFFER, "ping_interval": 30}),
    surfaces=APP,
)
def server_ends_while_a_ping_is_stuck(server: Peer) -> None:
    """The peer does not read, so a long message and a ping are stuck; then it sends FIN."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(11)
    server.half_close()
    server.wait_for(FAILED)
    server.await_end()
