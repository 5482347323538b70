"""Servers as programs run them: how these end, with connections and handlers in any state."""

from __future__ import annotations

from fixtures.model.actions import CLEANED_UP, MESSAGE, OPENED, close, elsewhere, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

from .server_ends import ON_ASYNCIO, SERVERS, THREADING, TRIO, end_when_idle, release_when_idle

GROUP = "close"
WITH_TRIO = SERVERS + TRIO
LEAVES = "leaves its block"
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
HALF = len(REQUEST) // 2

# The ways to run a server


@scenario_for_each(
    {"its_block": LEAVES, "a_server_it_waits_for": "closes and waits"},
    rfc="7.1.1",
    settings=lambda life: Settings(serving=life),
    surfaces=ON_ASYNCIO,
)
def server_program_ends(client: Peer, _: str) -> None:
    """The program ends {value} while a handler iterates over an idle connection."""
    end_when_idle(client)


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=THREADING + TRIO)
def server_program_leaves_its_block(client: Peer) -> None:
    """The program leaves the block of a server whose handler iterates over a connection."""
    release_when_idle(client)
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.close"), once_released=True)),
    settings=Settings(serving="serves for ever"),
    surfaces=ON_ASYNCIO,
)
def server_closes_while_it_serves_for_ever(client: Peer) -> None:
    """Another task calls the server's `close()` while the program awaits `serve_forever()`."""
    end_when_idle(client)


@scenario(
    rfc="7.1.1", settings=Settings(serving="serves until it is cancelled"), surfaces=ON_ASYNCIO
)
def server_is_cancelled_while_it_serves_for_ever(client: Peer) -> None:
    """The task that awaits `serve_forever()` is cancelled while a connection is idle."""
    end_when_idle(client)


# Connections in any state


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=WITH_TRIO, tags="not_opened")
def server_ends_in_half_a_request(client: Peer) -> None:
    """The server ends when half a request has come; the other half comes then."""
    client.begin_request(REQUEST[:HALF])
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.begin_request(REQUEST[HALF:])
    client.await_response()
    client.close_if_open()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=WITH_TRIO, tags="not_opened")
def server_ends_before_the_request(client: Peer) -> None:
    """The server ends when a client has connected, which sends nothing and stays."""
    client.connect()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_end()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=Settings(serving=LEAVES),
    surfaces=WITH_TRIO,
)
def server_ends_while_a_connection_closes(client: Peer) -> None:
    """A handler has closed, and waits for the answer, when the server ends; then it comes."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.echo_close()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=WITH_TRIO)
def server_ends_and_no_answer_comes(client: Peer) -> None:
    """The server ends; the client neither answers its close frame nor ends TCP."""
    release_when_idle(client)
    client.await_close_else_close()
    client.keep_tcp_open()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES, idiom="sleeps"), surfaces=WITH_TRIO)
def server_ends_while_a_handler_sleeps(client: Peer) -> None:
    """The server ends while a handler sleeps for longer than the close timeout."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1", settings=Settings(serving=LEAVES, idiom="waits for ever"), surfaces=WITH_TRIO
)
def server_ends_and_a_handler_does_not(client: Peer) -> None:
    """The server ends while a handler waits for what never comes."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close(answer=True)


def open_four_connections(client: Peer) -> None:
    """One client has closed, one does not answer a close frame, one has not asked, one is open."""
    gone, closing, opening = (client.concurrent_connection() for _ in range(3))
    gone.open()
    gone.send_close(1000, "bye")
    gone.await_close()
    gone.half_close()
    client.wait_for(CLEANED_UP)
    closing.open()
    closing.send_text("hello")
    closing.await_close()
    opening.connect()
    client.open()
    client.wait_for(OPENED, 3)
    client.release_application()
    client.await_close_else_close(answer=True)
    client.wait_for(CLEANED_UP, 2)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=Settings(serving="lists its connections"),
    surfaces=("websockets_[at]*_server",),
)
def server_lists_its_connections(client: Peer) -> None:
    """The program looks who is connected: of four clients, only one is open; then it ends."""
    open_four_connections(client)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, close(4000, "enough")),
    settings=Settings(serving="lists its websockets"),
    surfaces=("websockets_legacy_server",),
)
def legacy_server_lists_its_connections(client: Peer) -> None:
    """The program looks who is connected: of four clients, only one is open; then it ends."""
    open_four_connections(client)
