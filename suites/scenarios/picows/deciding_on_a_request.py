"""What a factory of picows decides on a request, and what either end makes of a handshake."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "open_time_close"
CLIENT, SERVER = ("picows_client",), ("picows_server",)
TWO_OPTIONS = {"Connection": "keep-alive, Upgrade"}
"""As Firefox sends it."""


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="has no listener for a request"),
    surfaces=SERVER,
    tags="not_opened",
)
def factory_has_no_listener(client: Peer) -> None:
    """The factory returns None."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(
    rfc="4.2.2",
    settings=Settings(idiom="raises where a listener is asked for"),
    surfaces=SERVER,
    tags="not_opened",
)
def factory_raises(client: Peer) -> None:
    """The factory raises an error of the application's own."""
    client.request()
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.2.1", surfaces=SERVER)
def client_has_two_connection_options(client: Peer) -> None:
    """The request has `Connection: keep-alive, Upgrade`; the client closes with 1000."""
    client.request(headers=TWO_OPTIONS)
    client.await_response()
    client.close_if_open()


@scenario(rfc="4.1", surfaces=CLIENT)
def server_has_two_connection_options(server: Peer) -> None:
    """The response has `Connection: keep-alive, Upgrade`; the server closes with 1000."""
    server.read_request()
    server.accept(headers=TWO_OPTIONS)
    server.send_close(1000, "bye")
    server.await_close()
