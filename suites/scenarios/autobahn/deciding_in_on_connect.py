"""`onConnect` of a protocol of autobahn denies a connection, or takes its time."""

from __future__ import annotations

from fixtures.model.actions import CONNECTING, elsewhere, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
CLIENT = ("autobahn_*_client",)
SERVER = ("autobahn_*_server",)
RAISING = {"plain": "onConnect raises", "coroutine": "onConnect raises in a coroutine"}
WAITING = Settings(idiom="onConnect waits")


@scenario_for_each(
    RAISING,
    rfc="4.1",
    settings=lambda idiom: Settings(idiom=idiom),
    surfaces=CLIENT,
)
def client_denies_in_on_connect(server: Peer, _: str) -> None:
    """The server accepts, and the `onConnect` of the client, a {value} function, raises."""
    server.open()
    server.await_close_else_close()


@scenario_for_each(
    RAISING,
    rfc="4.2.2",
    settings=lambda idiom: Settings(idiom=idiom),
    surfaces=SERVER,
)
def server_denies_in_on_connect(client: Peer, _: str) -> None:
    """The `onConnect` of the server, a {value} function, raises."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.2", settings=WAITING, surfaces=SERVER, tags="with_reason")
def server_decides_later(client: Peer) -> None:
    """`onConnect` awaits for a moment, and accepts; the client has waited, and closes."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_response()
    client.send_close(1000, "bye")
    client.await_close()


@scenario(rfc="4.2.2", settings=WAITING, surfaces=SERVER)
def server_decides_once_the_client_has_gone(client: Peer) -> None:
    """`onConnect` awaits; the client resets the connection; then `onConnect` accepts."""
    client.request()
    client.wait_part_of_close_timeout(0.1)
    client.reset()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="onConnect waits", options={"openHandshakeTimeout": 2}),
    surfaces=SERVER,
)
def server_decides_after_the_open_timeout(client: Peer) -> None:
    """`onConnect` awaits for longer than the opening handshake may take, and accepts."""
    client.request()
    client.wait_part_of_close_timeout(3)
    client.release_application()
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.1", settings=WAITING, surfaces=CLIENT, tags="with_reason")
def server_closes_while_on_connect_waits(server: Peer) -> None:
    """The server accepts and closes in one write; the `onConnect` of the client awaits."""
    server.read_request()
    server.accept(then=close_frame(1000, "bye"))
    server.wait_part_of_close_timeout(0.1)
    server.release_application()
    server.await_close()


@scenario(
    rfc="7.1.2",
    application=when(CONNECTING, elsewhere(library_call("sendClose"))),
    surfaces=CLIENT,
    tags="with_reason",
)
def application_calls_send_close_too_early(server: Peer) -> None:
    """A second task closes while the opening request is unanswered; then the server closes."""
    server.read_request()
    server.application_acts(CONNECTING)
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()
