"""A server ends: what its connections and its handlers are told, and what clients see."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, close, elsewhere, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
THREADING = ("websockets_threading_server",)
ON_ASYNCIO = ("websockets_[al]*_server",)
"""The asyncio and the legacy server."""
SERVERS = (*ON_ASYNCIO, *THREADING)
LEAVES = "leaves its block"
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
HALF = len(REQUEST) // 2

# A method of the server


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.shutdown"), once_released=True)),
    surfaces=THREADING,
)
def server_shuts_down_when_idle(client: Peer) -> None:
    """Another thread calls `shutdown()` while a handler iterates over an idle connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.close"), once_released=True)),
    surfaces=ON_ASYNCIO,
)
def server_closes_when_idle(client: Peer) -> None:
    """Another task calls the server's `close()` while a handler iterates over a connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario_for_each(
    {"close": "server.close", "shutdown": "server.shutdown"},
    rfc="7.4.1",
    application=lambda name: when(
        MESSAGE,
        elsewhere(library_call(name, code=1012, reason="back soon"), once_released=True),
    ),
    surfaces=SERVERS,
)
def server_ends_with_code_by(client: Peer, _: str) -> None:
    """The server's `{value}()` is called with 1012 and a reason, by another thread or task."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario_for_each(
    {"close": "server.close", "shutdown": "server.shutdown"},
    rfc="7.1.1",
    application=lambda name: when(
        MESSAGE,
        elsewhere(library_call(name, close_connections=False), once_released=True),
    ),
    surfaces=SERVERS,
)
def server_keeps_connections_after(client: Peer, _: str) -> None:
    """The server's `{value}(close_connections=False)` is called; the client closes later."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.wait_part_of_close_timeout(0.5)
    client.send_ping(b"still here")
    client.await_pong_then_close()


# In a handler


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("server.close")),
    surfaces=ON_ASYNCIO,
)
def handler_closes_its_server(client: Peer) -> None:
    """A handler calls the server's `close()`, and iterates on."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("server.close"), library_call("server.wait_closed")),
    surfaces=ON_ASYNCIO,
)
def handler_closes_its_server_and_waits(client: Peer) -> None:
    """A handler calls the server's `close()`, and awaits `wait_closed()`."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


@scenario_for_each(
    {"and_its_connections": True, "but_not_its_connections": False},
    rfc="7.1.1",
    application=lambda value: when(
        MESSAGE, library_call("server.shutdown", close_connections=value)
    ),
    surfaces=THREADING,
)
def handler_shuts_down_its_server(client: Peer, _: bool) -> None:
    """A handler calls the server's `shutdown()`, {value}."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


# The ways to run a server


@scenario_for_each(
    {"its_block": LEAVES, "a_server_it_waits_for": "closes and waits"},
    rfc="7.1.1",
    settings=lambda life: Settings(serving=life),
    surfaces=ON_ASYNCIO,
)
def server_program_ends(client: Peer, _: str) -> None:
    """The program ends {value} while a handler iterates over an idle connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=THREADING)
def server_program_leaves_its_block(client: Peer) -> None:
    """The program leaves the block of a server whose handler iterates over a connection."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.close"), once_released=True)),
    settings=Settings(serving="serves for ever"),
    surfaces=ON_ASYNCIO,
)
def server_closes_while_it_serves_for_ever(client: Peer) -> None:
    """Another task calls the server's `close()` while the program awaits `serve_forever()`."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


@scenario(
    rfc="7.1.1", settings=Settings(serving="serves until it is cancelled"), surfaces=ON_ASYNCIO
)
def server_is_cancelled_while_it_serves_for_ever(client: Peer) -> None:
    """The task that awaits `serve_forever()` is cancelled while a connection is idle."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close()
    client.echo_close()


# Connections in any state


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=SERVERS, tags="not_opened")
def server_ends_in_half_a_request(client: Peer) -> None:
    """The server ends when half a request has come; the other half comes then."""
    client.begin_request(REQUEST[:HALF])
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.begin_request(REQUEST[HALF:])
    client.await_response()
    client.close_if_open()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=SERVERS, tags="not_opened")
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
    surfaces=SERVERS,
)
def server_ends_while_a_connection_closes(client: Peer) -> None:
    """A handler has closed, and waits for the answer, when the server ends; then it comes."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.release_application()
    client.wait_part_of_close_timeout(0.1)
    client.echo_close()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES), surfaces=SERVERS)
def server_ends_and_no_answer_comes(client: Peer) -> None:
    """The server ends; the client neither answers its close frame nor ends TCP."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()
    client.await_close_else_close()
    client.keep_tcp_open()


@scenario(rfc="7.1.1", settings=Settings(serving=LEAVES, idiom="sleeps"), surfaces=SERVERS)
def server_ends_while_a_handler_sleeps(client: Peer) -> None:
    """The server ends while a handler sleeps for longer than the close timeout."""
    client.open()
    client.wait_part_of_close_timeout(0.1)
    client.release_application()
    client.await_close_else_close(answer=True)
