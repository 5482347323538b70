"""The blocking socket: how each idiom reports a close, and every way to close it."""

from __future__ import annotations

from fixtures.model.actions import (
    AFTER_THE_END,
    CLOSED,
    MESSAGE,
    elsewhere,
    library_call,
    run_again,
    when,
)
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.steps import Peer

GROUP = "close"
CORE = ("websocket_client_core",)
IDIOMS = {
    "recv": "recv",
    "iteration": "iteration",
    "recv_data_true": "recv_data(True)",
    "recv_data_frame": "recv_data_frame(True)",
}

# The peer closes


@scenario_for_each(IDIOMS, rfc="7.1.5", settings=lambda idiom: Settings(idiom=idiom), surfaces=CORE)
def server_closes_and_socket_receives_by(server: Peer, _: str) -> None:
    """The peer sends a ping, a pong and a message, and closes; the app receives by {value}."""
    server.open()
    server.send_ping(b"one")
    server.send_pong(b"two")
    server.send_text("hello")
    server.send_close(1001, "bye")
    server.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(idiom="contextlib.closing"),
    surfaces=CORE,
)
def server_closes_in_a_closing_block(server: Peer) -> None:
    """The application uses a block of contextlib.closing; the peer closes."""
    server.open()
    server.send_text("hello")
    server.send_close(1001, "bye")
    server.await_close()


@scenario(
    rfc="7.1.5",
    application=when(CLOSED, library_call("close"), library_call("recv")),
    surfaces=CORE,
)
def socket_closes_and_receives_after_peer_closes(server: Peer) -> None:
    """The application closes after the peer's close, and receives once more."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


# The application ends it


@scenario(rfc="7.1.2", settings=Settings(idiom="with"), surfaces=CORE)
def socket_closes_without_context_manager(server: Peer) -> None:
    """The application uses `with ws:`, which the object does not support, and then closes."""
    server.open()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(
        AFTER_THE_END,
        library_call("close"),
        library_call("send", "late"),
        library_call("recv"),
        library_call("ping"),
        library_call("fileno"),
        library_call("getstatus"),
        library_call("settimeout", 1),
        library_call("shutdown"),
        library_call("abort"),
    ),
    settings=Settings(idiom="recv"),
    surfaces=CORE,
)
def socket_is_used_after_it_is_closed(server: Peer) -> None:
    """The peer sends FIN and the application closes; then it uses the socket in every way."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)


@scenario(rfc="7.1.2", application=when(MESSAGE, library_call("shutdown")), surfaces=CORE)
def socket_closes_with_shutdown(server: Peer) -> None:
    """The application calls shutdown() on a message, and receives."""
    server.open()
    server.send_text("hello")
    server.await_end()


@scenario(rfc="7.1.2", application=when(MESSAGE, library_call("abort")), surfaces=CORE)
def socket_closes_with_abort(server: Peer) -> None:
    """The application calls abort() on a message, and receives."""
    server.open()
    server.send_text("hello")
    server.await_end()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(library_call("abort"), once_released=True)),
    surfaces=CORE,
)
def socket_closes_with_abort_elsewhere(server: Peer) -> None:
    """A second thread calls abort() while the first one receives."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.wait_part_of_close_timeout(0.1)
    server.release_application()
    server.await_end()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, elsewhere(library_call("close"), once_released=True)),
    races=True,
    surfaces=CORE,
)
def socket_closes_elsewhere_while_receiving(server: Peer) -> None:
    """A second thread calls close() while the first one receives; the peer answers."""
    server.open()
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.wait_part_of_close_timeout(0.05)
    server.release_application()
    server.await_close()
    server.echo_close()


@scenario(
    rfc="7.1.2",
    application=when(MESSAGE, library_call("send_close", 4000, b"enough")),
    surfaces=CORE,
)
def socket_closes_with_send_close(server: Peer) -> None:
    """The application calls send_close(4000) on a message, and receives the peer's answer."""
    server.open()
    server.send_text("hello")
    server.await_close()
    server.echo_close()


@scenario(rfc="7.1.2", application=when(AFTER_THE_END, run_again()), surfaces=CORE)
def socket_connects_again_after_it_closes(server: Peer) -> None:
    """The peer closes the first connection, and then a second one of the same object."""
    server.open()
    server.send_text("hello")
    server.send_close(1000, "one")
    server.await_close()
    server.next_connection()
    server.open()
    server.send_close(1001, "two")
    server.await_close()
