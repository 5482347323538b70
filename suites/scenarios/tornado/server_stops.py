"""A server stops, or the loop ends, while connections are open, opening or closing."""

from __future__ import annotations

from dataclasses import replace

from fixtures.model.actions import MESSAGE, OPENED, close, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
HANDLER = ("tornado_handler",)
CLIENTS = ("tornado_client", "tornado_client_callback")
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
HALF = len(REQUEST) // 2
CANCELLED = Settings(serving="has its tasks cancelled")
WAYS = {
    "stops": "stops",
    "stops_and_closes_all_connections": "stops and closes all connections",
}
"""How a server ends: the name of the idiom."""
AN_HOUR = "sleeps for an hour"


def end_by(way: str) -> Settings:
    """The server ends in this way once the peer's script says so."""
    return Settings(serving=way)


@scenario_for_each(WAYS, rfc="7.1.1", settings=end_by, surfaces=HANDLER)
def client_is_idle_and_the_server(client: Peer, _: str) -> None:
    """A connection is idle when the server {value}; then the client sends, and closes."""
    client.open()
    client.wait_for(OPENED)
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.send_text("hello")
    client.wait_part_of_close_timeout(0.1)
    client.close_if_open()


@scenario_for_each(WAYS, rfc="7.1.1", settings=end_by, surfaces=HANDLER, tags="not_opened")
def client_has_sent_half_a_request_and_the_server(client: Peer, _: str) -> None:
    """Half a request has come when the server {value}; then the other half comes."""
    client.begin_request(REQUEST[:HALF])
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.begin_request(REQUEST[HALF:])
    client.await_response()
    client.close_if_open()


@scenario_for_each(
    WAYS,
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=end_by,
    surfaces=HANDLER,
)
def client_answers_after_the_server(client: Peer, _: str) -> None:
    """The handler has closed, and waits, when the server {value}; then the client answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.echo_close()


# At the end of a program, the tasks of the loop are cancelled


@scenario(rfc="7.1.1", settings=CANCELLED, surfaces=HANDLER)
def tasks_of_a_server_are_cancelled_when_idle(client: Peer) -> None:
    """The loop's tasks are cancelled while a connection is idle."""
    client.open()
    client.wait_for(OPENED)
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_end()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=CANCELLED,
    surfaces=HANDLER,
)
def tasks_of_a_server_are_cancelled_while_it_closes(client: Peer) -> None:
    """The loop's tasks are cancelled when the handler has closed, and no answer has come."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.release_application()
    client.await_end()


@scenario(
    rfc="7.1.1",
    settings=replace(CANCELLED, options={"on_message": AN_HOUR}),
    surfaces=HANDLER,
)
def tasks_of_a_server_are_cancelled_in_on_message(client: Peer) -> None:
    """The loop's tasks are cancelled while `on_message`, a coroutine, is at work."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_end()


@scenario(rfc="7.1.1", settings=CANCELLED, surfaces=HANDLER, tags="not_opened")
def tasks_of_a_server_are_cancelled_in_half_a_request(client: Peer) -> None:
    """The loop's tasks are cancelled when half a request has come."""
    client.begin_request(REQUEST[:HALF])
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_end()


@scenario(rfc="7.1.1", settings=Settings(idiom="has its tasks cancelled"), surfaces=CLIENTS)
def tasks_of_a_client_are_cancelled_when_idle(server: Peer) -> None:
    """The loop's tasks are cancelled, the one that receives as well, while a client is idle."""
    server.open()
    server.wait_for(OPENED)
    server.release_application()
    server.await_end()
