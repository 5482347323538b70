"""The blocking socket: receiving in every idiom, with a timeout, after a loss."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    BEFORE_CONNECTING,
    FAILED,
    MESSAGE,
    OPENED,
    library_call,
    pause,
    when,
)
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "error"
CORE = ("websocket_client_core",)
EVERYTHING = when(
    AFTER_THE_END,
    library_call("send", "late"),
    library_call("recv"),
    library_call("close"),
)

# Timeouts


@scenario(
    rfc="7.1.1",
    application=[
        when(OPENED, library_call("settimeout", 0.1)),
        when(FAILED, library_call("settimeout", None), library_call("recv")),
    ],
    surfaces=CORE,
)
def socket_times_out_between_messages(server: Peer) -> None:
    """The socket times out before a message comes; the application receives once more."""
    server.open()
    server.wait_for(FAILED)
    server.send_text("late")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="5.2",
    application=[
        when(OPENED, library_call("settimeout", 0.1)),
        when(FAILED, library_call("settimeout", None), library_call("recv")),
    ],
    surfaces=CORE,
)
def socket_times_out_mid_frame(server: Peer) -> None:
    """The socket times out in the middle of a frame; the application receives the rest."""
    server.open()
    server.send(b"\x81\x05he")
    server.wait_for(FAILED)
    server.send(b"llo")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.1",
    application=[
        when(OPENED, library_call("settimeout", 0)),
        when(FAILED, library_call("settimeout", None), library_call("recv")),
    ],
    surfaces=CORE,
)
def socket_times_out_at_once(server: Peer) -> None:
    """The application receives with a timeout of 0, in vain; then without a timeout."""
    server.open()
    server.wait_for(FAILED)
    server.send_text("late")
    server.await_close()
    server.echo_close()


@scenario(
    rfc="4.1",
    application=when(BEFORE_CONNECTING, library_call("setdefaulttimeout", 0.3)),
    settings=Settings(options={"timeout": None}),
    surfaces=CORE,
)
def server_is_silent_after_connect_without_timeout(server: Peer) -> None:
    """A default timeout is set, connect() is given None, and the server sends FIN later."""
    server.read_request()
    server.wait_part_of_close_timeout(1.2)


# An object that is not connected


@scenario(
    rfc="4.1",
    application=[
        when(
            BEFORE_CONNECTING,
            library_call("close"),
            library_call("send", "early"),
            library_call("recv"),
            library_call("ping"),
            library_call("shutdown"),
            library_call("abort"),
        ),
    ],
    surfaces=CORE,
)
def socket_is_used_before_connecting(server: Peer) -> None:
    """The application uses an unconnected socket in every way; then it connects, until FIN."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)


@scenario(
    rfc="4.1",
    application=[when(BEFORE_CONNECTING, library_call("gettimeout")), EVERYTHING],
    surfaces=CORE,
)
def socket_is_used_after_a_refusal(server: Peer) -> None:
    """The server answers with 403; then the application uses the socket in every way."""
    server.read_request()
    server.refuse(403, "No")


# A connection that is lost


@scenario(rfc="7.1.5", application=EVERYTHING, surfaces=CORE)
def socket_is_used_after_peer_ends(server: Peer) -> None:
    """The peer sends FIN; then the application uses the socket in every way."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


@scenario(
    rfc="7.1.5", application=when(MESSAGE, pause(), library_call("send", "late")), surfaces=CORE
)
def socket_sends_when_peer_has_ended(server: Peer) -> None:
    """The peer sends FIN while the application is busy; it sends before it receives."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.half_close()
    server.release_application()


@scenario(
    rfc="7.1.5", application=when(MESSAGE, pause(), library_call("send", "late")), surfaces=CORE
)
def socket_sends_when_peer_has_reset(server: Peer) -> None:
    """The peer sends RST while the application is busy; it sends before it receives."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.reset()
    server.release_application()


@scenario(rfc="7.1.5", application=when(FAILED, library_call("recv_data")), surfaces=CORE)
def socket_receives_after_peer_resets(server: Peer) -> None:
    """The peer sends RST; the application receives once more."""
    server.open()
    server.wait_for(OPENED)
    server.reset()


# Control frames


@scenario(rfc="5.5.2", settings=Settings(idiom="recv"), surfaces=CORE)
def peer_pings_before_a_message(server: Peer) -> None:
    """The peer sends a ping before a message; the application receives messages only."""
    server.open()
    server.send_ping(b"one")
    server.receive("pong")
    server.send_text("hello")
    server.wait_for(MESSAGE)
