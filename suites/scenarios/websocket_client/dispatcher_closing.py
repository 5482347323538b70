"""`run_forever(dispatcher=...)`: closing handshakes in a loop of the program's own."""

from __future__ import annotations

from fixtures.model.actions import (
    CLOSED,
    MESSAGE,
    OPENED,
    close,
    library_call,
    run_again,
    send,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import close_frame, text
from fixtures.peer.steps import Peer

from .dispatcher_reconnecting import END_ON_MESSAGE, LOOPS, MINIMAL

GROUP = "close"


@scenario_for_each(
    (1000, 1011, 4000),
    rfc="7.4.1",
    settings=Settings(options={"reconnect": 5}),
    application=END_ON_MESSAGE,
    surfaces=LOOPS,
)
def peer_closes_a_loop_that_reconnects_with(server: Peer, code: int) -> None:
    """In a loop with a reconnect delay, the peer closes with {value}."""
    server.open()
    server.send_close(code, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, send("last words"), close()),
    surfaces=LOOPS,
)
def application_sends_and_closes_in_a_loop(server: Peer) -> None:
    """In a loop, the application sends a message and closes while it handles the first one."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.5",
    application=(when(OPENED, send("hello")), when(MESSAGE, send("again"))),
    surfaces=LOOPS,
)
def application_sends_in_a_loop_and_peer_closes(server: Peer) -> None:
    """In a loop, the application sends in on_open and on_message; then the peer closes."""
    server.open()
    server.send(text("one"), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="7.1.5", application=when(CLOSED, library_call("abort")), surfaces=LOOPS)
def application_ends_its_loop_at_the_close(server: Peer) -> None:
    """The application ends its loop as soon as it is notified that the peer closed."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.5", application=when(CLOSED, run_again()), surfaces=MINIMAL)
def application_runs_again_at_the_close(server: Peer) -> None:
    """In a loop, the application calls run_forever() again when it learns of the first close."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_close(1001, "going away")
    server.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(tls="valid"),
    surfaces=("websocket_client_app", *LOOPS),
)
def peer_closes_after_messages_in_one_tls_record(server: Peer) -> None:
    """Over TLS, the peer sends two messages and the close frame in one record."""
    server.open()
    server.wait_for(OPENED)
    server.send(text("one"), text("two"), close_frame(1000, "bye"))
    server.await_close()


@scenario(rfc="5.5.3", settings=Settings(options={"ping_timeout": 10}), surfaces=MINIMAL)
def peer_closes_a_loop_that_looks_for_pongs(server: Peer) -> None:
    """The loop checks regularly for a missing pong; the peer closes before any ping."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
