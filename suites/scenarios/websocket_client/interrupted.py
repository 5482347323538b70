"""Ctrl+C: SIGINT arrives while the library waits in the main thread of a program."""

from __future__ import annotations

from fixtures.model.actions import FAILED, OPENED
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "error"
APP = ("websocket_client_app",)
ALL = ("websocket_client_app", "websocket_client_app_tls", "websocket_client_core")
MAIN = Settings(in_main_thread=True, idiom="contextlib.closing")


@scenario(rfc="7.1.1", settings=MAIN, surfaces=ALL)
def application_is_interrupted_when_idle(server: Peer) -> None:
    """Ctrl+C comes while the application waits for a message."""
    server.open()
    server.wait_for(OPENED)
    server.interrupt_application()
    server.await_close()
    server.echo_close()


@scenario(rfc="4.1", settings=MAIN, surfaces=ALL)
def application_is_interrupted_in_the_handshake(server: Peer) -> None:
    """Ctrl+C comes while the application waits for the answer to its opening request."""
    server.read_request()
    server.interrupt_application()
    server.await_end()


@scenario(
    rfc="5.5.2",
    settings=Settings(in_main_thread=True, options={"ping_interval": 30}),
    surfaces=APP,
)
def application_is_interrupted_with_pings_on(server: Peer) -> None:
    """Ctrl+C comes while the thread that sends pings waits for its turn."""
    server.open()
    server.wait_for(OPENED)
    server.interrupt_application()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.1",
    settings=Settings(in_main_thread=True, options={"reconnect": 5}),
    surfaces=APP,
)
def application_is_interrupted_and_would_reconnect(server: Peer) -> None:
    """Ctrl+C comes while an application that reconnects waits for a message."""
    server.open()
    server.wait_for(OPENED)
    server.interrupt_application()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.2.3",
    settings=Settings(in_main_thread=True, options={"reconnect": 1}),
    surfaces=APP,
)
def application_is_interrupted_during_the_delay(server: Peer) -> None:
    """After FIN, Ctrl+C comes in the reconnect delay; if the app reconnects, it comes again."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.wait_for(FAILED)
    server.interrupt_application()
    server.next_connection()
    server.open()
    server.wait_for(OPENED, 2)
    server.interrupt_application()
    server.await_close()
