"""`run_forever(reconnect=...)`: the connection is lost or does not open; then one opens."""

from __future__ import annotations

from fixtures.model.actions import (
    BEFORE_CONNECTING,
    FAILED,
    MESSAGE,
    OPENED,
    PONG,
    close,
    library_call,
    pause,
    raise_error,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "error"
APP = ("websocket_client_app",)
APPS = ("websocket_client_app", "websocket_client_app_tls")
DELAY = {"reconnect": 5}
RECONNECT = Settings(options=DELAY)
NO_ON_RECONNECT = Settings(options=DELAY, callbacks={"on_reconnect": "none"})
CLOSES = when(MESSAGE, close())


def _serve_again(server: Peer) -> None:
    """Serve one more connection, on which a message makes the application close."""
    server.next_connection()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.5", settings=RECONNECT, application=CLOSES, surfaces=APPS, tags="opens_again")
def reconnects_when_peer_ends(server: Peer) -> None:
    """The server ends the first connection with FIN; the application closes the second one."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    _serve_again(server)


@scenario(rfc="7.1.5", settings=RECONNECT, application=CLOSES, surfaces=APPS, tags="opens_again")
def reconnects_when_peer_resets(server: Peer) -> None:
    """The server ends the first connection with RST; the application closes the second one."""
    server.open()
    server.wait_for(OPENED)
    server.reset()
    _serve_again(server)


@scenario(
    rfc="7.1.5", settings=NO_ON_RECONNECT, application=CLOSES, surfaces=APP, tags="opens_again"
)
def reconnects_without_on_reconnect(server: Peer) -> None:
    """The server ends the first connection with FIN; the application has no on_reconnect."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    _serve_again(server)


@scenario(
    rfc="4.1",
    settings=Settings(options=DELAY, address="refused"),
    application=[when(FAILED, pause()), CLOSES],
    surfaces=APPS,
    tags="opens_again",
)
def reconnects_when_refused(server: Peer) -> None:
    """Connections are refused until the application has been notified of it."""
    server.wait_for(FAILED, connected=False)
    server.start_listening()
    server.release_application()
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="4.1", settings=RECONNECT, application=CLOSES, surfaces=APP, tags="opens_again")
def reconnects_when_server_answers_500(server: Peer) -> None:
    """The server answers the first opening request with 500, and accepts the second one."""
    server.read_request()
    server.refuse(500, "No", body=b"not here")
    server.end()
    _serve_again(server)


@scenario(rfc="7.1.5", settings=RECONNECT, application=CLOSES, surfaces=APP, tags="opens_again")
def reconnects_when_lost_twice(server: Peer) -> None:
    """The server ends two connections with FIN; the application closes the third one."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    server.next_connection()
    server.open()
    server.wait_for(OPENED, 2)
    server.half_close()
    _serve_again(server)


@scenario(
    rfc="5.5.2",
    settings=Settings(options={"ping_interval": 30, "ping_timeout": 10, **DELAY}),
    application=CLOSES,
    surfaces=APP,
    tags=("opens_again", "no_pong"),
)
def reconnects_when_no_pong_comes(server: Peer) -> None:
    """The server answers no pings on the first connection, but answers those on the second."""
    server.open()
    server.await_end()
    server.next_connection()
    server.open()
    next(server.frames(), None)
    server.wait_part_of_close_timeout(0.3)
    server.send_pong()
    server.wait_for(PONG)
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.5",
    application=[when(BEFORE_CONNECTING, library_call("set_reconnect", 5)), CLOSES],
    surfaces=APP,
    tags="opens_again",
)
def reconnects_by_default_once_set(server: Peer) -> None:
    """The delay is set with set_reconnect(); the server ends the first connection with FIN."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    _serve_again(server)


@scenario(
    rfc="7.1.7",
    settings=RECONNECT,
    application=[when(OPENED, raise_error(), nth=2), CLOSES],
    surfaces=APP,
    tags="opens_again",
)
def reconnects_and_on_reconnect_raises(server: Peer) -> None:
    """The server ends the first connection with FIN; on_reconnect raises on the second one."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()
    _serve_again(server)
