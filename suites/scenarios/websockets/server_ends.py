"""A server ends: what its connections and its handlers are told, and what clients see."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    MESSAGE,
    Action,
    When,
    elsewhere,
    library_call,
    when,
)
from fixtures.model.scenario import scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
THREADING = ("websockets_threading_server",)
ON_ASYNCIO = ("websockets_[al]*_server",)
"""The asyncio and the legacy server."""
TRIO = ("websockets_trio_server",)
SERVERS = (*ON_ASYNCIO, *THREADING)
"""Without that on trio."""


def twice(call: Action) -> tuple[When, When]:
    """The call by another thread or task while a handler iterates, and once more afterwards."""
    return when(MESSAGE, elsewhere(call, once_released=True)), when(AFTER_THE_END, call)


def release_when_idle(client: Peer) -> None:
    """A handler iterates over a connection when the application goes on."""
    client.open()
    client.send_text("hello")
    client.wait_for(MESSAGE)
    client.release_application()


def end_when_idle(client: Peer) -> None:
    """A handler iterates over a connection when the server ends; the client answers."""
    release_when_idle(client)
    client.await_close()
    client.echo_close()


def end_on_message(client: Peer) -> None:
    """A handler ends its server on a message; the client answers."""
    client.open()
    client.send_text("hello")
    client.await_close()
    client.echo_close()


# A method of the server


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.shutdown"), once_released=True)),
    surfaces=THREADING,
)
def server_shuts_down_when_idle(client: Peer) -> None:
    """Another thread calls `shutdown()` while a handler iterates over an idle connection."""
    release_when_idle(client)
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, elsewhere(library_call("server.close"), once_released=True)),
    surfaces=ON_ASYNCIO,
)
def server_closes_when_idle(client: Peer) -> None:
    """Another task calls the server's `close()` while a handler iterates over a connection."""
    end_when_idle(client)


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
    end_when_idle(client)


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
    release_when_idle(client)
    client.wait_part_of_close_timeout(0.5)
    client.send_ping(b"still here")
    client.await_pong_then_close()


@scenario(
    rfc="7.4.1",
    application=when(
        MESSAGE,
        elsewhere(library_call("server.aclose", code=1012, reason="back soon"), once_released=True),
    ),
    surfaces=TRIO,
)
def server_acloses_with_code(client: Peer) -> None:
    """The server's `aclose()` is called with 1012 and a reason, by another task."""
    end_when_idle(client)


@scenario(
    rfc="7.1.1",
    application=twice(library_call("server.close")),
    surfaces=ON_ASYNCIO,
)
def server_closes_twice(client: Peer) -> None:
    """Another task calls the server's `close()`; the program does once more when all is over."""
    end_when_idle(client)


@scenario(
    rfc="7.1.1",
    application=twice(library_call("server.shutdown")),
    surfaces=THREADING,
)
def server_shuts_down_twice(client: Peer) -> None:
    """Another thread calls the server's `shutdown()`; the program does once more afterwards."""
    release_when_idle(client)
    client.await_close_else_close(answer=True)


@scenario(
    rfc="7.1.1",
    application=twice(library_call("server.aclose")),
    surfaces=TRIO,
)
def server_acloses_twice(client: Peer) -> None:
    """Another task calls the server's `aclose()`; the program does once more when all is over."""
    end_when_idle(client)


# In a handler


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("server.close")),
    surfaces=ON_ASYNCIO,
)
def handler_closes_its_server(client: Peer) -> None:
    """A handler calls the server's `close()`, and iterates on."""
    end_on_message(client)


@scenario(
    rfc="7.1.1",
    application=when(MESSAGE, library_call("server.close"), library_call("server.wait_closed")),
    surfaces=ON_ASYNCIO,
)
def handler_closes_its_server_and_waits(client: Peer) -> None:
    """A handler calls the server's `close()`, and awaits `wait_closed()`."""
    end_on_message(client)


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
    end_on_message(client)
